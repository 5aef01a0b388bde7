#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "backends/azure/changes.h"
#include "backends/azure/lift_data.h"
#include "backends/azure/resource_types.h"

/// Alerts of the activity log whose action group is named as a guard's: which operations of the table they tell of.
///
/// Each operation is an event that succeeded, of anybody; an alert tells of it where every leaf of its condition holds
/// whatever else the event says (REST, Activity Log Alerts 2020-10-01; "Azure activity log event schema").
namespace crenel::azure::lifting {
namespace {

enum class Held { No, Perhaps, Yes };

/// Where in the subscription something happens.
enum class Where { Group, Anywhere };

struct Event {
  std::string_view type;
  Verb verb = Verb::Write;
  Where where = Where::Group;

  /// As the table has it; an action is one of several.
  [[nodiscard]] std::string operation() const {
    const char* ending = verb == Verb::Write ? "/write" : verb == Verb::Delete ? "/delete" : "/*/action";
    return std::string(type) + ending;
  }
};

/// What has to be told: in the resource group the whole table, in the subscription what the benchmark asks for.
std::vector<Event> events() {
  std::vector<Event> out;
  for (const Change& each : changes()) {
    for (const Verb verb : each.verbs) {
      out.push_back({.type = each.type, .verb = verb, .where = Where::Group});
      const bool everywhere = each.benchmarked && verb != Verb::Action;
      if (everywhere) out.push_back({.type = each.type, .verb = verb, .where = Where::Anywhere});
    }
  }
  return out;
}

/// Whether a field of the event is always this.
Held is_always(const Event& event, std::string_view field, const std::string& text) {
  const std::string name = lower(field);
  const auto yes = [](bool held) { return held ? Held::Yes : Held::No; };
  if (name == "category") return yes(same_word(text, "Administrative"));
  if (name == "status") return yes(same_word(text, "Succeeded"));
  if (name == "resourcetype") return yes(same_word(text, event.type));
  if (name == "resourceprovider") return yes(same_word(text, event.type.substr(0, event.type.find('/'))));
  if (name == "operationname") return yes(event.verb != Verb::Action && same_word(text, event.operation()));
  if (name == "caller" || name == "resourceid") return Held::No;
  return Held::Perhaps;
}

Held holds_leaf(const View& leaf, const Event& event) {
  const View field = leaf.at("field");
  const View equals = leaf.at("equals");
  const View any = leaf.at("containsAny");
  if (field.open() || equals.open() || (equals && any)) return Held::Perhaps;
  if (equals) return is_always(event, field.text(), equals.text());
  Held best = Held::No;  // of a field that is no list, the reference does not say what it contains
  for (const View& each : any.elements()) {
    const bool perhaps = each.open() || is_always(event, field.text(), each.text()) != Held::No;
    if (perhaps) best = Held::Perhaps;
  }
  return any && !any.open() ? best : Held::Perhaps;
}

Held holds(const View& condition, const Event& event) {
  const View any = condition.at("anyOf");
  if (!any) return holds_leaf(condition, event);
  if (any.open() || condition.at("field")) return Held::Perhaps;
  Held best = Held::No;
  for (const View& each : any.elements()) best = std::max(best, holds_leaf(each, event));
  return best;
}

class Mails {
 public:
  Mails(Data& data, estate::Guard& guard, const Resource& group) : data_(data), guard_(guard), group_(group) {}

  void read() {
    receivers();
    if (!is_locked(data_, group_)) weak("can be kept from mailing: no lock is on its action group", group_.place);
    for (const Resource* each : data_.context.all(kActivityAlert.name)) {
      if (acts(*each)) alert(*each);
    }
    for (const Where where : {Where::Group, Where::Anywhere}) covered(where);
    if (std::none_of(alerts_.begin(), alerts_.end(), [&](const Resource* each) {
          return is_locked(data_, *each) && told({.type = kLock.name, .verb = Verb::Delete}, *each) != Held::No;
        })) {
      weak("can be silenced: no lock is on an alert that tells of deleted locks", group_.place);
    }
  }

 private:
  void weak(std::string what, const Place& place, bool sure = true) {
    guard_.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void receivers() {
    guard_.mailed.emplace();
    if (!group_.is_sure()) weak("has its action group", group_.place, false);
    const View on = properties_of(group_).at("enabled");
    if (on.truth() != std::optional(true)) {
      const bool off = on && !on.open();
      return weak(
          off ? "mails nobody: its action group is disabled" : "mails anybody: its action group may be disabled",
          on ? on.place() : group_.place, off);
    }
    for (const View& each : properties_of(group_).at("emailReceivers").elements()) {
      const View address = each.at("emailAddress");
      if (address.open()) {
        weak("mails whom the design names: an address is given at deployment", address.place(), false);
      } else if (address) {
        guard_.mailed->push_back(address.text());
      }
    }
    std::sort(guard_.mailed->begin(), guard_.mailed->end());
    guard_.mailed->erase(std::unique(guard_.mailed->begin(), guard_.mailed->end()), guard_.mailed->end());
    if (guard_.mailed->empty()) weak("has an action group that mails nobody", group_.place);
  }

  [[nodiscard]] bool acts(const Resource& alert) const {
    const auto all = properties_of(alert).at("actions").at("actionGroups").elements();
    return std::any_of(all.begin(), all.end(), [&](const View& each) {
      const auto id = each.at("actionGroupId").id();
      return id && id->key() == group_.id.key();
    });
  }

  void alert(const Resource& alert) {
    const View on = properties_of(alert).at("enabled");
    if (on && on.truth() == std::optional(false)) return weak("has an alert that is disabled", on.place());
    if (on && !on.truth()) weak("has all its alerts: one may be disabled", on.place(), false);
    if (!alert.is_sure()) weak("has all its alerts", alert.place, false);
    const View scopes = properties_of(alert).at("scopes");
    if (!reaches(alert, Where::Group)) {
      return weak("has an alert of another resource group", scopes ? scopes.place() : alert.place);
    }
    alerts_.push_back(&alert);
  }

  /// Scopes are beginnings of ids.
  [[nodiscard]] bool reaches(const Resource& alert, Where where) const {
    const std::string group = lower(group_.id.scope);
    const std::size_t end = group.find("/resourcegroups/");
    const std::string place = where == Where::Group ? group : group.substr(0, end);
    const auto all = properties_of(alert).at("scopes").elements();
    return std::any_of(all.begin(), all.end(), [&](const View& each) {
      const std::string scope = lower(each.text());
      return !scope.empty() && (place == scope || place.starts_with(scope + "/"));
    });
  }

  [[nodiscard]] Held told(const Event& event, const Resource& alert) const {
    if (!reaches(alert, event.where)) return Held::No;
    const auto all = properties_of(alert).at("condition").at("allOf").elements();
    // Azure takes no alert without a category, nor of a whole one
    const bool whole =
        std::any_of(all.begin(), all.end(), [](const View& each) { return each.at("field").says("category"); });
    Held worst = whole && all.size() > 1 ? Held::Yes : Held::No;
    for (const View& each : all) worst = std::min(worst, holds(each, event));
    return worst;
  }

  void covered(Where where) {
    std::vector<Event> lacking;
    std::vector<Event> unsure;
    for (const Event& event : events()) {
      if (event.where != where) continue;
      Held best = Held::No;
      for (const Resource* each : alerts_) best = std::max(best, told(event, *each));
      if (best == Held::No) lacking.push_back(event);
      if (best == Held::Perhaps) unsure.push_back(event);
    }
    const std::string place = where == Where::Group ? "" : " in the rest of the subscription";
    if (!lacking.empty()) weak("mails nobody of " + words(lacking) + place, nearest(lacking.front()));
    if (!unsure.empty()) weak("mails of every " + words(unsure) + place, nearest(unsure.front()), false);
  }

  static std::string words(const std::vector<Event>& events) {
    std::string first = "`" + events.front().operation() + "`";
    if (events.size() == 1) return first;
    return first + " and " + std::to_string(events.size() - 1) +
           (events.size() == 2 ? " other operation" : " other operations");
  }

  /// The alert that is about most of what has such a type, or the action group.
  [[nodiscard]] Place nearest(const Event& event) const {
    const std::string provider = lower(event.type.substr(0, event.type.find('/')));
    Place out = group_.place;
    std::size_t most = 0;
    for (const Resource* each : alerts_) {
      const View condition = properties_of(*each).at("condition");
      std::size_t count = 0;
      for (const View& leaf : leaves(condition)) {
        const bool where = reaches(*each, event.where);
        count += where && lower(leaf.at("equals").text()).starts_with(provider) ? 1 : 0;
      }
      if (count > most) out = condition.place();
      most = std::max(most, count);
    }
    return out;
  }

  static std::vector<View> leaves(const View& condition) {
    std::vector<View> out;
    for (const View& each : condition.at("allOf").elements()) {
      const auto any = each.at("anyOf").elements();
      out.push_back(each);
      out.insert(out.end(), any.begin(), any.end());
    }
    return out;
  }

  Data& data_;
  estate::Guard& guard_;
  const Resource& group_;
  std::vector<const Resource*> alerts_;
};

}  // namespace

void lift_alerts(Data& data) {
  for (const Resource* each : data.context.all(kActionGroup.name)) {
    const std::string own = each->id.name();
    if (own.size() <= kMailRole.size() || !own.ends_with(kMailRole)) continue;
    const std::string name = own.substr(0, own.size() - kMailRole.size());
    Mails(data, guard_named(data, name, each->place), *each).read();
  }
  for (estate::Guard& guard : data.context.estate.guards) {
    if (!guard.mailed) guard.mailed.emplace();
  }
}

}  // namespace crenel::azure::lifting
