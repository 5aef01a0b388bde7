#include "backends/azure/functions.h"

#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/databases.h"
#include "backends/azure/existing.h"
#include "backends/azure/lower.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "compiler/base/ids.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {

using base::Overloaded;
using model::Design;
using model::Endpoint;
using model::FunctionId;
using model::TierId;

std::vector<FunctionId> functions_in(const Design& design, TierId tier) {
  std::vector<FunctionId> out;
  for (const FunctionId id : design.functions.ids()) {
    if (design.functions[id].tier == tier) out.push_back(id);
  }
  return out;
}

std::optional<TierId> tier_for_ends(const Design& design, model::NetworkId network) {
  for (const TierId id : design.tiers.ids()) {
    if (design.tiers[id].network != network) continue;
    const bool taken =
        !functions_in(design, id).empty() || family_in(design, id) || has_application_balancers(design, id);
    if (!taken && !model::has_appliances(design, id)) return id;
  }
  return std::nullopt;
}

std::vector<FunctionId> hosts_in(const Design& design, TierId tier) {
  std::vector<FunctionId> out;
  for (const FunctionId id : design.functions.ids()) {
    const auto& home = design.functions[id].tier;
    if (home && tier_for_ends(design, design.tiers[*home].network) == tier) out.push_back(id);
  }
  return out;
}

bool starts_by_event(const model::Function& function) { return !function.on_created.empty(); }

std::string host_variable(const Design& design, FunctionId function) {
  return parameter_name(design.functions[function].origin.path, "HostName");
}

Term host_name(const Design& design, FunctionId function) { return variable(host_variable(design, function)); }

Term host_group_id(const Design& design, FunctionId function) {
  return resource_id(kApplicationSecurityGroup, resource_name(design.functions[function].origin.path, "HostAsg"));
}

std::optional<std::string> runtime_stack(const model::Function& function) {
  constexpr std::string_view kPython = "python3.";
  const std::string_view runtime = function.runtime;
  if (!runtime.starts_with(kPython)) return std::nullopt;
  const std::string_view minor = runtime.substr(kPython.size());
  const bool number = !minor.empty() && minor.find_first_not_of("0123456789") == std::string_view::npos;
  return number ? std::optional("Python|3." + std::string(minor)) : std::nullopt;
}

namespace {

std::string variable_of(const Design& design, const Endpoint& service) {
  std::string out;
  for (const std::string& part : model::origin_of(design, service).path) {
    if (!out.empty()) out += '_';
    for (const char c : part) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

/// Where requests to the service go.
Term address_of(const Design& design, const Endpoint& service) {
  const Term name = name_of_service(design, service);
  const bool existing = is_existing(design, service);
  const std::string part = existing ? "{1}" : part_name(model::origin_of(design, service).path);
  const Term its_part = existing ? existing_part(design, service) : Term::literal("");
  const auto address = [&](const std::string& form, std::vector<Term> arguments) {
    arguments.insert(arguments.begin(), Term::literal(form));
    return call("format", arguments);
  };
  const auto bus = [&] {
    const std::string form = "https://{0}.servicebus.windows.net/" + part;
    return existing ? address(form, {name, its_part}) : address(form, {name});
  };
  const Term suffix = Term::expression("environment().suffixes.storage");
  return std::visit(Overloaded{[&](model::StoreId) {
                                 return existing ? address("https://{0}.blob.{2}/{1}", {name, its_part, suffix})
                                                 : address("https://{0}.blob.{1}/" + part, {name, suffix});
                               },
                               [&](model::QueueId) { return bus(); }, [&](model::TopicId) { return bus(); },
                               [&](model::TableId) {
                                 return call("format", {Term::literal("https://{0}.documents.azure.com/"), name});
                               },
                               [&](model::VaultId id) { return vault_uri(design, id); },
                               [](const auto&) { return Term::literal(""); }},
                    service);
}

}  // namespace

std::vector<KnownService> known_services(const Design& design, const Endpoint& member) {
  std::vector<KnownService> out;
  for (const model::DataFlow& flow : design.data_flows) {
    if (flow.from != member || !model::is_service(flow.to)) continue;
    const std::string name = variable_of(design, flow.to);
    const bool known =
        std::any_of(out.begin(), out.end(), [&](const KnownService& each) { return each.variable == name; });
    if (!known) out.push_back({.variable = name, .value = address_of(design, flow.to)});
  }
  return out;
}

}  // namespace crenel::azure
