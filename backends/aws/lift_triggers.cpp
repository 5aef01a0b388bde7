#include <algorithm>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Who;

const Item* referred(const Reading& reading, const Value& value, std::string_view type) {
  const auto* to = value.as<Reference>();
  const Item* item = to == nullptr ? nullptr : reading.find(to->resource);
  return item != nullptr && item->resource->type == type ? item : nullptr;
}

/// The function that a value names, by its ARN or its name.
const Holder* function_of(const Reading& reading, const DataReading& data, const Value& value) {
  if (const Item* item = referred(reading, value, kFunction.name)) return data.holder(item);
  const auto name = known_text(value);
  for (const Item* item : reading.of(kFunction.name)) {
    if (name && known_text((*item)["FunctionName"]) == name) return data.holder(item);
  }
  return nullptr;
}

bool only(const Value& list, std::string_view word) {
  const auto listed = elements_of(list);
  return listed.size() == 1 && listed.front().certain && known_text(*listed.front().value) == word;
}

bool has_only(const Value& object, std::initializer_list<std::string_view> names) {
  const auto* members = object.as<Object>();
  return members != nullptr && members->members.size() == names.size() &&
         std::all_of(members->members.begin(), members->members.end(), [&](const Member& member) {
           return std::find(names.begin(), names.end(), member.name) != names.end();
         });
}

/// The stores whose new objects a rule is about; nothing when it is about something else.
std::vector<const Holder*> stores_of(const Reading& reading, const DataReading& data, const Item& rule) {
  std::vector<const Holder*> out;
  const Value& pattern = rule["EventPattern"];
  const bool read = has_only(pattern, {"source", "detail-type", "detail"}) && only(pattern["source"], "aws.s3") &&
                    only(pattern["detail-type"], "Object Created") && has_only(pattern["detail"], {"bucket"}) &&
                    has_only(pattern["detail"]["bucket"], {"name"}) && rule["EventBusName"].absent() && rule.certain;
  if (!read) return {};
  for (const Option& option : elements_of(pattern["detail"]["bucket"]["name"])) {
    const Item* bucket = referred(reading, *option.value, kBucket.name);
    const Holder* holder = bucket == nullptr ? nullptr : data.holder(bucket);
    if (holder == nullptr || !option.certain) return {};
    out.push_back(holder);
  }
  return out;
}

/// Whether a rule is certainly about no store of the template: it names sources, and Amazon S3 is none of them.
bool is_of_others(const Item& rule) {
  // A call is told with its name and what it was asked for: that an object is there is not told by these.
  if (listens_to_changes(rule)) return true;
  const auto sources = elements_of(rule["EventPattern"]["source"]);
  return !sources.empty() && std::all_of(sources.begin(), sources.end(), [](const Option& each) {
    const auto said = known_text(*each.value);
    return said && *said != "aws.s3";
  });
}

bool sends_events(const Item& bucket) {
  const Value& configured = bucket["NotificationConfiguration"]["EventBridgeConfiguration"];
  return !configured.absent() &&
         (configured["EventBridgeEnabled"].absent() || known_flag(configured["EventBridgeEnabled"]) == true);
}

class Triggers {
 public:
  Triggers(Reading& reading, const DataReading& data) : reading_(reading), data_(data) {}

  void run() {
    for (const Item* permission : reading_.of(kPermission.name)) read_permission(*permission);
    for (const Item* mapping : reading_.of(kEventSource)) read_mapping(*mapping);
    for (const Item* rule : reading_.of(kEventRule.name)) read_targets(*rule);
    for (const Item* bucket : reading_.of(kBucket.name)) read_notifications(*bucket);
    for (const Item* url : reading_.of(kFunctionUrl)) {
      reading_.unknown(url->place(), "`" + url->id() + "` gives a function an address of its own on the Internet");
    }
  }

 private:
  /// Events tell of objects: who else is told has to be known.
  void read_targets(const Item& rule) {
    if (is_of_others(rule) || reading_.of(kBucket.name).empty()) return;
    for (const Option& target : elements_of(rule["Targets"])) {
      if (function_of(reading_, data_, (*target.value)["Arn"]) != nullptr) continue;
      reading_.unknown(rule.place(), "`" + rule.id() + "` tells others of new objects: its targets are not all read");
      return;
    }
  }

  void read_notifications(const Item& bucket) {
    for (const char* kind : {"QueueConfigurations", "TopicConfigurations"}) {
      if (bucket["NotificationConfiguration"][kind].absent()) continue;
      reading_.unknown(bucket.place(),
                       "`" + bucket.id() + "` tells others of new objects: `" + kind + "` are not read");
    }
  }

  void read_permission(const Item& item) {
    const Holder* function = function_of(reading_, data_, item["FunctionName"]);
    if (function == nullptr) return;
    const std::string principal = words(item["Principal"]);
    const auto action = known_text(item["Action"]);
    if (!action ||
        (*action != "lambda:InvokeFunction" && *action != "lambda:*" && *action != "lambda:InvokeFunctionUrl")) {
      reading_.unknown(item.place(), "`" + item.id() + "` permits an action that is not read");
      return;
    }
    const Item* rule = referred(reading_, item["SourceArn"], kEventRule.name);
    if (principal == "events.amazonaws.com" && rule != nullptr) return by_rule(item, *rule, *function);
    const Item* bucket = referred(reading_, item["SourceArn"], kBucket.name);
    if (principal == "s3.amazonaws.com" && bucket != nullptr) {
      if (const Holder* store = data_.holder(bucket)) return put(item, store->service, *function, item.certain);
    }
    if (principal == "*") return put(item, estate::Anyone{}, *function, item.certain);
    put(item, estate::Named{principal}, *function, item.certain);
  }

  void by_rule(const Item& item, const Item& rule, const Holder& function) {
    if (known_text(rule["State"]) == "DISABLED") return;
    bool aimed = false;
    for (const Option& target : elements_of(rule["Targets"])) {
      aimed = aimed || function_of(reading_, data_, (*target.value)["Arn"]) == &function;
    }
    if (!aimed) return;
    const auto stores = stores_of(reading_, data_, rule);
    if (stores.empty()) return put(item, estate::Named{"events of " + rule.id()}, function, item.certain);
    for (const Holder* store : stores) {
      if (sends_events(*store->item)) put(item, store->service, function, item.certain);
    }
  }

  /// What waits in a queue is handed to a function by Lambda, in the function's own name.
  void read_mapping(const Item& item) {
    const Holder* function = function_of(reading_, data_, item["FunctionName"]);
    if (function == nullptr) return;
    const Item* queue = referred(reading_, item["EventSourceArn"], kQueue.name);
    const Holder* from = queue == nullptr ? nullptr : data_.holder(queue);
    if (from != nullptr) return put(item, from->service, *function, item.certain);
    put(item, estate::Named{words(item["EventSourceArn"])}, *function, item.certain);
  }

  void put(const Item& item, Who who, const Holder& function, bool certain) {
    estate::Access made;
    made.who = std::move(who);
    made.service = function.service;
    made.actions = {estate::Action::Invoke};
    made.anywhere = true;
    made.place = item.place();
    if (!certain) made.doubt = "whether it is there depends on a condition";
    reading_.estate.accesses.push_back(std::move(made));
  }

  Reading& reading_;
  const DataReading& data_;
};

}  // namespace

void read_triggers(Reading& reading, const DataReading& data) { Triggers(reading, data).run(); }

}  // namespace crenel::aws::reading
