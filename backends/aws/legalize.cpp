#include "backends/aws/legalize.h"

#include <algorithm>

#include "backends/aws/diagnostics.h"
#include "backends/aws/existing.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/schema.h"
#include "backends/aws/values.h"

namespace crenel::aws {
namespace {

const model::Setting* find_setting(const model::ProviderSettings& settings, std::string_view name) {
  const auto provider = settings.find(std::string(schema().provider));
  if (provider == settings.end()) return nullptr;
  const auto found = provider->second.find(std::string(name));
  return found == provider->second.end() ? nullptr : &found->second;
}

/// What else there is stands in a network, or belongs to one of these.
bool makes_nothing(const model::Design& design) {
  const auto makes_none = [](const auto& things) {
    return std::all_of(things.begin(), things.end(), [](const auto& thing) { return thing.existing.has_value(); });
  };
  return design.networks.empty() && makes_none(design.vaults) && makes_none(design.stores) && design.queues.empty() &&
         makes_none(design.topics) && design.data_tables.empty() && design.functions.empty();
}

}  // namespace

std::optional<Plan> legalize(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  Plan plan;
  if (makes_nothing(design)) {
    diagnostics.report(kNothingToMake, design.span, design.name).help =
        "declare a network with a subnet, or a service, or leave AWS out: `for azure`";
  }
  plan.public_balancers = plan_public_balancers(design, diagnostics);
  check_ipv6(design, diagnostics);
  check_shapes(design, diagnostics);
  check_agents(design, diagnostics);
  check_databases(design, diagnostics);
  check_guards(design, diagnostics);
  check_existing(design, diagnostics);
  plan.gateways = plan_gateways(design);
  plan.transits = plan_transits(design, diagnostics);
  plan.fleets = plan_fleets(design, plan.transits, diagnostics);
  check_blocking(design, plan.fleets, diagnostics);
  plan.excluded = plan_exclusions(design);
  plan.tunnels = plan_tunnels(design, diagnostics);
  plan.routes = plan_routes(design, plan.gateways, plan.tunnels);
  plan.groups = plan_groups(design, diagnostics);
  plan.data = plan_data(design, diagnostics);
  check_appliances(design, plan.gateways, plan.data, diagnostics);
  spread_rules(design, plan);
  plan.acls = plan_acls(design, plan.gateways, plan.fleets, plan.data);
  plan.region = design.region;
  std::replace(plan.region.begin(), plan.region.end(), '_', '-');
  count_quotas(design, plan, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  return plan;
}

std::vector<net::Family> families_of(const model::Design& design, model::TierId tier) {
  if (!model::has_family(design, tier, net::Family::V6)) return {net::Family::V4};
  return {net::Family::V4, net::Family::V6};
}

std::vector<model::Late<net::Prefix>> joined(const std::vector<model::Late<net::Prefix>>& blocks, net::Family family) {
  net::AddressSet known;
  std::vector<model::Late<net::Prefix>> late;
  for (const auto& block : blocks) {
    if (const auto prefix = model::known(block)) {
      known = known.united(*prefix);
    } else if (family == net::Family::V4 && std::find(late.begin(), late.end(), block) == late.end()) {
      late.push_back(block);
    }
  }
  std::vector<model::Late<net::Prefix>> out;
  for (const net::Prefix& prefix : known.only(family).prefixes()) out.emplace_back(prefix);
  out.insert(out.end(), late.begin(), late.end());
  return out;
}

std::optional<Member> as_member(const model::Endpoint& endpoint) {
  if (const auto* group = std::get_if<model::GroupId>(&endpoint)) return *group;
  if (const auto* balancer = std::get_if<model::BalancerId>(&endpoint)) return *balancer;
  if (const auto* database = std::get_if<model::DatabaseId>(&endpoint)) return *database;
  if (const auto* function = std::get_if<model::FunctionId>(&endpoint)) return *function;
  return std::nullopt;
}

model::TierId tier_of(const model::Design& design, const Member& member) {
  return *model::tier_of(design, std::visit([](auto id) { return model::Endpoint(id); }, member));
}

std::string describe(const model::Design& design, model::StatementId statement) {
  const model::FlowStatement& said = design.statements[statement];
  return rule_text(said.because.empty() ? said.text : said.text + ". " + said.because);
}

std::optional<std::string> text_setting(const model::ProviderSettings& settings, std::string_view name) {
  const model::Setting* setting = find_setting(settings, name);
  const auto* text = setting == nullptr ? nullptr : std::get_if<std::string>(setting);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<std::int64_t> number_setting(const model::ProviderSettings& settings, std::string_view name) {
  const model::Setting* setting = find_setting(settings, name);
  const auto* number = setting == nullptr ? nullptr : std::get_if<std::int64_t>(setting);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace crenel::aws
