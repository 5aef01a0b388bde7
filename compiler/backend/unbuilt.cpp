#include "compiler/backend/unbuilt.h"

#include <variant>

namespace crenel::backend {
namespace {

template <typename Things>
void add(const Things& things, const char* construct, std::vector<Unbuilt>& to) {
  for (const auto& thing : things) to.push_back({.span = thing.origin.span, .construct = construct});
}

bool is_refused(const model::Endpoint& end) {
  return model::is_service(end) || std::holds_alternative<model::FunctionId>(end);
}

}  // namespace

std::vector<Unbuilt> unbuilt(const model::Design& design) {
  std::vector<Unbuilt> out;
  add(design.vaults, "vault", out);
  add(design.stores, "store", out);
  add(design.queues, "queue", out);
  add(design.topics, "topic", out);
  add(design.data_tables, "table", out);
  add(design.functions, "function", out);
  add(design.private_paths, "endpoint", out);
  for (const model::Site& site : design.sites) {
    if (!site.identities.empty()) out.push_back({.span = site.origin.span, .construct = "identities"});
  }
  for (const model::DataFlow& flow : design.data_flows) {
    if (is_refused(flow.from) || is_refused(flow.to)) continue;
    out.push_back({.span = design.statements[flow.statement].span, .construct = model::to_string(flow.actions)});
  }
  return out;
}

}  // namespace crenel::backend
