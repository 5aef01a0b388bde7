#include "tests/unit/aws/template_view.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "backends/aws/backend.h"
#include "backends/aws/legalize.h"
#include "backends/aws/lower.h"
#include "compiler/model/appliances.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"

namespace crenel::aws::tests {

Template compiled(const model::Design& declared) {
  const model::Design design = model::with_appliances_as_groups(declared);
  diagnostics::Diagnostics diagnostics;
  const auto plan = legalize(design, diagnostics);
  for (const auto& one : diagnostics.all()) MESSAGE(one.message);
  REQUIRE(plan);
  return lower(design, *plan);
}

diagnostics::Diagnostics diagnosed(const model::Design& design) {
  diagnostics::Diagnostics diagnostics;
  const auto artifact = backend().compile(design, crenel::backend::Format::Json, diagnostics);
  CHECK(artifact.has_value() == !diagnostics.has_errors());
  return diagnostics;
}

std::vector<std::string> codes(const model::Design& design) {
  std::vector<std::string> out;
  const diagnostics::Diagnostics diagnostics = diagnosed(design);
  for (const auto& one : diagnostics.all()) out.emplace_back(one.code);
  return out;
}

const Resource* find(const Template& made, const std::string& id) {
  const auto found = std::find_if(made.resources.begin(), made.resources.end(),
                                  [&](const Resource& one) { return one.entry.id == id; });
  return found == made.resources.end() ? nullptr : &*found;
}

const Resource& resource(const Template& made, const std::string& id) {
  const Resource* found = find(made, id);
  CAPTURE(id);
  REQUIRE(found != nullptr);
  return *found;
}

std::vector<const Resource*> of_type(const Template& made, const ResourceType& type) {
  std::vector<const Resource*> out;
  for (const Resource& one : made.resources) {
    if (one.type.name == type.name) out.push_back(&one);
  }
  return out;
}

Value at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* here = &value;
  for (const std::string_view name : path) {
    here = here->find(name);
    if (here == nullptr) return {};
  }
  return *here;
}

Value property(const Template& made, const std::string& id, std::string_view name) {
  return at(resource(made, id).entry.body, {name});
}

std::vector<Value> elements(const Value& list) {
  const auto* all = std::get_if<Array>(&list.node());
  return all == nullptr ? std::vector<Value>() : *all;
}

std::string text(const Value& value) {
  const auto* found = std::get_if<std::string>(&value.node());
  return found == nullptr ? std::string() : *found;
}

int number(const Value& value) {
  const auto* found = std::get_if<std::int64_t>(&value.node());
  return found == nullptr ? -1 : static_cast<int>(*found);
}

std::string in_words(const Value& value) {
  if (const std::string plain = text(value); !plain.empty()) return plain;
  if (const std::string name = text(at(value, {"Ref"})); !name.empty()) return name;
  if (const auto parts = elements(at(value, {"Fn::GetAtt"})); !parts.empty()) return text(parts.front());
  return document::to_json(value);
}

bool depends_on(const Template& made, const std::string& id, const std::string& other) {
  const Resource& one = resource(made, id);
  return std::find(one.depends_on.begin(), one.depends_on.end(), other) != one.depends_on.end() ||
         document::to_json(one.entry.body).find("\"" + other + "\"") != std::string::npos;
}

std::vector<std::string> acl_lines(const Template& made, const std::string& tier, bool egress) {
  std::vector<std::pair<int, std::string>> lines;
  for (const Resource* one : of_type(made, kNetworkAclEntry)) {
    const Value& body = one->entry.body;
    if (text(at(body, {"NetworkAclId", "Ref"})) != tier + "NetworkAcl") continue;
    if (at(body, {"Egress"}) != Value(egress)) continue;
    std::string line = text(at(body, {"RuleAction"})) + " " + std::to_string(number(at(body, {"Protocol"})));
    if (const Value range = at(body, {"PortRange"}); !range.is_null()) {
      line += " " + std::to_string(number(at(range, {"From"}))) + "-" + std::to_string(number(at(range, {"To"})));
    }
    if (const Value icmp = at(body, {"Icmp"}); !icmp.is_null())
      line += " type " + std::to_string(number(at(icmp, {"Type"})));
    lines.emplace_back(number(at(body, {"RuleNumber"})), line + " " + in_words(at(body, {"CidrBlock"})));
  }
  std::sort(lines.begin(), lines.end());
  std::vector<std::string> out;
  out.reserve(lines.size());
  for (const auto& [ignored, line] : lines) out.push_back(line);
  return out;
}

std::vector<std::string> inline_lines(const Template& made, const std::string& group, bool egress) {
  std::vector<std::string> out;
  for (const Value& rule : elements(property(made, group, egress ? "SecurityGroupEgress" : "SecurityGroupIngress"))) {
    const Value block = at(rule, {"CidrIp"});
    out.push_back(text(at(rule, {"IpProtocol"})) + " " + std::to_string(number(at(rule, {"FromPort"}))) + "-" +
                  std::to_string(number(at(rule, {"ToPort"}))) + " " +
                  in_words(block.is_null() ? at(rule, {"CidrIpv6"}) : block));
  }
  return out;
}

std::vector<model::Design> samples() {
  return {crenel::tests::public_network(),
          crenel::tests::public_network_direct(),
          crenel::tests::private_network(),
          crenel::tests::private_network_known(),
          crenel::tests::three_tiers(),
          crenel::tests::network_balancer(),
          crenel::tests::two_tiers_one_site(),
          odd_one(),
          two_networks(),
          peered_networks(),
          inspection_hub(),
          inspected_by_two(),
          data_services(),
          both_families(),
          joined_in_both_families()};
}

}  // namespace crenel::aws::tests
