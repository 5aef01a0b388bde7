#include <array>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "tests/mutation/judgement.h"

/// crenel_mutation [EVERY [FIRST [NAME]]]: tries every mutant, or each EVERY-th from FIRST on, of every template, or of
/// those whose name holds NAME ("data_on_aws", " on azure"); lists those
/// that admit the same with the reason, and ends with 1 when one was missed, or is said to admit the same and nobody
/// but the compiler says so: of a part of them only when one was missed. Ends
/// with 2 where the arguments are no numbers.
namespace {

using namespace crenel::mutation;

struct Tally {
  std::array<std::size_t, kFates> fates = {};
  std::map<std::string, std::size_t> same;  ///< by type, field and reason
  std::size_t faults = 0;
  std::size_t missed = 0;  ///< of these: not told, or told without words
};

std::optional<std::size_t> number(std::string_view text) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

/// EVERY and FIRST, or nothing where they are not written so.
std::optional<std::array<std::size_t, 2>> numbers(const std::vector<std::string_view>& arguments) {
  std::array<std::size_t, 2> out = {1, 0};
  if (arguments.size() > out.size()) return std::nullopt;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::optional<std::size_t> given = number(arguments[at]);
    if (!given) return std::nullopt;
    out[at] = *given;
  }
  if (out[0] == 0) return std::nullopt;
  return out;
}

/// The path without the names and numbers of the one that it is of.
std::string field(const std::string& path) {
  std::string out;
  std::size_t level = 0;
  for (std::size_t at = 0; at < path.size(); ++level) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string part = path.substr(at, end - at);
    const bool counted = part.size() > 1 && part[1] >= '0' && part[1] <= '9';
    if (level >= 2) out += counted ? "/*" : part;
    at = end;
  }
  return out.empty() ? "the whole" : out;
}

void count(const Specimen& specimen, const Mutant& mutant, const Judgement& judgement, Tally& tally) {
  ++tally.fates[static_cast<std::size_t>(judgement.fate)];
  const bool survived = judgement.fate == Fate::Same || judgement.fate == Fate::Unjudged;
  const std::string_view why = reason(mutant);
  const bool bad = judgement.fate == Fate::Missed || judgement.fate == Fate::Mute;
  const bool unsaid = judgement.fate == Fate::Unjudged && why.empty() && !judgement.excused;
  if (bad || unsaid) {
    ++tally.faults;
    tally.missed += bad ? 1 : 0;
    std::cout << word(judgement.fate) << ": " << specimen.name << ": " << mutant.path << ": " << mutant.what << " ("
              << judgement.text << ")\n";
  } else if (survived) {
    std::string line = mutant.type;
    line.append(" ").append(field(mutant.path)).append(": ");
    line.append(why.empty() ? "every packet that was tried fares the same" : why);
    ++tally.same[line];
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string_view> arguments(argv + 1, argv + argc);
  const std::string wanted(arguments.size() > 2 ? arguments[2] : std::string_view());
  arguments.resize(std::min<std::size_t>(arguments.size(), 2));
  const auto given = numbers(arguments);
  if (!given || argc > 4) {
    std::cerr
        << "crenel_mutation [EVERY [FIRST [NAME]]]: tries every mutant, or each EVERY-th (from 1 on) from FIRST on "
           "(from 0), of every template, or of those whose name holds NAME\n";
    return 2;
  }
  auto [every, turn] = *given;
  const std::vector<crenel::backend::Backend> backends = {crenel::aws::backend(), crenel::azure::backend()};
  Tally tally;
  std::size_t templates = 0;
  std::size_t untried = 0;
  for (const Specimen& specimen : specimens(backends, wanted)) {
    ++templates;
    if (!specimen.data_unjudged.empty())
      std::cout << "data is not judged: " << specimen.name << " (" << specimen.data_unjudged << ")\n";
    const Json document = Json::parse(specimen.text);
    const Judgement whole = judge(specimen);
    if (whole.fate != Fate::Same && whole.fate != Fate::Unjudged) {
      // whether it is right as it is, is asked elsewhere
      std::cout << "not tried, unchanged " << word(whole.fate) << ": " << specimen.name << " (" << whole.text << ")\n";
      ++untried;
      continue;
    }
    for (const Mutant& mutant : mutants(document)) {
      if (turn++ % every != 0) continue;
      count(specimen, mutant, judge(specimen, document, mutant), tally);
    }
  }
  for (const auto& [line, times] : tally.same) std::cout << "the same, " << times << " times: " << line << "\n";
  std::size_t all = 0;
  for (std::size_t fate = 0; fate < kFates; ++fate) {
    all += tally.fates[fate];
    std::cout << word(static_cast<Fate>(fate)) << ": " << tally.fates[fate] << "\n";
  }
  std::cout << all << " mutants of " << templates << " templates (" << untried << " not tried), " << tally.faults
            << " faults\n";
  return (every == 1 ? tally.faults : tally.missed) == 0 && all > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
