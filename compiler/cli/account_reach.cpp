#include <fmt/format.h>

#include "compiler/cli/account.h"

namespace crenel::cli {
namespace {

using verify::Answer;

std::string verdict(const Answer& answer) {
  switch (answer.verdict) {
    case Answer::Verdict::Admitted:
      return "admitted: " + answer.admitted;
    case Answer::Verdict::Partly:
      return fmt::format("partly: {} admitted, {} stopped, between some", answer.admitted, answer.stopped);
    case Answer::Verdict::Stopped:
      return "not admitted";
    case Answer::Verdict::Nobody:
      return "not admitted: for this template one of the two is nowhere (nothing is there, or no way leads to it)";
    case Answer::Verdict::Undecided:
      break;
  }
  return "undecided";
}

std::string example(std::string_view title, const std::optional<verify::Example>& example,
                    const std::vector<driver::Said>& flows) {
  if (!example) return "";
  std::string out = fmt::format("  {} {}{}\n", title, example->packet, example->values);
  for (const auto& flow : flows) {
    out += fmt::format("    declared: {}{}\n", flow.text, flow.at.empty() ? "" : fmt::format("  ({})", flow.at));
  }
  for (const auto& step : example->steps) {
    out += fmt::format("    {}{}\n", step.what, step.place.path.empty() ? "" : fmt::format("  ({})", step.place.path));
  }
  return out;
}

}  // namespace

std::string account(const driver::Reached& reached) {
  std::string out;
  for (const auto& each : reached.answers) {
    out += fmt::format("{} ({}): {}: {}\n", reached.target, each.provider, reached.question, verdict(each.answer));
    out += example("comes through:", each.answer.through, each.through);
    out += example("is stopped:", each.answer.blocked, each.blocked);
    out += example("cannot be told:", each.answer.undecided, {});
  }
  for (const auto& each : reached.assuming) out += fmt::format("assuming: {}\n", each);
  return out;
}

}  // namespace crenel::cli
