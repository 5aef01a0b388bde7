#include "tests/reachability/case.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace crenel::reachability {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> out;
  for (std::string word; stream >> word;) out.push_back(word);
  return out;
}

Verdict verdict_of(const std::string& word) {
  for (const Verdict each : {Verdict::Stop, Verdict::Admit, Verdict::Part, Verdict::Undecided}) {
    if (reachability::word(each) == word) return each;
  }
  throw std::runtime_error("no verdict: " + word);
}

/// "all" and "tcp" stand for several.
std::vector<std::string> packets_of(const Case& all, const std::string& word) {
  std::vector<std::string> out;
  for (const std::string& packet : all.packets) {
    if (word == "all" || word == packet || packet.substr(0, packet.find('/')) == word) out.push_back(packet);
  }
  if (out.empty()) throw std::runtime_error("no packet is asked about: " + word);
  return out;
}

/// The words from `first` up to one of `ends`.
std::vector<std::string> until(const std::vector<std::string>& words, std::size_t first,
                               const std::vector<std::string>& ends) {
  std::vector<std::string> out;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (std::find(ends.begin(), ends.end(), words[i]) != ends.end()) break;
    out.push_back(words[i]);
  }
  return out;
}

std::string after(const std::vector<std::string>& words, const std::string& key) {
  const auto found = std::find(words.begin(), words.end(), key);
  return found == words.end() || found + 1 == words.end() ? "" : *(found + 1);
}

void expect(Case& out, const std::vector<std::string>& words) {
  constexpr std::size_t kTo = 3;
  constexpr std::size_t kPackets = 5;
  const bool differs = words.front() == "differ";
  if (words.size() <= kPackets || words[2] != "->" || words[4] != ":") throw std::runtime_error("no such line");
  Expected expected{.verdict = verdict_of(differs ? after(words, "ours") : words.front()),
                    .at = after(words, "at"),
                    .because = differs ? after(words, "because") : ""};
  if (differs && (expected.because.empty() || verdict_of(after(words, "theirs")) == expected.verdict)) {
    throw std::runtime_error("a difference has two verdicts and a reason");
  }
  for (const std::string& word : until(words, kPackets, {"at", "theirs"})) {
    for (const std::string& packet : packets_of(out, word)) out.expected[{words[1], words[kTo]}][packet] = expected;
  }
}

}  // namespace

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Stop:
      return "stop";
    case Verdict::Admit:
      return "admit";
    case Verdict::Part:
      return "part";
    case Verdict::Undecided:
      break;
  }
  return "undecided";
}

Expected Case::at(const std::string& from, const std::string& to, const std::string& packet) const {
  const auto pair = expected.find({from, to});
  if (pair == expected.end()) return {};
  const auto found = pair->second.find(packet);
  return found == pair->second.end() ? Expected{} : found->second;
}

Case parse(std::string_view text) {
  Case out;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty() || words.front().starts_with("#")) continue;
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (words.front() == "outside") {
      out.outside = rest;
    } else if (words.front() == "packets") {
      out.packets = rest;
    } else {
      try {
        expect(out, words);
      } catch (const std::runtime_error& fault) {
        throw std::runtime_error("`" + line + "`: " + fault.what());
      }
    }
  }
  return out;
}

}  // namespace crenel::reachability
