#include <algorithm>
#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/functions.h"
#include "backends/azure/legalize.h"
#include "backends/azure/lower_data.h"

/// Functions, as far as a resource group's template can make them and their tier's rules tell them apart.
namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::DataFlow;
using model::Design;
using model::Endpoint;
using model::FunctionId;

/// The smallest subnet that apps are joined to ("Integrate your app with an Azure virtual network", Subnet
/// requirements).
constexpr int kSmallestOfApps = 28;

std::string name_of(const Design& design, FunctionId id) { return model::to_string(design.functions[id].origin.path); }

/// "Work with access keys in Azure Functions"; "Configure your App Service or Azure Functions app to use Microsoft
/// Entra sign-in".
void refuse_calls(base::Span span, const std::string& what, Diagnostics& diagnostics) {
  diagnostics
      .report(kInexact, span, what,
              std::string("who calls a function is known there by a key that is handed round, or by a registration in "
                          "Microsoft Entra ID, which Azure Resource Manager does not make"))
      .help = "let a store start it: `on created(STORE)`, and write there what it is to work on";
}

void check_one(const Design& design, FunctionId id, Diagnostics& diagnostics) {
  const model::Function& function = design.functions[id];
  const base::Span span = function.origin.span;
  if (!function.tier) {
    diagnostics.report(kFunctionOutside, span, name_of(design, id)).help =
        "put it in a tier of a network, with an `endpoint` for what it uses";
    return;
  }
  if (!runtime_stack(function)) {
    diagnostics.report(kSettingValue, span, std::string("runtime"), function.runtime,
                       std::string("a version of Python on Azure, such as python3.12"));
  }
  if (!starts_by_event(function)) refuse_calls(span, "function " + name_of(design, id) + " without `on`", diagnostics);
  const model::Tier& tier = design.tiers[*function.tier];
  if (!tier_for_ends(design, tier.network)) {
    diagnostics.report(kNoTierForEnds, span, name_of(design, id)).help =
        "give the network one more tier: Azure's private endpoints for functions stand there";
  }
  const auto length = length_of(tier.block);
  if (length && *length > kSmallestOfApps) {
    diagnostics
        .report(kTierTooSmall, tier.origin.span, model::to_string(tier.origin.path), "holds function apps", *length,
                kSmallestOfApps)
        .help = "give it a larger `size`";
  }
}

/// What a function may send to, as rules see it. Of its own host nothing is said: nobody else has a role there.
std::set<std::string> reached(const Design& design, FunctionId id) {
  std::set<std::string> out;
  for (const model::Flow& flow : design.flows) {
    if (flow.from == Endpoint(id)) out.insert(design.statements[flow.statement].text);
  }
  for (const DataFlow& flow : design.data_flows) {
    if (flow.from == Endpoint(id)) out.insert(model::name_of(design, flow.to));
  }
  return out;
}

void check_shared(const Design& design, model::TierId tier, Diagnostics& diagnostics) {
  const auto all = functions_in(design, tier);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (reached(design, all[i]) == reached(design, all.front())) continue;
    auto& report =
        diagnostics.report(kFunctionsShareTier, design.functions[all[i]].origin.span, name_of(design, all.front()),
                           name_of(design, all[i]), model::to_string(design.tiers[tier].origin.path));
    report.notes.push_back({design.functions[all.front()].origin.span, "the other one is declared here"});
    report.help = "give one of them a tier of its own";
  }
}

void check_function_flow(const Design& design, const DataFlow& flow, Diagnostics& diagnostics) {
  const model::FlowStatement& statement = design.statements[flow.statement];
  if (const auto* function = std::get_if<FunctionId>(&flow.to)) {
    const auto* store = std::get_if<model::StoreId>(&flow.from);
    const auto& waits = design.functions[*function].on_created;
    const bool event = store != nullptr && std::find(waits.begin(), waits.end(), *store) != waits.end();
    if (!event) refuse_calls(statement.span, statement.text, diagnostics);
  }
  if (!std::holds_alternative<model::GroupId>(flow.to)) return;
  diagnostics
      .report(kNoControlPath, statement.span, statement.text, model::name_of(design, flow.from),
              model::to_string(flow.actions))
      .help = "let a queue start and end them: `scale = 0..N by queued(QUEUE)` in the group";
}

}  // namespace

void check_functions(const Design& design, Diagnostics& diagnostics) {
  for (const FunctionId id : design.functions.ids()) check_one(design, id, diagnostics);
  for (const model::TierId tier : design.tiers.ids()) check_shared(design, tier, diagnostics);
  for (const DataFlow& flow : design.data_flows) check_function_flow(design, flow, diagnostics);
}

}  // namespace crenel::azure
