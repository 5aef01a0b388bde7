#include <array>
#include <utility>

#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_types.h"

/// What a database instance must keep to, beside who reaches it.
namespace crenel::aws::reading {
namespace {

/// Settings by which connections without TLS are refused, with the values that say so.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kForcedTls = {{
    {"rds.force_ssl", "1"},
    {"require_secure_transport", "ON"},
    {"require_secure_transport", "on"},
    {"require_secure_transport", "1"},
}};

bool demands_tls(const Reading& reading, const Item& item) {
  const Item* group = reading.target(item["DBParameterGroupName"], kDatabaseParameters.name);
  if (group == nullptr) return false;
  const Value& settings = (*group)["Parameters"];
  for (const auto& [name, value] : kForcedTls) {
    if (known_text(settings[name]) == value) return true;
  }
  return false;
}

}  // namespace

void check_databases(Reading& reading) {
  for (const Item* item : reading.of(kDatabaseInstance.name)) {
    if (!(*item)["DBClusterIdentifier"].absent()) continue;  // its cluster says both
    if (known_flag((*item)["StorageEncrypted"]) != true) {
      reading.unknown(item->place(), "database `" + item->id() + "` does not surely encrypt what it holds");
    }
    if (!demands_tls(reading, *item)) {
      reading.unknown(item->place(), "database `" + item->id() + "` does not surely refuse connections without TLS");
    }
  }
}

}  // namespace crenel::aws::reading
