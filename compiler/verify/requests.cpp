#include "compiler/verify/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace crenel::verify {
namespace {

using model::Endpoint;
using model::Late;

/// In one of them; in anything when there is none.
Alternatives in(const std::vector<Block>& blocks) {
  if (blocks.empty()) return {{}};
  Alternatives out;
  out.reserve(blocks.size());
  for (const Block& block : blocks) out.push_back({{.block = block, .inside = true}});
  return out;
}

Conditions out_of(const std::vector<Block>& blocks) {
  Conditions all;
  all.reserve(blocks.size());
  for (const Block& block : blocks) all.push_back({.block = block, .inside = false});
  return all;
}

void append(Alternatives& all, const Alternatives& more) { all.insert(all.end(), more.begin(), more.end()); }

bool same_but_for_case(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

bool is_nobody(const Requester& site) { return site.identities.empty() && site.addresses.empty(); }

}  // namespace

Requester requester_of(const model::Design& design, model::SiteId site) {
  return {.name = model::name_of(design, site),
          .identities = design.sites[site].identities,
          .addresses = model::addresses_of(design, site)};
}

std::string text_of(const model::Design& design, const Requester& requester) {
  std::string out = requester.name;
  for (const auto& identity : requester.identities) {
    const auto* text = std::get_if<std::string>(&identity);
    const auto* parameter = std::get_if<model::ParameterId>(&identity);
    const std::string shown =
        text != nullptr ? *text : fmt::format("`{}`", model::to_string(design.parameters[*parameter].origin.path));
    if (shown == requester.name) return out;
    out += (&identity == &requester.identities.front() ? " as " : " or ") + shown;
  }
  return out;
}

Same same(const Late<std::string>& a, const Late<std::string>& b) {
  if (a == b) return Same::Yes;
  const auto* one = std::get_if<std::string>(&a);
  const auto* other = std::get_if<std::string>(&b);
  return one == nullptr || other == nullptr || same_but_for_case(*one, *other) ? Same::Perhaps : Same::No;
}

std::vector<RequestPlaces::Person> RequestPlaces::people(const Requester& requester) const {
  std::vector<Person> out(requester.identities.begin(), requester.identities.end());
  if (!out.empty()) return out;
  out.emplace_back();
  for (const model::Site& site : design_.sites) out.insert(out.end(), site.identities.begin(), site.identities.end());
  return out;
}

Same RequestPlaces::is_one(const Person& person, const Requester& site) {
  if (site.identities.empty()) return is_nobody(site) ? Same::No : Same::Yes;
  Same best = Same::No;
  if (!person) return best;
  for (const auto& identity : site.identities) best = std::max(best, same(*person, identity));
  return best;
}

/// Blocks from which nobody comes over the Internet.
std::vector<Block> RequestPlaces::never_public() const {
  std::vector<Block> out;
  for (const net::Prefix& block : net::private_blocks()) {
    if (block.address.family == net::Family::V4) out.emplace_back(block);
  }
  for (const model::Network& network : design_.networks) out.push_back(network.space.base);
  return out;
}

RequestPlaces::Meeting RequestPlaces::meet(const Requester& requester, const Endpoint& place) const {
  Meeting out;
  if (const auto* blocks = std::get_if<model::Blocks>(&place)) {
    if (!blocks->blocks.empty()) out.surely = both(in(blocks->blocks), in(requester.addresses));
    return out;
  }
  const auto* id = std::get_if<model::SiteId>(&place);
  const Requester site = id == nullptr ? Requester() : requester_of(design_, *id);
  for (const Person& person : people(requester)) {
    if (id == nullptr) {
      Alternatives here = in(requester.addresses);
      here = both(here, {out_of(never_public())});
      for (const auto other : design_.sites.ids()) here = both(here, {outside(person, other)});
      append(out.surely, here);
      continue;
    }
    const Same one = is_one(person, site);
    if (one == Same::No) continue;
    append(one == Same::Yes ? out.surely : out.perhaps, both(in(site.addresses), in(requester.addresses)));
  }
  return out;
}

/// That a person's request is none of the place; a site of which it is not known whether the person is one of its own
/// is left out of account: there are values with which it is not. An impossible condition where all of the person's
/// are.
Conditions RequestPlaces::outside(const Person& person, const Endpoint& place) const {
  static const Block anything = net::Prefix{.address = net::parse_address("0.0.0.0").value(), .length = 0};
  if (const auto* blocks = std::get_if<model::Blocks>(&place)) return out_of(blocks->blocks);
  const auto* id = std::get_if<model::SiteId>(&place);
  const Requester site = requester_of(design_, *id);
  if (is_one(person, site) != Same::Yes) return {};
  return site.addresses.empty() ? out_of({anything}) : out_of(site.addresses);
}

Alternatives RequestPlaces::miss(const Requester& requester, const std::vector<Endpoint>& places) const {
  Alternatives out;
  const bool internet = std::any_of(places.begin(), places.end(), [](const Endpoint& place) {
    return std::holds_alternative<model::Internet>(place);
  });
  for (const Person& person : people(requester)) {
    Alternatives here = in(requester.addresses);
    for (const Endpoint& place : places) {
      if (!std::holds_alternative<model::Internet>(place)) here = both(here, {outside(person, place)});
    }
    if (internet) {
      Alternatives elsewhere = in(never_public());
      for (const auto id : design_.sites.ids()) {
        const Requester site = requester_of(design_, id);
        if (is_one(person, site) != Same::No) append(elsewhere, in(site.addresses));
      }
      here = both(here, elsewhere);
    }
    append(out, here);
  }
  return out;
}

}  // namespace crenel::verify
