#include "compiler/model/dump_text.h"

namespace crenel::model {
namespace {

class ServiceWriter {
 public:
  explicit ServiceWriter(DumpText& to) : to_(to), design_(to.design_) {}

  void write() {
    for (const Peering& each : design_.peerings) peering(each);
    for (const Appliance& each : design_.appliances) appliance(each);
    for (const Function& each : design_.functions) function(each);
    for (const Database& each : design_.databases) database(each);
    for (const Vault& each : design_.vaults) vault(each);
    for (const Store& each : design_.stores) store(each);
    for (const Queue& each : design_.queues) queue(each);
    for (const Topic& each : design_.topics) topic(each);
    for (const Table& each : design_.data_tables) keyed("table", each);
    for (const PrivatePath& each : design_.private_paths) private_path(each);
    for (const Agent& each : design_.agents) agent(each);
    for (const Guard& each : design_.guards) guard(each);
  }

 private:
  template <class Id>
  [[nodiscard]] std::string name(Id id) const {
    return name_of(design_, Endpoint(id));
  }
  [[nodiscard]] std::string name(TierId id) const { return to_string(design_.tiers[id].origin.path); }
  [[nodiscard]] std::string name(NetworkId id) const { return to_string(design_.networks[id].origin.path); }

  void head(std::string_view kind, const Origin& origin) {
    to_.line(0, "{} {}", kind, to_string(origin.path));
    to_.origin(origin);
  }
  void existing(const std::optional<Existing>& made) {
    if (made) to_.line(1, "existing {}", to_.text(made->id));
  }
  void tail(const std::vector<std::string>& labels, const ProviderSettings& settings) {
    if (!labels.empty()) to_.line(1, "labels {}", to_.text(labels));
    to_.settings(1, settings);
  }
  void key(const std::optional<VaultId>& vault) {
    if (vault) to_.line(1, "key {}", name(*vault));
  }
  template <class T>
  void keyed(std::string_view kind, const T& each) {
    head(kind, each.origin);
    key(each.key);
    tail(each.labels, each.settings);
  }

  void topic(const Topic& each) {
    head("topic", each.origin);
    existing(each.existing);
    key(each.key);
    tail(each.labels, each.settings);
  }
  void peering(const Peering& each) {
    head("peer", each.origin);
    to_.line(1, "{} with {}", name(each.first), name(each.second));
    tail({}, each.settings);
  }
  void appliance(const Appliance& each) {
    head("appliance", each.origin);
    to_.line(1, "tier {}", name(each.tier));
    to_.line(1, "image {}", to_.text(each.image));
    to_.line(1, "size {}", word(each.size));
    to_.line(1, "count {}", each.count);
    tail(each.labels, each.settings);
  }
  void function(const Function& each) {
    head("function", each.origin);
    if (each.tier) to_.line(1, "tier {}", name(*each.tier));
    to_.line(1, "runtime {}", quoted(each.runtime));
    to_.line(1, "code {}", quoted(each.code));
    for (const StoreId store : each.on_created) to_.line(1, "on created {}", name(store));
    tail(each.labels, each.settings);
  }
  void database(const Database& each) {
    head("database", each.origin);
    to_.line(1, "tier {}", name(each.tier));
    to_.line(1, "engine {}", each.engine);
    to_.line(1, "size {}", word(each.size));
    if (each.backup_seconds) to_.line(1, "backup {}s", *each.backup_seconds);
    tail(each.labels, each.settings);
  }
  void vault(const Vault& each) {
    head("vault", each.origin);
    existing(each.existing);
    tail(each.labels, each.settings);
  }
  void store(const Store& each) {
    head("store", each.origin);
    existing(each.existing);
    key(each.key);
    if (each.archive_after_seconds) to_.line(1, "archive_after {}s", *each.archive_after_seconds);
    if (each.lock_seconds) to_.line(1, "lock {}s", *each.lock_seconds);
    tail(each.labels, each.settings);
  }
  void queue(const Queue& each) {
    head("queue", each.origin);
    key(each.key);
    if (each.retry) to_.line(1, "retry {}", *each.retry);
    if (each.retain_seconds) to_.line(1, "retain {}s", *each.retain_seconds);
    tail(each.labels, each.settings);
  }
  void private_path(const PrivatePath& each) {
    head("endpoint", each.origin);
    to_.line(1, "tier {}", name(each.tier));
    for (const Service& service : each.services) {
      to_.line(1, "for {}", std::visit([this](auto id) { return name(id); }, service));
    }
    tail({}, each.settings);
  }
  void agent(const Agent& each) {
    head("agent", each.origin);
    if (!each.install.empty()) to_.line(1, "install {}", quoted(each.install));
    if (each.token) to_.line(1, "token {}", to_.text(*each.token));
    if (each.reports_to) {
      to_.line(1, "reports_to {}", std::visit([this](auto id) { return name(id); }, *each.reports_to));
    }
    to_.line(1, "cloud_native {}", each.cloud_native);
    if (!each.provides.empty()) to_.line(1, "provides {}", to_.text(each.provides));
  }

  void guard(const Guard& each) {
    head("guard", each.origin);
    for (const NetworkId network : each.networks) to_.line(1, "watch {}", name(network));
    if (each.alert) to_.line(1, "alert {}", name(*each.alert));
    if (each.revert_seconds) to_.line(1, "revert {}s", *each.revert_seconds);
    if (each.prevent) to_.line(1, "prevent");
    if (!each.exempt.empty()) to_.line(1, "exempt {}", to_.text(each.exempt));
    tail({}, each.settings);
  }

  DumpText& to_;
  const Design& design_;
};

}  // namespace

void dump_services(DumpText& to) { ServiceWriter(to).write(); }

}  // namespace crenel::model
