#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// The tutorial, followed step by step: its files are written, its changes made, its commands run, and what it shows of
/// their answers is what they answer.
namespace {

namespace fs = std::filesystem;
using crenel::tests::lines_of;
using crenel::tests::read_text;
using crenel::tests::ScratchFolder;
using crenel::tests::write_text;

/// A line that stands for others; at the end of one, for the rest of it.
constexpr std::string_view kLeftOut = "…";

bool is_as_shown(std::string_view line, std::string_view shown) {
  const std::size_t left_out = shown.find(kLeftOut);
  if (left_out == std::string_view::npos) return line == shown;
  return line.starts_with(shown.substr(0, left_out)) &&
         line.substr(left_out).find(shown.substr(left_out + kLeftOut.size())) != std::string_view::npos;
}

bool are_as_shown(const std::vector<std::string>& lines, std::size_t line, const std::vector<std::string>& shown,
                  std::size_t at) {
  if (at == shown.size()) return line == lines.size();
  if (shown[at] == kLeftOut) {
    for (std::size_t next = line; next <= lines.size(); ++next) {
      if (are_as_shown(lines, next, shown, at + 1)) return true;
    }
    return false;
  }
  return line < lines.size() && is_as_shown(lines[line], shown[at]) && are_as_shown(lines, line + 1, shown, at + 1);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

class Follower {
 public:
  explicit Follower(std::vector<std::string> text) : text_(std::move(text)) {}

  std::size_t follow() {
    while (at_ < text_.size()) {
      const std::string& line = text_[at_];
      if (line.starts_with("```crenel ")) {
        write_text(folder_ / line.substr(10), joined(fenced()));
      } else if (line.starts_with("```diff ")) {
        change(folder_ / line.substr(8), fenced());
      } else if (line.starts_with("```sh")) {
        for (const std::string& command : fenced()) CHECK(shell(command).empty());
      } else if (line.starts_with("    $ ")) {
        command();
      } else {
        ++at_;
      }
    }
    return commands_;
  }

 private:
  std::vector<std::string> fenced() {
    std::vector<std::string> out;
    for (++at_; text_.at(at_) != "```"; ++at_) out.push_back(text_[at_]);
    ++at_;
    return out;
  }

  static void change(const fs::path& path, const std::vector<std::string>& changes) {
    std::string before;
    std::string after;
    for (const std::string& line : changes) {
      const std::string rest = line.empty() ? line : line.substr(1);
      if (!line.starts_with('+')) before += rest + "\n";
      if (!line.starts_with('-')) after += rest + "\n";
    }
    std::string text = "\n" + read_text(path);
    const std::size_t place = text.find("\n" + before);
    CAPTURE(before);
    REQUIRE(place != std::string::npos);
    CHECK(text.find("\n" + before, place + 1) == std::string::npos);
    text.replace(place + 1, before.size(), after);
    write_text(path, text.substr(1));
  }

  [[nodiscard]] std::vector<std::string> shell(const std::string& command) const {
    const auto outcome = crenel::tests::run({"/bin/sh", "-c", command + " 2>&1"}, {folder_.path(), {}});
    CHECK(outcome.err.empty());
    return lines_of(outcome.out);
  }

  void command() {
    const std::string shown_command = text_[at_].substr(6);
    std::vector<std::string> shown;
    for (++at_; at_ < text_.size(); ++at_) {
      const std::string& line = text_[at_];
      if (line.starts_with("    $ ")) break;
      const bool blank_inside = line.empty() && at_ + 1 < text_.size() && text_[at_ + 1].starts_with("    ");
      if (!line.starts_with("    ") && !blank_inside) break;
      shown.push_back(line.empty() ? "" : line.substr(4));
    }
    std::string command = shown_command;
    if (command.starts_with("crenel ")) command.replace(0, 6, crenel::tests::crenel_program().string());
    const std::vector<std::string> answer = shell(command);
    CAPTURE(shown_command);
    CAPTURE(joined(answer));
    CAPTURE(joined(shown));
    CHECK(are_as_shown(answer, 0, shown, 0));
    ++commands_;
  }

  ScratchFolder folder_;
  std::vector<std::string> text_;
  std::size_t at_ = 0;
  std::size_t commands_ = 0;
};

}  // namespace

TEST_CASE("the tutorial is what happens to whoever follows it") {
  const auto text = lines_of(read_text(crenel::tests::project_root() / "examples/tutorial/README.md"));
  CHECK(Follower(text).follow() >= 12);
}
