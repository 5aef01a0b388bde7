#include <algorithm>

#include "backends/aws/data_plan.h"
#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/base/ids.h"

namespace crenel::aws {
namespace {

using model::DataAction;
using model::Endpoint;
using model::PrivatePathId;

Endpoint endpoint_of(const model::Service& service) {
  return std::visit([](auto id) { return Endpoint(id); }, service);
}

class DataPlanner {
 public:
  DataPlanner(const model::Design& design, diagnostics::Diagnostics& diagnostics)
      : design_(design), diagnostics_(diagnostics) {}

  DataPlan plan() {
    for (const model::Site& site : design_.sites) check_identities(site);
    for (const model::Store& store : design_.stores) check_days(store);
    for (const model::Queue& queue : design_.queues) check_queue(queue);
    for (const model::Function& function : design_.functions) check_function(function);
    for (const model::DataFlow& flow : design_.data_flows) add(flow);
    return std::move(plan_);
  }

 private:
  /// IAM/latest/UserGuide/reference_identifiers.html; a session is known by its role.
  void check_identities(const model::Site& site) {
    for (const auto& identity : site.identities) {
      const auto* text = std::get_if<std::string>(&identity);
      if (text == nullptr || is_principal(*text)) continue;
      diagnostics_
          .report(kIdentity, site.origin.span, "an identity of `" + model::to_string(site.origin.path) + "`", *text)
          .help = "give the ARN of a role or user, `arn:aws:iam::ACCOUNT:role/NAME`";
    }
  }

  static bool is_principal(std::string_view text) {
    constexpr std::size_t kAccountDigits = 12;
    if (!text.starts_with("arn:aws")) return false;
    const std::size_t at = text.find(":iam::");
    if (at == std::string_view::npos || text.find('*') != std::string_view::npos) return false;
    text.remove_prefix(at + 6);
    if (text.find_first_not_of("0123456789") != kAccountDigits || text[kAccountDigits] != ':') return false;
    text.remove_prefix(kAccountDigits + 1);
    return (text.starts_with("role/") && text.size() > 5) || (text.starts_with("user/") && text.size() > 5);
  }

  void check_days(const model::Store& store) {
    const auto check = [&](const std::optional<std::int64_t>& seconds, std::string_view name) {
      if (!seconds || (*seconds >= model::kSecondsPerDay && *seconds % model::kSecondsPerDay == 0)) return;
      diagnostics_.report(kSetting, store.origin.span, std::string(name), std::to_string(*seconds) + "s",
                          "a whole number of days on AWS");
    };
    check(store.archive_after_seconds, "archive_after");
    check(store.lock_seconds, "lock");
  }

  /// AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html, sqs-dead-letter-queues.html
  void check_queue(const model::Queue& queue) {
    constexpr std::int64_t kShortest = 60;
    constexpr std::int64_t kLongest = 1209600;
    constexpr int kMostTries = 1000;
    if (queue.retain_seconds && (*queue.retain_seconds < kShortest || *queue.retain_seconds > kLongest)) {
      diagnostics_.report(kSetting, queue.origin.span, "retain", std::to_string(*queue.retain_seconds) + "s",
                          "between 1m and 14d on AWS");
    }
    if (queue.retry && (*queue.retry < 1 || *queue.retry > kMostTries)) {
      diagnostics_.report(kSetting, queue.origin.span, "retry", std::to_string(*queue.retry),
                          "between 1 and 1000 on AWS");
    }
  }

  /// TemplateReference/aws-properties-lambda-function-code.html, `ZipFile`
  void check_function(const model::Function& function) {
    const std::string_view runtime = function.runtime;
    if (runtime.starts_with("python") || runtime.starts_with("nodejs")) return;
    diagnostics_
        .report(kRuntime, function.origin.span, model::to_string(function.origin.path), "`" + function.runtime + "`")
        .help = "write it for `runtime = \"python3.13\"` or `\"nodejs22.x\"`, with a function `handler`";
  }

  void add(const model::DataFlow& flow) {
    // An event starts a function by a rule of its own.
    if (std::holds_alternative<model::StoreId>(flow.from)) return;
    if (!is_possible(flow)) return;
    std::vector<Cloud> clouds;
    for (const DataAction action : flow.actions) {
      const Cloud cloud = cloud_of(action, flow.to);
      if (std::find(clouds.begin(), clouds.end(), cloud) == clouds.end()) clouds.push_back(cloud);
    }
    for (const Cloud cloud : clouds) {
      model::DataActions actions;
      for (const DataAction action : flow.actions) {
        if (cloud_of(action, flow.to) == cloud) actions.push_back(action);
      }
      grant(flow, cloud, actions);
    }
  }

  bool is_possible(const model::DataFlow& flow) {
    const bool by_nat = std::any_of(flow.via.begin(), flow.via.end(),
                                    [](const model::Hop& hop) { return std::holds_alternative<model::ViaNat>(hop); });
    if (by_nat) {
      return refuse(flow,
                    "the addresses at which AWS takes these requests are not known before it is deployed: the packets' "
                    "rule would have to be one for the whole Internet",
                    "declare a private path: `endpoint NAME in TIER for " + model::name_of(design_, flow.to) + "`");
    }
    if (!flow.via.empty()) {
      return refuse(flow, "requests go by a private path, or from where the caller is", "leave out the `via`");
    }
    if (const auto* site = std::get_if<model::SiteId>(&flow.from)) return is_possible(flow, *site);
    const bool acts =
        std::holds_alternative<model::GroupId>(flow.from) || std::holds_alternative<model::FunctionId>(flow.from);
    if (!acts) {
      return refuse(flow, "AWS knows a caller by its role, and this one has none",
                    "grant it to a group, a function, or a site with `identities`");
    }
    if (!model::tier_of(design_, flow.from) || path_of(flow.from, flow.to)) return true;
    return refuse(
        flow, "no private path leads there from its tier",
        "declare one: `endpoint NAME in " + tier_name_of(flow.from) + " for " + model::name_of(design_, flow.to) + "`");
  }

  bool is_possible(const model::DataFlow& flow, model::SiteId site) {
    const bool has_policy =
        std::visit(base::Overloaded{[](model::StoreId) { return true; }, [](model::QueueId) { return true; },
                                    [](model::TopicId) { return true; }, [](model::TableId) { return true; },
                                    [](model::VaultId) { return true; }, [](const auto&) { return false; }},
                   flow.to);
    if (!has_policy) {
      return refuse(flow, "what may be done with it stands in the caller's own policies there, which are not ours",
                    "let a function or a group of the design do it");
    }
    const model::Site& from = design_.sites[site];
    if (from.identities.empty() && std::holds_alternative<model::VaultId>(flow.to)) {
      return refuse(flow, "a key's policy names who may use it", "give the site `identities`");
    }
    return true;
  }

  [[nodiscard]] std::string tier_name_of(const Endpoint& member) const {
    return model::to_string(design_.tiers[*model::tier_of(design_, member)].origin.path);
  }

  [[nodiscard]] std::optional<PrivatePathId> path_of(const Endpoint& member, const Endpoint& service) const {
    const auto tier = model::tier_of(design_, member);
    for (const PrivatePathId id : design_.private_paths.ids()) {
      const model::PrivatePath& path = design_.private_paths[id];
      const bool leads = std::any_of(path.services.begin(), path.services.end(),
                                     [&](const model::Service& each) { return endpoint_of(each) == service; });
      if (tier && path.tier == *tier && leads) return id;
    }
    return std::nullopt;
  }

  void grant(const model::DataFlow& flow, Cloud cloud, const model::DataActions& actions) {
    const auto same = std::find_if(plan_.grants.begin(), plan_.grants.end(), [&](const DataGrant& each) {
      return each.from == flow.from && each.to == flow.to && each.cloud == cloud;
    });
    if (same != plan_.grants.end()) {
      same->actions = model::united(same->actions, actions);
      same->statements.push_back(flow.statement);
      return;
    }
    DataGrant made{.from = flow.from,
                   .to = flow.to,
                   .cloud = cloud,
                   .actions = actions,
                   .endpoint = std::nullopt,
                   .statements = {flow.statement}};
    if (model::tier_of(design_, flow.from)) made.endpoint = endpoint_for(*path_of(flow.from, flow.to), cloud);
    if (made.endpoint) {
      InterfaceEndpoint& way = plan_.endpoints[*made.endpoint];
      way.grants.push_back(plan_.grants.size());
      if (std::find(way.members.begin(), way.members.end(), flow.from) == way.members.end()) {
        way.members.push_back(flow.from);
      }
    }
    plan_.grants.push_back(std::move(made));
  }

  /// The network's endpoint of the service. Of several paths the first declared one gives it its name and its tier,
  /// whatever the order of the flows.
  std::size_t endpoint_for(PrivatePathId path, Cloud cloud) {
    const auto network_of = [&](model::TierId tier) { return design_.tiers[tier].network; };
    const model::NetworkId network = network_of(design_.private_paths[path].tier);
    const auto same = std::find_if(plan_.endpoints.begin(), plan_.endpoints.end(), [&](const InterfaceEndpoint& each) {
      return each.cloud == cloud && network_of(each.tier) == network;
    });
    const auto index = static_cast<std::size_t>(same - plan_.endpoints.begin());
    if (same == plan_.endpoints.end()) {
      plan_.endpoints.push_back(
          {.path = path, .tier = design_.private_paths[path].tier, .cloud = cloud, .grants = {}, .members = {}});
    } else if (path < same->path) {
      same->path = path;
      same->tier = design_.private_paths[path].tier;
    }
    return index;
  }

  bool refuse(const model::DataFlow& flow, const std::string& why, const std::string& help) {
    const model::FlowStatement& statement = design_.statements[flow.statement];
    diagnostics_.report(kDataFlow, statement.span, statement.text, why).help = help;
    return false;
  }

  const model::Design& design_;
  diagnostics::Diagnostics& diagnostics_;
  DataPlan plan_;
};

}  // namespace

std::vector<const DataGrant*> DataPlan::from(const model::Endpoint& source) const {
  std::vector<const DataGrant*> out;
  for (const DataGrant& grant : grants) {
    if (grant.from == source) out.push_back(&grant);
  }
  return out;
}

std::vector<const DataGrant*> DataPlan::to(const model::Endpoint& thing) const {
  std::vector<const DataGrant*> out;
  for (const DataGrant& grant : grants) {
    if (grant.to == thing) out.push_back(&grant);
  }
  return out;
}

std::optional<model::VaultId> key_of(const model::Design& design, const model::Endpoint& thing) {
  return std::visit(base::Overloaded{[&](model::StoreId id) { return design.stores[id].key; },
                                     [&](model::QueueId id) { return design.queues[id].key; },
                                     [&](model::TopicId id) { return design.topics[id].key; },
                                     [&](model::TableId id) { return design.data_tables[id].key; },
                                     [](const auto&) { return std::optional<model::VaultId>(); }},
                    thing);
}

DataPlan plan_data(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  return DataPlanner(design, diagnostics).plan();
}

}  // namespace crenel::aws
