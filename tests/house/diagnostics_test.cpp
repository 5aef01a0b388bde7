#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/harness/files.h"
#include "tests/house/catalogue.h"

/// The catalogue of diagnostics, their pages and their uses belong together.
namespace {

using namespace crenel::tests;

/// Which codes belong to which header: the two digits after CRN.
const std::map<std::string, std::set<std::string>>& areas() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"compiler/diagnostics/catalogue/files.h", {"00"}},
      {"compiler/diagnostics/catalogue/outputs.h", {"00", "07"}},
      {"compiler/diagnostics/catalogue/syntax.h", {"01"}},
      {"compiler/diagnostics/catalogue/names.h", {"02"}},
      {"compiler/diagnostics/catalogue/values.h", {"03"}},
      {"compiler/diagnostics/catalogue/networks.h", {"04"}},
      {"compiler/diagnostics/catalogue/flows.h", {"05"}},
      {"compiler/diagnostics/catalogue/claims.h", {"06"}},
      {"compiler/diagnostics/catalogue/targets.h", {"07"}},
      {"compiler/diagnostics/catalogue/proof.h", {"09"}},
      {"backends/aws/diagnostics.h", {"10", "11"}},
      {"backends/azure/diagnostics.h", {"20", "21"}},
      {"backends/document/diagnostics.h", {"30"}},
      {"compiler/diagnostics/catalogue/policies.h", {"09"}},
      {"compiler/diagnostics/catalogue/data.h", {"04", "05"}},
      {"compiler/diagnostics/catalogue/existing.h", {"04"}},
  };
  return table;
}

std::map<std::string, DeclaredDiagnostic> by_code() {
  std::map<std::string, DeclaredDiagnostic> all;
  for (const DeclaredDiagnostic& each : declared_diagnostics()) all.emplace(each.code, each);
  return all;
}

}  // namespace

TEST_CASE("a code belongs to one diagnostic, in the range of its area") {
  const auto all = declared_diagnostics();
  REQUIRE(all.size() > 50);
  std::map<std::string, std::string> seen;
  for (const DeclaredDiagnostic& each : all) {
    CHECK_MESSAGE(std::regex_match(each.code, std::regex(R"(CRN\d{4})")), each.constant, " has code ", each.code);
    const auto [other, fresh] = seen.emplace(each.code, each.constant);
    CHECK_MESSAGE(fresh, each.code, " is both ", other->second, " and ", each.constant);
    const auto area = areas().find(each.file);
    CHECK_MESSAGE(area != areas().end(), each.file, " has no range of codes");
    if (area != areas().end())
      CHECK_MESSAGE(area->second.contains(each.code.substr(3, 2)), each.code, " in ", each.file);
  }
}

TEST_CASE("every mention of a code in the catalogues is one that was read") {
  // Should the reader of the catalogues miss a declaration, this test notices.
  static const std::regex quoted(R"re("(CRN\d{4})")re");
  const auto all = by_code();
  for (const ProjectFile& file : project_files()) {
    if (!areas().contains(file.path)) continue;
    for (std::sregex_iterator at(file.text.begin(), file.text.end(), quoted), end; at != end; ++at) {
      CHECK_MESSAGE(all.contains((*at)[1]), file.path, " mentions ", (*at)[1].str());
    }
  }
}

TEST_CASE("every diagnostic is reported somewhere") {
  const auto files = project_files();
  for (const DeclaredDiagnostic& each : declared_diagnostics()) {
    const std::regex use("\\b" + each.constant + "\\b");
    const bool used = std::any_of(files.begin(), files.end(), [&](const ProjectFile& file) {
      return file.is_cpp() && !file.path.starts_with("tests/") && file.path != each.file &&
             file.text.find(each.constant) != std::string::npos && std::regex_search(file.text, use);
    });
    CHECK_MESSAGE(used, each.code, " ", each.constant, " is never reported");
  }
}

TEST_CASE("every diagnostic has its page, and every page its diagnostic") {
  auto all = by_code();
  for (const Page& page : diagnostic_pages()) {
    const auto found = all.find(page.code);
    CHECK_MESSAGE(found != all.end(), page.file, " is about no diagnostic");
    if (found == all.end()) continue;
    CHECK_MESSAGE(page.title == page.code + ": " + found->second.title, page.file, " opens with: ", page.title);
    const bool programs = page.has("Fails") && page.has("Passes");
    CHECK_MESSAGE(programs != page.has("Example"), page.file, " needs Fails and Passes, or Example");
    all.erase(found);
  }
  for (const auto& [code, diagnostic] : all) CHECK_MESSAGE(false, code, " ", diagnostic.title, " has no page");
}

TEST_CASE("a diagnostic whose page has no program is in a test") {
  const auto files = project_files();
  const auto all = by_code();
  for (const Page& page : diagnostic_pages()) {
    if (!page.has("Example") || !all.contains(page.code)) continue;
    const bool tested = std::any_of(files.begin(), files.end(), [&](const ProjectFile& file) {
      return file.path.starts_with("tests/") && file.text.find(page.code) != std::string::npos;
    });
    CHECK_MESSAGE(tested, page.code, " is in no test");
  }
}
