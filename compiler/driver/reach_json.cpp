#include <nlohmann/json.hpp>

#include "compiler/driver/reach.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;
using verify::Answer;

constexpr int kReachVersion = 1;

std::string_view verdict_word(Answer::Verdict verdict) {
  switch (verdict) {
    case Answer::Verdict::Admitted:
      return "admitted";
    case Answer::Verdict::Partly:
      return "partly";
    case Answer::Verdict::Stopped:
      return "stopped";
    case Answer::Verdict::Nobody:
      return "nobody";
    case Answer::Verdict::Undecided:
      break;
  }
  return "undecided";
}

Json example(const std::optional<verify::Example>& example, const std::vector<Said>& flows) {
  if (!example) return nullptr;
  Json steps = Json::array();
  for (const auto& step : example->steps) {
    steps.push_back({{"what", step.what}, {"resource", step.place.resource}, {"path", step.place.path}});
  }
  Json declared = Json::array();
  for (const auto& flow : flows) declared.push_back({{"statement", flow.text}, {"at", flow.at}});
  return {{"packet", example->packet + example->values}, {"flows", std::move(declared)}, {"steps", std::move(steps)}};
}

}  // namespace

std::string to_json(const Reached& reached) {
  Json answers = Json::array();
  for (const auto& each : reached.answers) {
    answers.push_back({{"provider", each.provider},
                       {"verdict", verdict_word(each.answer.verdict)},
                       {"admitted", each.answer.admitted},
                       {"stopped", each.answer.stopped},
                       {"through", example(each.answer.through, each.through)},
                       {"blocked", example(each.answer.blocked, each.blocked)},
                       {"undecided", example(each.answer.undecided, {})}});
  }
  Json out = {{"version", kReachVersion},
              {"target", reached.target},
              {"question", reached.question},
              {"admitted", reached.admitted()},
              {"answers", std::move(answers)}};
  if (!reached.assuming.empty()) out["assuming"] = reached.assuming;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crenel::driver
