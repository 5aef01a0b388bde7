#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "backends/azure/lift_data.h"
#include "backends/azure/prevention.h"

/// Policies that guards have: one whose rule, lists and assignment are surely what denies every change of the networks
/// that this template makes. Everything else about them is a weakness.
namespace crenel::azure::lifting {
namespace {

constexpr std::string_view kExemption = "Microsoft.Authorization/policyExemptions";
constexpr std::string_view kRole = "Prevent";

std::optional<std::string> scalar_of(const Value& value) {
  if (const auto truth = as_truth(value); truth && std::holds_alternative<bool>(value.is))
    return *truth ? "true" : "false";
  return as_text(value);
}

bool is_rule(const View& rule) { return rule && is_code(rule.value(), "prevent.json"); }

/// A path of the table, followed in a resource; nothing where only a deployment knows what an array holds.
bool follow(const View& from, std::string_view path, std::vector<View>& out) {
  if (path.empty()) {
    out.push_back(from);
    return true;
  }
  const std::size_t dot = path.find('.');
  std::string_view step = path.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  const bool members = step.ends_with("[*]");
  if (members) step.remove_suffix(3);
  const View next = from.at(step);
  if (!next) return true;
  if (next.open() && (members || !rest.empty())) return false;
  if (!members) return follow(next, rest, out);
  const auto all = next.elements();
  return std::all_of(all.begin(), all.end(), [&](const View& each) { return follow(each, rest, out); });
}

std::optional<std::string> array_text(const View& from, std::string_view path) {
  std::vector<View> found;
  if (!follow(from, path, found)) return std::nullopt;
  std::string out;
  for (const View& each : found) {
    const auto text = scalar_of(each.value());
    if (!text) return std::nullopt;
    const bool bare =
        std::holds_alternative<bool>(each.value().is) || std::holds_alternative<std::int64_t>(each.value().is);
    out += (out.empty() ? "" : ",") + (bare ? *text : "\"" + *text + "\"");
  }
  return "[" + out + "]";
}

class Reader {
 public:
  Reader(Data& data, estate::Guard& guard, const Resource& assignment)
      : data_(data), guard_(guard), assignment_(assignment), given_(properties_of(assignment).at("parameters")) {}

  void read() {
    if (!assignment_.is_sure()) weak("has its policy", assignment_.place, false);
    enforced();
    definition();
    left_alone();
    things();
    for (const PolicyList& list : policy_lists()) lists_.insert(list.parameter);
    for (const std::string_view each : lists_) compare(each, expected(each));
    public_members();
    for (const PolicyCount& count : policy_counts()) counted(count);
    exemptions();
  }

 private:
  void weak(std::string what, const Place& place, bool sure = true) {
    guard_.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }
  [[nodiscard]] Place place_of(const View& view) const { return view ? view.place() : assignment_.place; }

  void enforced() {
    const View all = properties_of(assignment_);
    const View mode = all.at("enforcementMode");
    if (mode && !mode.says("Default")) weak("has a policy that is not enforced", mode.place());
    for (const char* part : {"notScopes", "overrides", "resourceSelectors"}) {
      const View narrowed = all.at(part);
      if (narrowed && (narrowed.open() || !narrowed.elements().empty())) {
        weak("has a policy that does not hold for everything in its resource group", narrowed.place());
      }
    }
    const View version = all.at("definitionVersion");
    if (version) weak("has a policy of this version", version.place(), false);
    const View scope = view_of(assignment_, "scope");
    if (scope) weak("has a policy for something else than its resource group", scope.place());
  }

  void definition() {
    const auto id = properties_of(assignment_).at("policyDefinitionId").id();
    const Resource* made = id ? data_.context.find(*id) : nullptr;
    if (made == nullptr || made->existing || !made->is(kPolicyDefinition.name)) {
      return weak("has a policy whose definition is not in the template",
                  place_of(properties_of(assignment_).at("policyDefinitionId")));
    }
    if (!made->is_sure()) weak("has its policy's definition", made->place, false);
    const View mode = properties_of(*made).at("mode");
    if (!mode.says("All")) weak("has a policy that does not look at everything", mode ? mode.place() : made->place);
    const View rule = properties_of(*made).at("policyRule");
    const View effect = rule.at("then").at("effect");
    if (effect && !effect.open() && !effect.text().starts_with("[") && !effect.says("deny")) {
      return weak("has a policy that denies nothing: its effect is `" + effect.text() + "`", effect.place());
    }
    if (!is_rule(rule)) weak("has a policy with a rule that is not read", rule ? rule.place() : made->place);
  }

  void left_alone() {
    std::vector<std::string> spared;
    const View listed = value(kLeftAlone);
    for (const View& each : listed.elements()) spared.push_back(each.text());
    if (listed.open()) spared.push_back(listed.text());
    if (!guard_.told) {
      std::sort(spared.begin(), spared.end());
      spared.erase(std::unique(spared.begin(), spared.end()), spared.end());
      guard_.exempt = spared;
      return;
    }
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    for (const std::string& each : spared) {
      if (!has(guard_.exempt, each)) weak("denies no change to `" + each + "`", place_of(listed));
    }
    for (const std::string& each : guard_.exempt) {
      if (!has(spared, each)) weak("denies changes to `" + each + "`, whom it leaves alone", place_of(listed));
    }
  }

  /// Resources where the assignment holds.
  template <class Use>
  void each_here(Use use) {
    for (const Resource& each : data_.context.from.resources) {
      if (!each.existing && lower(each.id.scope) == lower(assignment_.id.scope)) use(each);
    }
  }

  void things() {
    std::set<std::string> out;
    each_here([&](const Resource& each) {
      const auto& types = things_of_policy();
      const bool one = std::any_of(types.begin(), types.end(), [&](std::string_view type) { return each.is(type); });
      if (one) out.insert(lower(each.id.type + "/" + each.id.name()));
    });
    compare(kThings, out);
  }

  std::set<std::string> expected(std::string_view parameter) {
    std::set<std::string> out;
    for (const PolicyList& list : policy_lists()) {
      if (list.parameter != parameter) continue;
      each_here([&](const Resource& each) {
        if (each.is(list.type)) elements_of(list, each, out);
      });
    }
    return out;
  }

  void elements_of(const PolicyList& list, const Resource& resource, std::set<std::string>& out) {
    std::vector<View> inside;
    bool known = true;
    if (list.inside.empty()) {
      inside.emplace_back(&resource.body, &resource, "");
    } else {
      known = follow(View(&resource.body, &resource, ""), list.inside, inside);
    }
    for (const View& each : inside) {
      std::string text = resource.id.name() + (list.inside.empty() ? "" : "/" + each.at("name").text());
      for (const std::string_view path : list.properties) {
        const auto part = array_text(each, path);
        known = known && part.has_value();
        text += part.value_or("");
      }
      out.insert(lower(text));
    }
    if (!known) weak("lets its policy pass what `" + resource.id.name() + "` is", resource.place, false);
  }

  [[nodiscard]] View value(std::string_view parameter) const { return given_.at(parameter).at("value"); }

  void compare(std::string_view parameter, std::set<std::string> wanted) {
    const View listed = value(parameter);
    if (!listed || listed.open()) return weak("has a policy with a list that is not read", place_of(listed), false);
    for (const View& each : listed.elements()) {
      if (wanted.erase(lower(each.text())) == 0) {
        weak("has a policy that lets pass what the template does not make: `" + each.text() + "`", each.place());
      }
    }
    for (const std::string& each : wanted) {
      weak("has a policy that denies what the template makes: `" + each + "`", place_of(listed));
    }
  }

  void public_members() {
    std::set<std::string> out;
    each_here([&](const Resource& each) {
      if (!each.is(kScaleSet.name)) return;
      std::vector<View> found;
      const bool known = follow(View(&each.body, &each, ""), kPublicAddressOfMember, found);
      if (!known || !found.empty()) out.insert(lower(each.id.name()));
    });
    compare(kPublicMembers, out);
  }

  void counted(const PolicyCount& count) {
    std::map<std::string, std::int64_t> wanted;
    each_here([&](const Resource& each) {
      std::vector<View> found;
      if (each.is(count.type) && follow(View(&each.body, &each, ""), count.inside, found)) {
        wanted[lower(each.id.name())] = static_cast<std::int64_t>(found.size());
      }
    });
    const View table = value(count.parameter);
    for (const auto& [name, number] : wanted) {
      if (table.at(name).number() != std::optional(number)) {
        weak("has a policy that counts other members of `" + name + "` than the template has",
             place_of(table.at(name)));
      }
    }
  }

  void exemptions() {
    for (const Resource* each : data_.context.all(kExemption)) {
      const auto of = properties_of(*each).at("policyAssignmentId").id();
      const bool other = of && of->key() != assignment_.id.key();
      if (!each->existing && !other) weak("has a policy that something is exempt from", each->place);
    }
  }

  Data& data_;
  estate::Guard& guard_;
  const Resource& assignment_;
  View given_;
  std::set<std::string_view> lists_;
};

}  // namespace

void lift_policies(Data& data) {
  auto& guards = data.context.estate.guards;
  std::set<std::string> with_policy;
  for (const Resource* each : data.context.all(kPolicyAssignment.name)) {
    const std::string name = each->id.names.empty() ? std::string() : each->id.names.back();
    if (each->existing || !name.ends_with(kRole) || name.size() == kRole.size()) continue;
    estate::Guard& guard = guard_named(data, name.substr(0, name.size() - kRole.size()), each->place);
    if (!guard.forbidding) {
      guard.weaknesses.push_back({.what = "has no role to give in place of Contributor", .place = each->place});
    }
    guard.forbidding = true;
    with_policy.insert(guard.name);
    Reader(data, guard, *each).read();
  }
  for (estate::Guard& guard : guards) {
    if (!guard.forbidding || with_policy.contains(guard.name)) continue;
    guard.weaknesses.push_back({.what = "has no policy that denies changes", .place = guard.place});
  }
}

}  // namespace crenel::azure::lifting
