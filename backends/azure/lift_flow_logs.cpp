#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// Flow logs of virtual networks. learn.microsoft.com, "Virtual network flow logs" and the reference of
/// Microsoft.Network/networkWatchers/flowLogs, 2026-11-27.
namespace crenel::azure::lifting {
namespace {

class FlowLogs {
 public:
  explicit FlowLogs(Data& data) : data_(data) {}

  void run() {
    for (const Resource* log : data_.context.all(kFlowLog.name)) {
      // One of a subnet or of an interface leaves out the rest of the network.
      const View target = properties_of(*log).at("targetResourceId");
      for (const Resource* network : data_.context.all(kVirtualNetwork.name)) {
        if (target && is_id_of(target, *network)) add(*log, *network);
      }
    }
  }

 private:
  static bool is_id_of(const View& view, const Resource& network) {
    const auto id = view.id();
    return id ? id->key() == network.id.key() : mentions(view.value(), network.id);
  }

  void add(const Resource& log, const Resource& network) {
    const View properties = properties_of(log);
    estate::FlowLog made;
    made.network = stem_of(network.id.name(), {"Network"});
    made.place = log.place;
    const auto weak = [&](std::string what, const View& where, bool is_sure) {
      made.weaknesses.push_back({.what = std::move(what), .sure = is_sure, .place = where ? where.place() : log.place});
    };
    if (!log.is_sure() || !network.is_sure()) weak("has a flow log only under a condition", {}, false);
    const View enabled = properties.at("enabled");
    if (!enabled || enabled.truth() != std::optional(true)) {
      weak("has a flow log that is switched off", enabled, !enabled.open());
    }
    const View only = properties.at("enabledFilteringCriteria");
    if (only && !only.says("")) weak("has a flow log that leaves out packets", only, !only.open());
    const View records = properties.at("recordTypes");
    if (records && !records.says("B,C,E,D")) weak("has a flow log that leaves out packets", records, !records.open());
    kept(log, properties, made, weak);
    data_.context.estate.flow_logs.push_back(std::move(made));
  }

  template <class Weak>
  void kept(const Resource& log, const View& properties, estate::FlowLog& made, const Weak& weak) {
    const View account = properties.at("storageId");
    const auto store = std::find_if(data_.services.begin(), data_.services.end(), [&](const ServiceInfo& each) {
      const bool of_stores = data_.context.estate.services[each.id].kind == estate::Service::Kind::Store;
      return of_stores && account && mentions(account.value(), each.resource);
    });
    if (store == data_.services.end()) {
      weak("has a flow log that goes to an account which the template does not make", account, true);
      return;
    }
    if (!store->for_logs) made.to = store->id;
    const Resource* kept_in = data_.context.find(store->resource);
    const View open = kept_in == nullptr ? View() : properties_of(*kept_in).at("publicNetworkAccess");
    // learn.microsoft.com, "Configure Azure Storage firewalls": Network Watcher comes in by an exception of the
    // firewall of the public endpoint.
    if (open && !open.says("Enabled")) {
      weak("has a flow log that goes to an account with its public endpoint closed, where it is not known to come in",
           open, false);
    }
    if (!is_written(log, *store)) weak("has a flow log that nobody is surely let write", account, false);
  }

  /// As the identity that it has, by a role that writes blobs in the account. One without writes by a key of it.
  [[nodiscard]] bool is_written(const Resource& log, const ServiceInfo& store) const {
    const Value* acting = log.body.find("identity");
    if (acting == nullptr) return true;
    const auto assignments = data_.context.all(kRoleAssignment.name);
    return std::any_of(assignments.begin(), assignments.end(), [&](const Resource* each) {
      if (!each->is_sure() || lower(scope_text(*each)) != lower(text_of(store.resource))) return false;
      const View principal = properties_of(*each).at("principalId");
      const bool its = std::any_of(data_.identities.begin(), data_.identities.end(), [&](const IdentityInfo& identity) {
        return mentions(*acting, identity.resource) && is_principal_of(principal, identity.resource);
      });
      if (!its) return false;
      const Granted given =
          granted(read_role(data_.context, properties_of(*each).at("roleDefinitionId")), estate::Service::Kind::Store);
      return given.doubt.empty() &&
             std::find(given.actions.begin(), given.actions.end(), estate::Action::Write) != given.actions.end();
    });
  }

  Data& data_;
};

}  // namespace

void lift_flow_logs(Data& data) { FlowLogs(data).run(); }

}  // namespace crenel::azure::lifting
