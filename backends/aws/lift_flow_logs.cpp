#include <algorithm>
#include <set>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_types.h"

/// vpc/latest/userguide/flow-logs-s3-permissions.html and the template reference, aws-resource-ec2-flowlog.html,
/// 2026-11-27.
namespace crenel::aws::reading {
namespace {

using estate::Action;

constexpr std::string_view kLogDelivery = "delivery.logs.amazonaws.com";

Caller log_delivery() {
  const std::string name(kLogDelivery);
  return {.kind = Caller::Kind::Service,
          .item = nullptr,
          .arn = Value{.what = Text{name}, .place = {}},
          .who = estate::Named{name}};
}

class FlowLogs {
 public:
  FlowLogs(Reading& reading, const DataReading& data) : reading_(reading), judge_(reading), data_(data) {}

  void run() {
    for (const Item* log : reading_.of(kFlowLog.name)) {
      // One of a subnet or of an interface leaves out the rest of the network.
      const Item* network = reading_.target((*log)["ResourceId"], kVpc.name);
      if (network != nullptr) add(*log, *network);
    }
    take();
  }

 private:
  void add(const Item& log, const Item& network) {
    estate::FlowLog made;
    made.network = stem_of(network.id(), kVpc.name);
    made.place = log.place();
    const auto weak = [&](std::string what, const Value& where, bool is_sure) {
      made.weaknesses.push_back(
          {.what = std::move(what), .sure = is_sure, .place = where.absent() ? log.place() : where.place});
    };
    if (!log.certain) weak("has a flow log only under a condition", log.properties, false);
    if (!network.certain) weak("is there only under a condition", network.properties, false);
    const auto recorded = known_text(log["TrafficType"]);
    if (recorded != "ALL") weak("has a flow log that leaves out packets", log["TrafficType"], recorded.has_value());
    if (!log["LogFormat"].absent()) {
      weak("has a flow log with fields of its own choice, which may lack something", log["LogFormat"], false);
    }
    const Value& said = log["LogDestinationType"];
    const auto kind = said.absent() ? std::optional<std::string>("cloud-watch-logs") : known_text(said);
    if (kind == "s3") {
      to_bucket(log, made, weak);
    } else if (kind == "cloud-watch-logs") {
      if (log["DeliverLogsPermissionArn"].absent()) {
        weak("has a flow log that nobody may write", log.properties, true);
      }
    } else {
      weak("has a flow log that is kept elsewhere", said, kind.has_value());
    }
    reading_.estate.flow_logs.push_back(std::move(made));
  }

  template <class Weak>
  void to_bucket(const Item& log, estate::FlowLog& made, const Weak& weak) {
    const Value& destination = log["LogDestination"];
    const Holder* store = bucket(destination);
    if (store == nullptr) return weak("has a flow log that goes to a place which is not known", destination, false);
    made.to = store->service;
    logged_.insert(store->service);
    if (!store->arn.empty()) return;  // its own rules are not in the template
    const Finding written = may_write(*store);
    if (written.truth == Truth::No) weak("has a flow log that may not be written into its store", destination, true);
    if (written.truth == Truth::Open) {
      weak("has a flow log that may not be written into its store: " + written.why, destination, false);
    }
  }

  /// A folder in it may be named, too.
  [[nodiscard]] const Holder* bucket(const Value& destination) const {
    const std::string said = judge_.arn_text(destination);
    const auto found = std::find_if(data_.holders.begin(), data_.holders.end(), [&](const Holder& holder) {
      if (reading_.estate.services[holder.service].kind != estate::Service::Kind::Store) return false;
      const std::string own = arn_of(judge_, holder);
      return !own.empty() && (said == own || said.starts_with(own + "/"));
    });
    return found == data_.holders.end() ? nullptr : &*found;
  }

  [[nodiscard]] Finding allowed(const Holder& holder, const Request& request) const {
    Finding yes = sure(false);
    Finding no = sure(false);
    for (const PolicyStatement& statement : holder.policy) {
      Finding speaks = judge_.speaks_of(statement, request);
      const Naming naming = judge_.names(statement, *request.who);
      if (naming == Naming::No) continue;
      if (naming == Naming::Open) speaks = both(speaks, open("whom a statement means is not known"));
      Finding& side = statement.allow ? yes : no;
      side = either(side, speaks);
    }
    return both(yes, opposite(no));
  }

  [[nodiscard]] Finding may_write(const Holder& store) const {
    const Caller delivery = log_delivery();
    const Request writes{.who = &delivery,
                         .action = "s3:putobject",
                         .resource = arn_of(judge_, store) + "/AWSLogs/{account}/vpcflowlogs",
                         .way = {},
                         .own = true,
                         .by = {}};
    Finding out = allowed(store, writes);
    if (store.key == nullptr || out.truth == Truth::No) return out;
    const Holder* key = data_.holder(store.key);
    if (key == nullptr || !key->arn.empty()) return out;
    const Request encrypts{.who = &delivery,
                           .action = "kms:generatedatakey",
                           .resource = arn_of(judge_, *key),
                           .way = {},
                           .own = true,
                           .by = {}};
    return both(out, allowed(*key, encrypts));
  }

  static bool is_of_delivery(const estate::Access& access) {
    const auto* named = std::get_if<estate::Named>(&access.who);
    const auto* name = named == nullptr ? nullptr : std::get_if<std::string>(&named->who);
    return name != nullptr && *name == kLogDelivery;
  }

  /// Whether what the service is let do is kept to logs of this account: otherwise it does it for whoever names the
  /// bucket.
  [[nodiscard]] bool is_kept_to_account(estate::ServiceId service) const {
    return std::all_of(data_.holders.begin(), data_.holders.end(), [&](const Holder& holder) {
      if (holder.service != service) return true;
      return std::all_of(holder.policy.begin(), holder.policy.end(), [&](const PolicyStatement& statement) {
        const Caller delivery = log_delivery();
        return !statement.allow || judge_.names(statement, delivery) == Naming::No ||
               is_kept_to_account((*statement.value)["Condition"]);
      });
    });
  }

  [[nodiscard]] bool is_kept_to_account(const Value& conditions) const {
    const auto* tests = conditions.as<Object>();
    if (tests == nullptr) return false;
    return std::any_of(tests->members.begin(), tests->members.end(), [&](const Member& test) {
      const auto* keys = test.value.as<Object>();
      // With another ending, or before another word, it may hold without the key.
      if (keys == nullptr || (test.name != "StringEquals" && test.name != "ArnLike" && test.name != "ArnEquals")) {
        return false;
      }
      return std::any_of(keys->members.begin(), keys->members.end(), [&](const Member& key) {
        const bool by_number = lower_case(key.name) == "aws:sourceaccount" && test.name == "StringEquals";
        const bool by_arn = lower_case(key.name) == "aws:sourcearn" && test.name != "StringEquals";
        const auto all = elements_of(key.value);
        return (by_number || by_arn) && !all.empty() && std::all_of(all.begin(), all.end(), [&](const Option& each) {
                 const std::string said = judge_.arn_text(*each.value);
                 const std::vector<std::string> fields = arn_fields(said);
                 return by_number ? said == "{account}" : fields.size() == 6 && fields[4] == "{account}";
               });
      });
    });
  }

  /// Writing the records down is no access: they are what the design has written there.
  void take() {
    std::set<estate::ServiceId> keys;
    std::erase_if(logged_, [&](estate::ServiceId store) { return !is_kept_to_account(store); });
    for (const estate::ServiceId store : logged_) {
      const auto key = reading_.estate.services[store].key;
      if (key && is_kept_to_account(*key)) keys.insert(*key);
    }
    auto& all = reading_.estate.accesses;
    for (estate::Access& access : all) {
      if (!is_of_delivery(access)) continue;
      const bool writes = logged_.contains(access.service);
      const bool encrypts = keys.contains(access.service);
      std::erase_if(access.actions, [&](Action action) {
        return (writes && action == Action::Write) ||
               (encrypts && (action == Action::Encrypt || action == Action::Decrypt));
      });
    }
    std::erase_if(all, [](const estate::Access& access) { return access.actions.empty(); });
  }

  Reading& reading_;
  Judge judge_;
  const DataReading& data_;
  std::set<estate::ServiceId> logged_;
};

}  // namespace

void read_flow_logs(Reading& reading, const DataReading& data) { FlowLogs(reading, data).run(); }

}  // namespace crenel::aws::reading
