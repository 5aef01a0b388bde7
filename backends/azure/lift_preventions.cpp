#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "backends/azure/changes.h"
#include "backends/azure/lift_data.h"
#include "backends/azure/resource_types.h"

/// Roles that guards have for people who are to change no network: everything but the operations of the table.
namespace crenel::azure::lifting {
namespace {

/// "Drift" of a role whose name is made of 'shop DriftPrevent' and the group; nothing: it is no guard's.
std::optional<std::string> guard_of(const Resource& definition) {
  const std::string name = definition.id.names.empty() ? std::string() : definition.id.names.back();
  const std::size_t end = name.rfind("Prevent'");
  if (end == std::string::npos) return std::nullopt;
  const std::size_t start = name.find_last_of(" '", end) + 1;
  if (start >= end) return std::nullopt;
  return name.substr(start, end - start);
}

/// What a role has to leave out, in small letters.
std::set<std::string> to_leave_out() {
  std::set<std::string> out;
  for (const std::string_view each : left_out_by_contributor()) out.insert(lower(each));
  for (const std::string& each : network_operations()) out.insert(lower(each));
  return out;
}

class Rails {
 public:
  Rails(estate::Guard& guard, const Resource& definition) : guard_(guard), definition_(definition) {}

  void read() {
    guard_.forbidding = true;
    if (!definition_.is_sure()) weak("has its role", definition_.place, false);
    const View permissions = properties_of(definition_).at("permissions");
    const auto all = permissions.elements();
    const bool plain = all.size() == 1 && all.front().at("actions").elements().size() == 1 &&
                       all.front().at("actions").elements().front().says("*") &&
                       all.front().at("dataActions").elements().empty();
    if (!plain) {
      return weak("has a role that lets do something else than everything but changes", definition_.place);
    }
    left_out(all.front().at("notActions"));
    scopes(properties_of(definition_).at("assignableScopes"));
  }

 private:
  void weak(std::string what, const Place& place, bool sure = true) {
    guard_.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void left_out(const View& listed) {
    std::set<std::string> missing = to_leave_out();
    for (const View& each : listed.elements()) {
      const bool known = !each.open() && missing.erase(lower(each.text())) != 0;
      if (!known) weak("forbids `" + each.text() + "`, too", each.place());
    }
    if (missing.empty()) return;
    const std::string more =
        missing.size() == 1 ? "" : " and " + std::to_string(missing.size() - 1) + " other operations";
    weak("does not forbid `" + *missing.begin() + "`" + more, listed ? listed.place() : definition_.place);
  }

  /// A role can be given where it may be assigned: nowhere but in the group whose changes it is about.
  void scopes(const View& listed) {
    const auto all = listed.elements();
    const bool here = all.size() == 1 && lower(all.front().text()) == lower(definition_.id.scope);
    if (!here) weak("has a role that is not for its resource group alone", listed ? listed.place() : definition_.place);
  }

  estate::Guard& guard_;
  const Resource& definition_;
};

}  // namespace

void lift_preventions(Data& data) {
  for (const Resource* each : data.context.all(kRoleDefinition.name)) {
    const auto name = each->existing ? std::nullopt : guard_of(*each);
    if (!name) continue;
    Rails(guard_named(data, *name, each->place), *each).read();
  }
}

}  // namespace crenel::azure::lifting
