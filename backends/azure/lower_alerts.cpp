#include <algorithm>

#include "backends/azure/changes.h"
#include "backends/azure/guards.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"
#include "compiler/model/alert_emails.h"

/// Alerts of the activity log. Of each part of the table one is about the resource group: whatever is done, with
/// success, to a type of that part. What the CIS benchmark asks for is an alert by itself, on one operation in the
/// whole subscription, of whatever level and status, by whomever: it is told of an attempt, too.
///
/// REST, Activity Log Alerts 2020-10-01: a condition is all of leaves, or of lists of leaves of which one holds; the
/// category Administrative needs another leaf beside it ("Create, view, and manage activity log alerts"). Lists of
/// types in that category: github.com/hashicorp/terraform-provider-azurerm, acceptance tests of
/// azurerm_monitor_activity_log_alert, which Azure itself answers. Checked 2026-11-28.
namespace crenel::azure {
namespace {

using document::Value;

/// REST, Action Groups 2023-01-01, groupShortName: what messages call the group.
constexpr std::size_t kLongestShortName = 12;

std::string guard_stem(const model::Guard& guard) { return pascal(guard.origin.path) + "Guard"; }

std::string mail_group_name(const model::Guard& guard) { return guard_stem(guard) + "Mail"; }

Value leaf(std::string_view field, std::string_view equals) {
  return document::object({{"field", field}, {"equals", equals}});
}

Resource receivers(const model::Guard& guard, const Cause& cause) {
  Value all = document::array({});
  std::size_t count = 0;
  for (const std::string& address : model::alert_emails(guard, schema().provider)) {
    all.push(document::object({{"name", "Receiver" + std::to_string(++count)},
                               {"emailAddress", literal(address)},
                               {"useCommonAlertSchema", true}}));
  }
  Resource out;
  out.type = kActionGroup;
  out.name = Term::literal(mail_group_name(guard));
  out.location = "Global";
  out.properties = document::object({{"groupShortName", pascal(guard.origin.path).substr(0, kLongestShortName)},
                                     {"enabled", true},
                                     {"emailReceivers", std::move(all)}});
  out.cause = cause;
  return out;
}

class Alerts {
 public:
  Alerts(const model::Guard& guard, Template& out)
      : stem_(guard_stem(guard)), cause_(cause_of(guard.origin, "guard")), out_(out) {
    Resource to = receivers(guard, cause_);
    to_ = id_of(to);
    out_.resources.push_back(std::move(to));
    out_.resources.push_back(lock_on(stem_ + "MailLock", to_, cause_));
  }

  void add() {
    for (const Changes& part : parts_of_changes()) {
      add_part(part);
      for (const Change& row : part.rows) {
        if (row.benchmarked) add_operations(row.type);
      }
    }
  }

 private:
  /// Deletions of locks and of alerts are told by an alert that has a lock itself.
  void add_part(const Changes& part) {
    Value types = document::array({});
    bool locks = false;
    for (const Change& row : part.rows) {
      const bool elsewhere = row.benchmarked && row.verbs == std::vector{Verb::Write, Verb::Delete};
      if (row.verbs.empty() || elsewhere) continue;
      types.push(leaf("resourceType", row.type));
      locks = locks || row.type == kLock.name;
    }
    const std::string name = std::string(part.about) + "Changes";
    const Term id = add_alert(name, "resourceGroup().id",
                              {leaf("status", "Succeeded"), document::object({{"anyOf", std::move(types)}})});
    if (locks) out_.resources.push_back(lock_on(stem_ + name + "Lock", id, cause_));
  }

  void add_operations(std::string_view type) {
    const std::string last(type.substr(type.rfind('/') + 1));
    for (const char* verb : {"write", "delete"}) {
      (void)add_alert(pascal(last) + pascal(verb), "subscription().id",
                      {leaf("operationName", std::string(type) + "/" + verb)});
    }
  }

  Term add_alert(const std::string& name, const char* scope, const std::vector<Value>& leaves) {
    Resource out;
    out.type = kActivityAlert;
    out.name = Term::literal(stem_ + name);
    out.location = "Global";
    Value all = document::array({leaf("category", "Administrative")});
    for (const Value& each : leaves) all.push(each);
    out.properties = document::object(
        {{"scopes", document::array({Term::expression(scope).value()})},
         {"enabled", true},
         {"condition", document::object({{"allOf", std::move(all)}})},
         {"actions", document::object(
                         {{"actionGroups", document::array({document::object({{"actionGroupId", to_.value()}})})}})}});
    out.cause = cause_;
    Term id = id_of(out);
    out_.resources.push_back(std::move(out));
    return id;
  }

  std::string stem_;
  Cause cause_;
  Template& out_;
  Term to_ = Term::literal("");
};

}  // namespace

void lower_alerts(const model::Design& design, Template& out) {
  for (const model::Guard& guard : design.guards) {
    if (!model::alert_emails(guard, schema().provider).empty()) Alerts(guard, out).add();
  }
}

Term mail_group_of(const model::Guard& guard) {
  return resource_id(kActionGroup, Term::literal(mail_group_name(guard)));
}

std::size_t alert_rules() {
  const auto& all = changes();
  const auto named = std::count_if(all.begin(), all.end(), [](const Change& each) { return each.benchmarked; });
  return parts_of_changes().size() + 2 * static_cast<std::size_t>(named);
}

void add_mail_residue(const std::string& name, std::vector<backend::Residue>& out) {
  out.push_back({name,
                 "It mails what whoever deploys changes, too: an alert of the activity log names one caller that it is "
                 "about, and none that it is not about."});
  out.push_back({name,
                 "Azure mails nobody who has not entered a passcode within 30 minutes of the deployment, unless the "
                 "address was confirmed in the tenant before; and no address more than 100 times an hour in a region. "
                 "A new alert begins some minutes after it is made."});
  out.push_back(
      {name,
       "Changes of security groups, their rules, public addresses and assignments of policies are mailed wherever in "
       "the subscription they happen, and attempts as well, as the CIS benchmark asks: one change can be several "
       "mails. "
       "Its alerts on SQL firewalls, security solutions and service health are about nothing that the template makes, "
       "and are not made."});
  out.push_back({name,
                 "Whoever may change its alerts or its action group, or take locks away, can silence it, and that is "
                 "the last change it mails."});
}

}  // namespace crenel::azure
