#include "tests/mutation/interpreted.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "compiler/verify/compare_names.h"
#include "tests/agreement/aws_data.h"
#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/azure_data.h"
#include "tests/agreement/azure_interpreter.h"
#include "tests/agreement/declared.h"
#include "tests/agreement/declared_data.h"

namespace crenel::mutation {
namespace {

using namespace agreement;

/// Hosts of groups that have no second member, by address.
std::map<Ip, std::string> alone(const model::Design& design, const std::vector<Host>& hosts) {
  std::set<std::string> names;
  for (const auto& group : design.groups) {
    if (group.scale.max >= 2) continue;
    const std::string stem = verify::pascal_case(group.origin.path);
    names.insert(stem + "Group");
    names.insert(stem + "ScaleSet");
  }
  std::map<Ip, std::string> out;
  for (const Host& host : hosts) {
    if (names.contains(host.name)) out.emplace(host.address, host.name);
  }
  return out;
}

std::string first(const model::Design& design, const Assignment& assignment, const std::vector<Host>& hosts,
                  const std::function<bool(const Packet&)>& admits) {
  const Declared declared(design, assignment, hosts);
  const auto missing = declared.missing();
  if (!missing.empty()) return "NO HOST for " + missing.front();
  const auto singles = alone(design, hosts);
  for (const Packet& packet : declared.samples()) {
    const auto from = singles.find(packet.from);
    const auto to = singles.find(packet.to);
    if (from != singles.end() && to != singles.end() && from->second == to->second) continue;
    const bool wanted = declared.admits(packet);
    if (wanted && declared.chooses_family(packet.from)) continue;
    if (wanted != admits(packet)) return (wanted ? "NARROWER " : "WIDER ") + show(packet);
  }
  return "";
}

}  // namespace

std::string disagreement(const model::Design& design, std::string_view provider, const std::string& text) {
  const auto document = nlohmann::json::parse(text);
  for (const Assignment& assignment : assignments(design)) {
    const ParameterValues values = for_template(assignment, names_left_open(document));
    if (provider == "aws") {
      const AwsInterpreter cloud(document, values);
      const auto found =
          first(design, assignment, cloud.hosts(), [&](const Packet& packet) { return cloud.admits(packet); });
      if (!found.empty()) return found;
      continue;
    }
    // The tag VirtualNetwork "might also contain default routes": whose, is not said. Read narrowly here; `agreement/`
    // tries both.
    const AzureInterpreter cloud(document, values, TagReading::Narrow);
    const auto found =
        first(design, assignment, cloud.hosts(), [&](const Packet& packet) { return cloud.admits(packet); });
    if (!found.empty()) return found;
  }
  return "";
}

std::string disagreement_of_data(const model::Design& design, std::string_view provider, const std::string& text) {
  const auto document = nlohmann::json::parse(text);
  // Addresses change little of it: `agreement/` tries the others.
  const Assignment assignment = data_assignments(design).front();
  const ParameterValues values = for_template(assignment, names_left_open(document));
  const DataInterpreter cloud = provider == "aws" ? aws_data(document, values) : azure_data(document, values);
  return first_difference(DeclaredData(design, assignment, cloud), cloud);
}

}  // namespace crenel::mutation
