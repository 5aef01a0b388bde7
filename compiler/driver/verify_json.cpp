#include <nlohmann/json.hpp>

#include "compiler/driver/verify.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;
using verify::Difference;

constexpr int kVerifyVersion = 1;

std::string_view difference_word(Difference::Kind kind) {
  switch (kind) {
    case Difference::Kind::Wider:
      return "wider";
    case Difference::Kind::Narrower:
      return "narrower";
    case Difference::Kind::Elsewhere:
      return "elsewhere";
    case Difference::Kind::Undecided:
      return "undecided";
    case Difference::Kind::Undeclared:
      return "undeclared";
    case Difference::Kind::Missing:
      return "missing";
    case Difference::Kind::Weaker:
      return "weaker";
  }
  return "undecided";
}

Json place(const estate::Place& place) {
  if (place.resource.empty() && place.path.empty()) return nullptr;
  return {{"resource", place.resource}, {"path", place.path}};
}

Json difference(const Difference& difference) {
  Json steps = Json::array();
  for (const auto& step : difference.steps) steps.push_back({{"what", step.what}, {"at", place(step.place)}});
  Json out = {{"kind", difference_word(difference.kind)}, {"from", difference.from}};
  if (!difference.to.empty()) out["to"] = difference.to;
  if (!difference.traffic.empty()) out[difference.data ? "actions" : "traffic"] = difference.traffic;
  if (!difference.packet.empty()) out[difference.data ? "request" : "packet"] = difference.packet + difference.values;
  if (!difference.why.empty()) out["why"] = difference.why;
  out["at"] = place(difference.place);
  out["steps"] = std::move(steps);
  return out;
}

Json claim(const Verified::Claim& claim) {
  return {{"claim", claim.text}, {"verdict", claim.verdict}, {"witness", claim.witness}, {"at", place(claim.place)}};
}

}  // namespace

std::string to_json(const Verified& verified) {
  Json differences = Json::array();
  for (const auto& each : verified.comparison.differences) differences.push_back(difference(each));
  Json claims = Json::array();
  for (const auto& each : verified.claims) claims.push_back(claim(each));
  const char* verdict = verified.comparison.equal() ? "equal" : verified.undecided ? "undecided" : "different";
  const Json out = {{"version", kVerifyVersion},
                    {"template", verified.template_path},
                    {"provider", verified.provider},
                    {"target", verified.target},
                    {"verdict", verdict},
                    {"differences", std::move(differences)},
                    {"claims", std::move(claims)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crenel::driver
