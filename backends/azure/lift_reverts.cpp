#include <algorithm>
#include <map>
#include <set>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"
#include "backends/azure/reverting.h"

/// Workflows that put networks back (`reverting.h`): one is known by its text, and by a list that is what the rest of
/// the template says. Any other workflow is somebody who acts as its identity.
namespace crenel::azure::lifting {
namespace {

constexpr std::string_view kSubnet = "Microsoft.Network/virtualNetworks/subnets";
constexpr std::string_view kUndoingRole = "Revert";

bool has_none_but(const View& object, std::initializer_list<std::string_view> names) {
  const Fields* fields = object ? object.value().fields() : nullptr;
  return fields != nullptr && std::all_of(fields->begin(), fields->end(), [&](const Field& each) {
           return std::any_of(names.begin(), names.end(),
                              [&](std::string_view one) { return same_word(one, each.name); });
         });
}

/// Something in it would be an expression of the workflow and no text.
bool has_expression(const Value& value) {
  const auto acts = [](std::string_view text) { return text.starts_with('@') || text.find("@{") != text.npos; };
  if (const std::string* text = value.text()) return acts(*text);
  if (const Open* open = value.open()) return acts(open->text);
  if (const List* list = value.list()) return std::any_of(list->begin(), list->end(), has_expression);
  const Fields* fields = value.fields();
  return fields != nullptr && std::any_of(fields->begin(), fields->end(), [&](const Field& each) {
           return acts(each.name) || has_expression(each.value);
         });
}

View subnets_of(const Resource& network) { return properties_of(network).at("subnets"); }

/// What the template says of a subnet: in its network, or by itself, and not both.
const Value* subnet_said(const Context& context, const ResourceId& id) {
  const auto parent = id.parent();
  const Resource* network = parent ? context.find(*parent) : nullptr;
  const Resource* alone = context.find(id);
  if (alone != nullptr && (alone->existing || !alone->is_sure())) return nullptr;
  const Value* out = alone == nullptr ? nullptr : alone->properties();
  if (network == nullptr || network->existing || !network->is_sure()) return out;
  const auto all = subnets_of(*network).elements();
  for (const View& each : all) {
    if (!each.at("name").says(id.names.back())) continue;
    if (out != nullptr || !each.at("properties")) return nullptr;
    out = each.value().find("properties");
  }
  return out;
}

/// What it says of a group or table whose rules and routes are all in it.
const Value* whole_said(const Context& context, const ResourceId& id) {
  const Resource* made = context.find(id);
  if (made == nullptr || made->existing || !made->is_sure()) return nullptr;
  const bool parted =
      std::any_of(context.from.resources.begin(), context.from.resources.end(), [&](const Resource& each) {
        const auto parent = each.id.parent();
        return parent && parent->key() == id.key();
      });
  return parted ? nullptr : made->properties();
}

const Value* said(const Context& context, const ResourceId& id) {
  if (id.is(kSubnet)) return subnet_said(context, id);
  const bool whole = id.is(kNetworkSecurityGroup.name) || id.is(kRouteTable.name);
  return whole ? whole_said(context, id) : nullptr;
}

View list_of(const Resource& workflow) { return properties_of(workflow).at("parameters").at(kWanted).at("value"); }

/// Every element is what the template says of what it names.
bool is_list(const Context& context, const View& list) {
  if (!list || list.value().list() == nullptr || has_expression(list.value())) return false;
  std::set<std::string> seen;
  const auto all = list.elements();
  return std::all_of(all.begin(), all.end(), [&](const View& each) {
    const auto id = has_none_but(each, {"id", "properties"}) ? each.at("id").id() : std::nullopt;
    const View properties = each.at("properties");
    const Value* own = id && properties ? said(context, *id) : nullptr;
    return own != nullptr && seen.insert(id->key()).second && equal(*own, properties.value()) == std::optional(true) &&
           equal(properties.value(), *own) == std::optional(true);
  });
}

/// A clock: a trigger of another kind would ask somebody, as the workflow's identity.
std::optional<View> clock_of(const Resource& workflow) {
  const View triggers = properties_of(workflow).at("definition").at("triggers");
  const Fields* all = triggers ? triggers.value().fields() : nullptr;
  if (all == nullptr || all->size() != 1) return std::nullopt;
  const View only = triggers.at(all->front().name);
  const bool plain =
      only.at("type").says("Recurrence") &&
      has_none_but(only, {"type", "recurrence", "conditions", "operationOptions", "runtimeConfiguration"});
  return plain ? std::optional(only) : std::nullopt;
}

const Resource* workflow_of(const Data& data, const View& principal) {
  for (const Resource* each : data.context.all(kWorkflow.name)) {
    if (is_principal_of(principal, each->id)) return each;
  }
  return nullptr;
}

/// Nothing but operations that undoing takes, each by its name.
bool is_narrow(const RoleRead& role) {
  return role.doubt.empty() &&
         std::all_of(role.permissions.begin(), role.permissions.end(), [](const Permission& each) {
           return each.data_actions.empty() &&
                  std::all_of(each.actions.begin(), each.actions.end(), [](const std::string& action) {
                    return std::any_of(kRevertOperations.begin(), kRevertOperations.end(),
                                       [&](std::string_view one) { return same_word(one, action); });
                  });
         });
}

class Undoes {
 public:
  Undoes(Data& data, estate::Guard& guard, const Resource& workflow)
      : data_(data), guard_(guard), workflow_(workflow), all_(properties_of(workflow)) {}

  void read() {
    if (!is_revert(data_.context, workflow_)) {
      return weak("puts something else back than what the template says, or not by the known workflow",
                  workflow_.place);
    }
    if (guard_.undoing) return weak("undoes changes by several workflows", workflow_.place);
    guard_.undoing.emplace();
    runs();
    clock(*clock_of(workflow_));
    for (const Resource* each : data_.context.all(kVirtualNetwork.name)) network(*each);
    std::sort(guard_.undoing->networks.begin(), guard_.undoing->networks.end());
    if (!may()) weak("may not surely do all that undoing takes", workflow_.place);
    tell_of_failures(data_, stem_of(workflow_.id.name(), {kUndoingRole}), workflow_, guard_);
    if (!is_locked(data_, workflow_)) {
      weak("can be kept from undoing: no lock is on its workflow", workflow_.place);
    }
  }

 private:
  void weak(std::string what, const Place& place, bool sure = true) {
    guard_.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void runs() {
    const View state = all_.at("state");
    if (state.says("Enabled")) return;
    const bool off = state && !state.open();
    weak(off ? "is not run: its workflow is disabled" : "is run: its workflow may be disabled",
         state ? state.place() : workflow_.place, off);
  }

  void clock(const View& trigger) {
    const View times = trigger.at("recurrence");
    static const std::map<std::string, std::int64_t> units = {
        {"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}};
    const auto unit = units.find(lower(times.at("frequency").text()));
    const auto interval = times.at("interval").number();
    if (unit == units.end() || !interval || *interval < 1 || *interval > kLatestRevert) {
      return weak("is run as often as the design says", times ? times.place() : trigger.place(), false);
    }
    guard_.undoing->within_seconds = 2 * *interval * unit->second;
    if (!has_none_but(times, {"frequency", "interval"})) weak("is not run at all times", times.place());
    if (const View some = trigger.at("conditions")) weak("is run only where a condition holds", some.place());
    const View runs = trigger.at("runtimeConfiguration").at("concurrency").at("runs");
    const bool single = trigger.at("operationOptions").says("SingleInstance") || runs.number() == std::optional(1);
    if (!single) weak("is not kept to one run at a time", trigger.place());
  }

  // ---- which networks
  [[nodiscard]] std::vector<ResourceId> subnets(const Resource& network) const {
    std::vector<ResourceId> out;
    for (const View& each : subnets_of(network).elements()) {
      out.push_back(network.id.child("subnets", each.at("name").text()));
    }
    for (const Resource* each : data_.context.all(kSubnet)) {
      const auto parent = each->id.parent();
      if (parent && parent->key() == network.id.key()) out.push_back(each->id);
    }
    return out;
  }

  /// Security groups of interfaces in the subnets.
  void add_of_machines(const std::vector<ResourceId>& subnets, std::map<std::string, std::string>& out) const {
    for (const Resource& each : data_.context.from.resources) {
      const bool machine = each.is(kScaleSet.name) || each.is(kInterfaceType) || each.is(kMachineType);
      if (each.existing || !machine) continue;
      const bool here = std::any_of(subnets.begin(), subnets.end(),
                                    [&](const ResourceId& subnet) { return mentions(each.body, subnet); });
      if (!here) continue;
      for (const Resource* group : data_.context.all(kNetworkSecurityGroup.name)) {
        if (mentions(each.body, group->id)) out.emplace(group->id.key(), group->id.name());
      }
    }
  }

  /// What has to be put back of a network: names by key.
  [[nodiscard]] std::map<std::string, std::string> needed(const Resource& network) const {
    std::map<std::string, std::string> out;
    const std::vector<ResourceId> all = subnets(network);
    for (const ResourceId& each : all) {
      out.emplace(each.key(), each.name());
      const Value* own = subnet_said(data_.context, each);
      for (const char* part : {"networkSecurityGroup", "routeTable"}) {
        const Value* joined = own == nullptr ? nullptr : own->find(part);
        const auto id = joined == nullptr ? std::nullopt : id_of(*joined);
        if (id) out.emplace(id->key(), id->name());
      }
    }
    add_of_machines(all, out);
    return out;
  }

  void network(const Resource& network) {
    std::set<std::string> listed;
    for (const View& each : list_of(workflow_).elements()) listed.insert(each.at("id").id()->key());
    const std::map<std::string, std::string> all = needed(network);
    std::string lacking;
    std::size_t found = 0;
    for (const auto& [key, name] : all) {
      const bool has = listed.contains(key);
      found += has ? 1 : 0;
      if (!has && lacking.empty()) lacking = name;
    }
    if (found == 0) return;
    const std::string name = stem_of(network.id.name(), {"Network"});
    if (lacking.empty()) {
      guard_.undoing->networks.push_back(name);
    } else {
      weak("does not undo changes of `" + lacking + "`", list_of(workflow_).place());
    }
  }

  // ---- what it may do
  [[nodiscard]] bool may() const {
    const auto& all = data_.context.from.resources;
    return std::any_of(all.begin(), all.end(), [&](const Resource& each) {
      if (each.existing || !is_assignment(each) || !each.is_sure()) return false;
      const View properties = properties_of(each);
      const std::string scope = lower(scope_text(each));
      if (scope != lower(workflow_.id.scope) || properties.at("condition")) return false;
      if (!is_principal_of(properties.at("principalId"), workflow_.id)) return false;
      const RoleRead role = read_role(data_.context, properties.at("roleDefinitionId"));
      return role.doubt.empty() &&
             std::all_of(kRevertOperations.begin(), kRevertOperations.end(),
                         [&](std::string_view operation) { return role_may_control(role, operation); });
    });
  }

  Data& data_;
  estate::Guard& guard_;
  const Resource& workflow_;
  View all_;
};

}  // namespace

bool is_revert(const Context& context, const Resource& workflow) {
  if (!workflow.is(kWorkflow.name) || workflow.existing || !workflow.is_sure()) return false;
  const View all = properties_of(workflow);
  const View identity = view_of(workflow, "identity");
  const View given = all.at("parameters");
  const View definition = all.at("definition");
  return has_none_but(identity, {"type"}) && identity.at("type").says("SystemAssigned") &&
         has_none_but(all, {"state", "definition", "parameters"}) && has_none_but(given, {kWanted}) &&
         has_none_but(given.at(kWanted), {"value"}) && definition &&
         is_code(definition.value(), kRevertText, {"triggers"}) && clock_of(workflow).has_value() &&
         is_list(context, list_of(workflow));
}

void tell_reverting(Data& data, const std::string& scope, const Resource& assignment) {
  const View properties = properties_of(assignment);
  const Resource* workflow = workflow_of(data, properties.at("principalId"));
  if (workflow == nullptr) return;
  const RoleRead role = read_role(data.context, properties.at("roleDefinitionId"));
  const std::string group = lower(workflow->id.scope);
  if (is_narrow(role) && (scope == group || scope.starts_with(group + "/"))) return;
  data.context.unknown("`" + workflow->id.name() + "` is given " + role.name + " over `" + scope_text(assignment) +
                           "`: what it can come to by that is not known",
                       assignment.place);
}

void lift_reverts(Data& data) {
  for (const Resource* each : data.context.all(kWorkflow.name)) {
    const std::string name = each->id.name();
    const bool named = name.ends_with(kUndoingRole) && name.size() > kUndoingRole.size();
    if (!named && !is_revert(data.context, *each)) continue;
    Undoes(data, guard_named(data, stem_of(name, {kUndoingRole}), each->place), *each).read();
  }
}

}  // namespace crenel::azure::lifting
