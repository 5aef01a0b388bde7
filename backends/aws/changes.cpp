#include "backends/aws/changes.h"

#include <algorithm>

namespace crenel::aws {

const std::vector<Change>& changes() {
  static const std::vector<Change> all = [] {
    std::vector<Change> out;
    for (auto part : {network_changes(), host_changes(), service_changes(), identity_changes()}) {
      out.insert(out.end(), part.begin(), part.end());
    }
    return out;
  }();
  return all;
}

std::vector<WatchedService> watched_services() {
  std::vector<WatchedService> out;
  for (const Change& change : changes()) {
    if (!change.untold.empty()) continue;
    auto found = std::find_if(out.begin(), out.end(),
                              [&](const WatchedService& each) { return each.service == change.service; });
    if (found == out.end()) found = out.insert(out.end(), {.service = change.service, .calls = {}});
    found->calls.insert(found->calls.end(), change.calls.begin(), change.calls.end());
  }
  for (WatchedService& each : out) {
    std::sort(each.calls.begin(), each.calls.end());
    each.calls.erase(std::unique(each.calls.begin(), each.calls.end()), each.calls.end());
  }
  return out;
}

std::vector<std::string> network_actions() {
  std::vector<std::string> out;
  for (const Change& change : network_changes()) {
    for (const std::string_view call : change.calls) {
      out.push_back(std::string(change.service) + ":" + std::string(call));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string event_source(std::string_view service) { return std::string(service) + ".amazonaws.com"; }
std::string event_bus_source(std::string_view service) { return "aws." + std::string(service); }

}  // namespace crenel::aws
