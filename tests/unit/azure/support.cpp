#include "tests/unit/azure/support.h"

#include <doctest/doctest.h>

#include "backends/azure/lower.h"

namespace crenel::tests {

using document::Value;
using model::Design;

Design for_azure(Design design) {
  if (!design.region.empty()) design.region = "westeurope";
  for (model::Group& group : design.groups) {
    if (std::holds_alternative<std::string>(group.image)) {
      group.image = std::string("Canonical:ubuntu-24_04-lts:server:latest");
    }
  }
  for (model::Balancer& balancer : design.balancers) {
    if (balancer.certificate && std::holds_alternative<std::string>(*balancer.certificate)) {
      balancer.certificate = std::string("https://example.vault.azure.net/secrets/front");
    }
  }
  return design;
}

net::Traffic tcp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Tcp, port, port); }

void add_flow(Design& design, model::Endpoint from, model::Endpoint to, net::Traffic traffic, const std::string& text,
              std::vector<model::Hop> via) {
  const model::StatementId id = design.statements.add({.span = {}, .text = text, .because = "", .implied = false});
  design.flows.push_back({.statement = id,
                          .from = std::move(from),
                          .to = std::move(to),
                          .traffic = std::move(traffic),
                          .via = std::move(via)});
}

model::GroupId add_group(Design& design, const std::string& name, model::TierId tier) {
  model::Group group;
  group.origin.path = {name};
  group.tier = tier;
  group.image = std::string("web-image");
  return design.groups.add(std::move(group));
}

model::SiteId add_site(Design& design, const std::string& name, const std::string& block) {
  model::Site site;
  site.origin.path = {name};
  site.addresses = {*net::parse_prefix(block)};
  site.device = net::parse_address("198.51.100.1");
  return design.sites.add(std::move(site));
}

void link_to(Design& design, model::NetworkId network, model::SiteId site) {
  model::Parameter key;
  key.origin.path = {design.sites[site].origin.path.back() + "_key"};
  key.kind = model::ParameterKind::Secret;
  model::Link link;
  link.origin.path = {"main", "to", design.sites[site].origin.path.back()};
  link.network = network;
  link.site = site;
  link.key = design.parameters.add(std::move(key));
  design.links.add(std::move(link));
}

model::GroupId group_named(const Design& design, const std::string& name) {
  for (const model::GroupId id : design.groups.ids()) {
    if (design.groups[id].origin.path.back() == name) return id;
  }
  FAIL("no group " << name);
  return {};
}

std::vector<std::string> codes(const Design& design) {
  diagnostics::Diagnostics diagnostics;
  const auto artifact = azure::backend().compile(design, backend::Format::Json, diagnostics);
  std::vector<std::string> out;
  for (const auto& each : diagnostics.all()) out.emplace_back(each.code);
  CHECK(artifact.has_value() == !diagnostics.has_errors());
  return out;
}

diagnostics::Diagnostic first_fault(const Design& design) {
  diagnostics::Diagnostics diagnostics;
  (void)azure::backend().compile(design, backend::Format::Json, diagnostics);
  REQUIRE_FALSE(diagnostics.all().empty());
  return diagnostics.all().front();
}

Value built(const Design& design) {
  REQUIRE(codes(design).empty());
  return azure::to_document(azure::lower(design));
}

std::vector<Value> resources(const Value& made, const azure::ResourceType& type) {
  std::vector<Value> out;
  for (const Value& each : elements(at(made, {"resources"}))) {
    if (text_of(at(each, {"type"})) == type.name) out.push_back(each);
  }
  return out;
}

Value resource(const Value& made, const azure::ResourceType& type, const std::string& name) {
  for (const Value& each : resources(made, type)) {
    if (text_of(at(each, {"name"})) == name) return each;
  }
  FAIL("no resource " << name);
  return {};
}

Value at(const Value& value, const std::vector<std::string>& path) {
  const Value* here = &value;
  for (const std::string& step : path) {
    if (const auto* array = std::get_if<document::Array>(&here->node())) {
      const std::size_t index = std::stoul(step);
      if (index >= array->size()) return {};
      here = &(*array)[index];
    } else {
      here = here->find(step);
      if (here == nullptr) return {};
    }
  }
  return *here;
}

std::vector<Value> elements(const Value& array) {
  const auto* found = std::get_if<document::Array>(&array.node());
  return found == nullptr ? std::vector<Value>{} : *found;
}

std::string text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value.node());
  return text == nullptr ? "" : *text;
}

std::int64_t number_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value.node());
  return number == nullptr ? -1 : *number;
}

}  // namespace crenel::tests
