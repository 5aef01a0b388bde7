#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "backends/aws/backend.h"
#include "tests/harness/files.h"
#include "tests/reachability/answers.h"

namespace {

using namespace crenel::reachability;

std::vector<std::filesystem::path> cases() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry :
       std::filesystem::directory_iterator(crenel::tests::project_root() / "tests/reachability/cases")) {
    if (entry.path().extension() == ".case") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Every packet that is asked about, between any two that are not both outside.
std::size_t check(const std::filesystem::path& path) {
  CAPTURE(path.stem().string());
  const Case about = parse(crenel::tests::read_text(path));
  std::filesystem::path template_path = path;
  template_path.replace_extension(".yaml");
  const Answers answers(crenel::aws::backend(), crenel::tests::read_text(template_path), about);
  std::vector<std::string> names = answers.members();
  const std::size_t inside = names.size();
  names.insert(names.end(), about.outside.begin(), about.outside.end());
  for (const auto& [pair, ignored] : about.expected) {
    CHECK_MESSAGE(std::count(names.begin(), names.end(), pair.first) == 1, pair.first);
    CHECK_MESSAGE(std::count(names.begin(), names.end(), pair.second) == 1, pair.second);
  }
  std::size_t asked = 0;
  for (std::size_t a = 0; a < names.size(); ++a) {
    for (std::size_t b = 0; b < names.size(); ++b) {
      if (a == b || (a >= inside && b >= inside)) continue;
      for (const std::string& packet : about.packets) {
        ++asked;
        const Expected expected = about.at(names[a], names[b], packet);
        const auto answer = answers.ask(names[a], names[b], packet);
        CHECK_MESSAGE(answer.verdict == expected.verdict, names[a], " -> ", names[b], " ", packet, ": ",
                      std::string(word(answer.verdict)), " (", answer.last, "), expected ",
                      std::string(word(expected.verdict)));
        const bool there = answer.last.find(expected.at) != std::string::npos;
        CHECK_MESSAGE(there, names[a], " -> ", names[b], " ", packet, ": ", answer.last, ", expected at ", expected.at);
      }
    }
  }
  return asked;
}

}  // namespace

TEST_CASE("what others say of who reaches whom") {
  std::size_t asked = 0;
  for (const auto& path : cases()) asked += check(path);
  CHECK(cases().size() >= 10);
  CHECK(asked >= 500);
}

TEST_CASE("a case file says what it means") {
  const Case one = parse("# about\npackets tcp/1 tcp/2 udp/1\nadmit a -> b : tcp\nstop b -> a : all at List\n");
  CHECK(one.at("a", "b", "tcp/2").verdict == Verdict::Admit);
  CHECK(one.at("a", "b", "udp/1").verdict == Verdict::Stop);
  CHECK(one.at("b", "a", "udp/1").at == "List");
  CHECK_THROWS(parse("packets tcp/1\nadmit a b : tcp/1\n"));
  CHECK_THROWS(parse("packets tcp/1\nadmit a -> b : udp/1\n"));
  CHECK_THROWS(parse("packets tcp/1\ndiffer a -> b : tcp/1 theirs admit ours admit because x\n"));
}
