#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "compiler/base/text.h"
#include "compiler/model/design.h"

namespace crenel::model {
namespace {

struct ActionWord {
  DataAction action;
  std::string_view word;
};

constexpr std::array<ActionWord, 16> kActions = {{{DataAction::Read, "read"},
                                                  {DataAction::Write, "write"},
                                                  {DataAction::Delete, "delete"},
                                                  {DataAction::Archive, "archive"},
                                                  {DataAction::Send, "send"},
                                                  {DataAction::Receive, "receive"},
                                                  {DataAction::Publish, "publish"},
                                                  {DataAction::Subscribe, "subscribe"},
                                                  {DataAction::Get, "get"},
                                                  {DataAction::Put, "put"},
                                                  {DataAction::Query, "query"},
                                                  {DataAction::Encrypt, "encrypt"},
                                                  {DataAction::Decrypt, "decrypt"},
                                                  {DataAction::Invoke, "invoke"},
                                                  {DataAction::Launch, "launch"},
                                                  {DataAction::Terminate, "terminate"}}};

template <class Id, class T>
void add_all(const base::Table<Id, T>& table, std::vector<Endpoint>& out) {
  for (const Id id : table.ids()) out.emplace_back(id);
}

}  // namespace

// ---- actions --------------------------------------------------------------------------------------------------------
std::string_view word(DataAction action) {
  return std::find_if(kActions.begin(), kActions.end(), [&](const ActionWord& each) { return each.action == action; })
      ->word;
}

std::optional<DataAction> data_action(std::string_view word) {
  for (const ActionWord& each : kActions) {
    if (each.word == word) return each.action;
  }
  return std::nullopt;
}

std::string to_string(const DataActions& actions) {
  std::vector<std::string> words;
  for (const DataAction action : actions) words.emplace_back(word(action));
  return base::join(words, ", ");
}

DataActions united(const DataActions& a, const DataActions& b) {
  DataActions out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

DataActions without(const DataActions& a, const DataActions& b) {
  DataActions out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

DataActions intersected(const DataActions& a, const DataActions& b) {
  DataActions out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

DataActions actions_of(const Endpoint& endpoint) {
  using A = DataAction;
  if (std::holds_alternative<StoreId>(endpoint)) return {A::Read, A::Write, A::Delete, A::Archive};
  if (std::holds_alternative<QueueId>(endpoint)) return {A::Send, A::Receive};
  if (std::holds_alternative<TopicId>(endpoint)) return {A::Publish, A::Subscribe};
  if (std::holds_alternative<TableId>(endpoint)) return {A::Get, A::Put, A::Query};
  if (std::holds_alternative<VaultId>(endpoint)) return {A::Read, A::Encrypt, A::Decrypt};
  if (std::holds_alternative<FunctionId>(endpoint)) return {A::Invoke};
  if (std::holds_alternative<GroupId>(endpoint)) return {A::Launch, A::Terminate};
  return {};
}

// ---- endpoints ------------------------------------------------------------------------------------------------------
const Origin& origin_of(const Design& design, const Endpoint& endpoint) {
  if (const auto* id = std::get_if<SiteId>(&endpoint)) return design.sites[*id].origin;
  if (const auto* id = std::get_if<GroupId>(&endpoint)) return design.groups[*id].origin;
  if (const auto* id = std::get_if<BalancerId>(&endpoint)) return design.balancers[*id].origin;
  if (const auto* id = std::get_if<ApplianceId>(&endpoint)) return design.appliances[*id].origin;
  if (const auto* id = std::get_if<FunctionId>(&endpoint)) return design.functions[*id].origin;
  if (const auto* id = std::get_if<DatabaseId>(&endpoint)) return design.databases[*id].origin;
  if (const auto* id = std::get_if<StoreId>(&endpoint)) return design.stores[*id].origin;
  if (const auto* id = std::get_if<QueueId>(&endpoint)) return design.queues[*id].origin;
  if (const auto* id = std::get_if<TopicId>(&endpoint)) return design.topics[*id].origin;
  if (const auto* id = std::get_if<TableId>(&endpoint)) return design.data_tables[*id].origin;
  const auto* vault = std::get_if<VaultId>(&endpoint);
  assert(vault != nullptr);
  return design.vaults[*vault].origin;
}

std::string name_of(const Design& design, const Endpoint& endpoint) {
  if (std::holds_alternative<Internet>(endpoint)) return "internet";
  if (const auto* blocks = std::get_if<Blocks>(&endpoint)) return blocks->name;
  return to_string(origin_of(design, endpoint).path);
}

bool is_member(const Endpoint& endpoint) {
  return std::holds_alternative<GroupId>(endpoint) || std::holds_alternative<BalancerId>(endpoint) ||
         std::holds_alternative<ApplianceId>(endpoint) || std::holds_alternative<FunctionId>(endpoint) ||
         std::holds_alternative<DatabaseId>(endpoint);
}

bool is_place(const Endpoint& endpoint) {
  return std::holds_alternative<Internet>(endpoint) || std::holds_alternative<SiteId>(endpoint) ||
         std::holds_alternative<Blocks>(endpoint);
}

bool is_service(const Endpoint& endpoint) { return !is_member(endpoint) && !is_place(endpoint); }

const std::vector<std::string>& labels_of(const Design& design, const Endpoint& endpoint) {
  static const std::vector<std::string> none;
  if (const auto* id = std::get_if<GroupId>(&endpoint)) return design.groups[*id].labels;
  if (const auto* id = std::get_if<BalancerId>(&endpoint)) return design.balancers[*id].labels;
  if (const auto* id = std::get_if<ApplianceId>(&endpoint)) return design.appliances[*id].labels;
  if (const auto* id = std::get_if<FunctionId>(&endpoint)) return design.functions[*id].labels;
  if (const auto* id = std::get_if<DatabaseId>(&endpoint)) return design.databases[*id].labels;
  if (const auto* id = std::get_if<StoreId>(&endpoint)) return design.stores[*id].labels;
  if (const auto* id = std::get_if<QueueId>(&endpoint)) return design.queues[*id].labels;
  if (const auto* id = std::get_if<TopicId>(&endpoint)) return design.topics[*id].labels;
  if (const auto* id = std::get_if<TableId>(&endpoint)) return design.data_tables[*id].labels;
  if (const auto* id = std::get_if<VaultId>(&endpoint)) return design.vaults[*id].labels;
  return none;
}

std::optional<TierId> tier_of(const Design& design, const Endpoint& endpoint) {
  if (const auto* id = std::get_if<GroupId>(&endpoint)) return design.groups[*id].tier;
  if (const auto* id = std::get_if<BalancerId>(&endpoint)) return design.balancers[*id].tier;
  if (const auto* id = std::get_if<ApplianceId>(&endpoint)) return design.appliances[*id].tier;
  if (const auto* id = std::get_if<FunctionId>(&endpoint)) return design.functions[*id].tier;
  if (const auto* id = std::get_if<DatabaseId>(&endpoint)) return design.databases[*id].tier;
  return std::nullopt;
}

std::vector<Endpoint> declared_endpoints(const Design& design) {
  std::vector<Endpoint> all;
  add_all(design.groups, all);
  add_all(design.balancers, all);
  add_all(design.appliances, all);
  add_all(design.functions, all);
  add_all(design.databases, all);
  add_all(design.stores, all);
  add_all(design.queues, all);
  add_all(design.topics, all);
  add_all(design.data_tables, all);
  add_all(design.vaults, all);
  return all;
}

std::vector<Endpoint> members_in(const Design& design, TierId tier) {
  std::vector<Endpoint> all = declared_endpoints(design);
  std::erase_if(all, [&](const Endpoint& end) { return tier_of(design, end) != tier; });
  return all;
}

std::optional<PeeringId> peering_between(const Design& design, NetworkId a, NetworkId b) {
  for (const PeeringId id : design.peerings.ids()) {
    const Peering& each = design.peerings[id];
    if ((each.first == a && each.second == b) || (each.first == b && each.second == a)) return id;
  }
  return std::nullopt;
}

}  // namespace crenel::model
