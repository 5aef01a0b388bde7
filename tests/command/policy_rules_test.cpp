#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Every rule of `std/policies/paper` against a design that breaks it and one that keeps it, in tests/policies/RULE.
namespace {

using namespace crenel::tests;

/// Rules about what the compiler does not build yet: no design can be made of it.
const std::map<std::string, std::string>& waiting() {
  static const std::map<std::string, std::string> table = {
      {"direct_is_encrypted", "link by direct"},
      {"one_port_to_databases", "database"},
      {"databases_are_inside", "database"},
      {"sites_do_not_bridge", "database"},
      {"data_tier_not_public", "database"},
      {"monitored_has_eyes", "agent"},
      {"agents_everywhere", "agent"},
      {"agents_for_the_cloud", "agent"},
      {"private_path_to_services", "store"},
      {"services_get_the_minimum", "store"},
      {"stores_are_encrypted", "store"},
      {"stores_are_not_public", "store"},
      {"one_way_stores", "store"},
      {"own_network", "existing"},
      {"appliances_have_a_reason", "appliance"},
      {"appliances_are_not_bottlenecks", "appliance"},
      {"templates_only", "verbatim"},
  };
  return table;
}

/// Rules that the language keeps by itself: what would break them is refused before any rule is asked.
const std::set<std::string>& kept_by_the_language() {
  static const std::set<std::string> table = {"vpn_is_strong", "linked_spaces_differ", "immutable_means_no_login"};
  return table;
}

std::vector<std::string> rules() {
  static const std::regex rule(R"(\n  rule (\w+) :)");
  const std::string text = read_text(project_root() / "stdlib" / "policies" / "paper.crenel");
  std::vector<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), rule), end; at != end; ++at) out.push_back((*at)[1]);
  return out;
}

struct Answer {
  Outcome outcome;
  bool breaks = false;  ///< a diagnostic says that the rule is broken
  bool errors_of_language = false;
};

Answer check(const std::string& rule, const std::string& design) {
  const auto folder = project_root() / "tests" / "policies" / rule;
  Answer answer;
  answer.outcome =
      run_crenel({"check", "--as-of", "2026-11-01", "--diagnostics", "json", design + ".crenel"}, {folder, {}});
  const auto document = nlohmann::json::parse(answer.outcome.err, nullptr, false);
  REQUIRE(!document.is_discarded());
  for (const auto& diagnostic : document.at("diagnostics")) {
    const std::string code = diagnostic.at("code");
    const std::string message = diagnostic.at("message");
    const bool of_rule = code.starts_with("CRN096");
    answer.breaks = answer.breaks || (of_rule && message.find("`paper." + rule + "`") != std::string::npos);
    answer.errors_of_language = answer.errors_of_language || (!of_rule && diagnostic.at("severity") == "error");
  }
  return answer;
}

}  // namespace

TEST_CASE("every rule of the paper's policy is broken by one design and kept by another") {
  const auto all = rules();
  REQUIRE(all.size() > 40);
  for (const std::string& rule : all) {
    if (waiting().contains(rule)) continue;
    CAPTURE(rule);
    const Answer broken = check(rule, "breaks");
    CAPTURE(broken.outcome.err);
    CHECK(broken.breaks != kept_by_the_language().contains(rule));
    CHECK(broken.errors_of_language == kept_by_the_language().contains(rule));
    const Answer kept = check(rule, "keeps");
    CAPTURE(kept.outcome.err);
    CHECK(!kept.breaks);
    CHECK(!kept.errors_of_language);
  }
}

TEST_CASE("every rule that waits for something is a rule") {
  const auto all = rules();
  for (const auto& [rule, what] : waiting()) {
    CAPTURE(rule);
    CHECK(std::find(all.begin(), all.end(), rule) != all.end());
  }
}

TEST_CASE("explain knows every rule of the library, by its name and with its policy's") {
  for (const std::string& rule : rules()) {
    CAPTURE(rule);
    const Outcome outcome = run_crenel({"explain", rule});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.starts_with("paper." + rule + ": "));
    CHECK(outcome.out.find("because \"") != std::string::npos);
  }
  CHECK(run_crenel({"explain", "paper.two_zones"}).exit_code == 0);
  CHECK(run_crenel({"explain", "two_zonez"}).err.find("did you mean `two_zones`?") != std::string::npos);
}
