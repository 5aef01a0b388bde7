#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Networks of which others have said who reaches whom, as data: a template, and what they say about packets.
namespace crenel::reachability {

enum class Verdict { Stop, Admit, Part, Undecided };
[[nodiscard]] std::string_view word(Verdict verdict);

/// What is said about one packet between two.
struct Expected {
  Verdict verdict = Verdict::Stop;
  std::string at;       ///< the resource that stops it; empty: wherever
  std::string because;  ///< why ours is another answer than theirs; empty: it is the same
};

/// A case file. A line is one of
///     outside ADDRESS…                                       who there is besides the template's interfaces
///     packets PACKET…                                        what is asked between any two
///     admit|stop|part A -> B : PACKET… [at RESOURCE]         what they say; `tcp` is every one of its packets, `all`
///     all differ A -> B : PACKET… theirs VERDICT ours VERDICT because WORDS
/// and whatever no line is about is stopped. `part`: some of it is admitted, by the port that a client has.
struct Case {
  std::vector<std::string> outside;
  std::vector<std::string> packets;
  std::map<std::pair<std::string, std::string>, std::map<std::string, Expected>> expected;

  [[nodiscard]] Expected at(const std::string& from, const std::string& to, const std::string& packet) const;
};

/// Throws on a line that it does not understand.
[[nodiscard]] Case parse(std::string_view text);

}  // namespace crenel::reachability
