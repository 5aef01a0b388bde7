#include <stdexcept>
#include <utility>

#include "tests/unit/verify/compare_scene.h"

namespace crenel::verify::tests {
namespace {

using namespace estate;

Place place(const std::string& resource) {
  return {.resource = resource, .path = "/Resources/" + resource, .span = {}};
}

}  // namespace

ServiceId service(const Estate& estate, const std::string& stem) {
  for (const auto id : estate.services.ids()) {
    if (estate.services[id].stem == stem) return id;
  }
  throw std::invalid_argument("no service " + stem);
}

IdentityId identity(const Estate& estate, const std::string& stem) {
  for (const auto id : estate.identities.ids()) {
    if (estate.identities[id].stem == stem) return id;
  }
  throw std::invalid_argument("no identity " + stem);
}

PathId path(const Estate& estate, const std::string& name) {
  for (const auto id : estate.private_paths.ids()) {
    if (estate.private_paths[id].name == name) return id;
  }
  throw std::invalid_argument("no private path " + name);
}

InterfaceId interface(const Estate& estate, const std::string& stem) {
  for (const auto id : estate.interfaces.ids()) {
    if (estate.interfaces[id].stem == stem) return id;
  }
  throw std::invalid_argument("no interface " + stem);
}

RuleList& list_of(Estate& estate, const std::string& stem) {
  return estate.rule_lists[estate.interfaces[interface(estate, stem)].lists.front().front()];
}

TagId tag_of(const Estate& estate, const std::string& stem) {
  return estate.interfaces[interface(estate, stem)].tags.front();
}

SymbolId symbol(const Estate& estate, const std::string& name) {
  for (const auto id : estate.symbols.ids()) {
    if (estate.symbols[id].name == name) return id;
  }
  throw std::invalid_argument("no symbol " + name);
}

Rule allow(std::uint16_t port, Peers source, Peers destination) {
  Kind kind;
  kind.protocol = static_cast<std::uint8_t>(net::Protocol::Tcp);
  kind.ports = {port, port};
  return {.allow = true,
          .kinds = {kind},
          .source = std::move(source),
          .destination = std::move(destination),
          .place = place("Added"),
          .name = "the added rule"};
}

Peers anyone() {
  Peers out;
  out.anyone = true;
  return out;
}
Peers tagged(TagId tag) {
  Peers out;
  out.tags = {tag};
  return out;
}
Peers at(Block block) {
  Peers out;
  out.blocks = {block};
  return out;
}

}  // namespace crenel::verify::tests
