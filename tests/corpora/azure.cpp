#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "backends/azure/lift.h"
#include "backends/azure/lift_template.h"
#include "backends/azure/lift_types.h"
#include "backends/document/reader.h"
#include "tests/harness/files.h"

/// Reads every template of the corpora as one of Azure: none may bring the reader down, and of the resources that they
/// have most must be of a type that it knows. `--list` names what it does not.
namespace {

namespace fs = std::filesystem;
using namespace crenel;

constexpr int kSkipped = 77;
constexpr double kLeastShare = 0.9;

fs::path corpora() {
  const char* folder = std::getenv("CRENEL_SHARED_DIR");
  const fs::path shared = folder != nullptr ? fs::path(folder) : tests::project_root() / "../shared";
  return shared / "corpora/templates";
}

struct Totals {
  std::size_t files = 0;
  std::size_t templates = 0;
  std::size_t without_unknowns = 0;
  std::size_t resources = 0;
  std::size_t known = 0;
  std::map<std::string, std::size_t> unknown_types;
  std::map<std::string, std::size_t> unknowns;
};

void count_resources(const document::Node& root, Totals& to) {
  for (const azure::lifting::Resource& each : azure::lifting::flatten(root).resources) {
    ++to.resources;
    if (azure::lifting::reading_of(each.id.type) != azure::lifting::Reading::Unknown) {
      ++to.known;
    } else {
      ++to.unknown_types[azure::lifting::lower(each.id.type)];
    }
  }
}

/// The sentence without the names in it.
std::string kind_of(const std::string& what) {
  std::string out;
  bool inside = false;
  for (const char each : what) {
    if (each == '`') inside = !inside;
    if (!inside) out += each;
  }
  return out;
}

void judge(const fs::path& path, Totals& to) {
  ++to.files;
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add(path.filename().string(), tests::read_text(path));
  const auto estate = azure::lift(sources, source, diagnostics);
  if (!estate) return;
  ++to.templates;
  if (estate->unknowns.empty()) ++to.without_unknowns;
  for (const estate::Unknown& each : estate->unknowns) ++to.unknowns[kind_of(each.what)];
  if (const auto document = document::read(sources, source, diagnostics)) count_resources(document->root(), to);
}

void list(const std::map<std::string, std::size_t>& counted) {
  std::vector<std::pair<std::string, std::size_t>> rows(counted.begin(), counted.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [what, times] : rows) std::cout << "  " << times << "  " << what << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = corpora();
  if (!fs::is_directory(folder)) {
    std::cout << "skipped: there are no corpora here\n";
    return kSkipped;
  }
  std::vector<fs::path> paths;
  for (const auto& each : fs::recursive_directory_iterator(folder)) {
    if (each.is_regular_file()) paths.push_back(each.path());
  }
  std::sort(paths.begin(), paths.end());
  Totals totals;
  for (const fs::path& each : paths) judge(each, totals);
  const double share =
      totals.resources == 0 ? 0 : static_cast<double>(totals.known) / static_cast<double>(totals.resources);
  std::cout << totals.files << " files, " << totals.templates << " templates of Azure, " << totals.without_unknowns
            << " of them read without a rest; " << totals.known << " of " << totals.resources
            << " resources are of a type that is known (" << share * 100 << " %)\n";
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "types that are not read:\n";
    list(totals.unknown_types);
    std::cout << "what was not understood:\n";
    list(totals.unknowns);
  }
  return share >= kLeastShare ? EXIT_SUCCESS : EXIT_FAILURE;
}
