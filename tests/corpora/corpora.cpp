#include "tests/corpora/corpora.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/harness/files.h"

namespace crenel::tests {
namespace {

namespace fs = std::filesystem;

constexpr int kSkipped = 77;

fs::path corpora() {
  const char* folder = std::getenv("CRENEL_SHARED_DIR");
  const fs::path shared = folder != nullptr ? fs::path(folder) : project_root() / "../shared";
  return shared / "corpora/templates";
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

void list(const std::map<std::string, std::size_t>& counted) {
  std::vector<std::pair<std::string, std::size_t>> rows(counted.begin(), counted.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [what, times] : rows) std::cout << "  " << times << "  " << what << "\n";
}

}  // namespace

void Understood::add_resource(const std::string& type, bool is_known) {
  ++resources;
  if (is_known) {
    ++known;
  } else {
    ++unknown_types[type];
  }
}

void Understood::add_template(const estate::Estate& estate) {
  ++templates;
  if (estate.unknowns.empty()) ++without_unknowns;
  for (const estate::Unknown& each : estate.unknowns) ++unknowns[kind_of(each.what)];
}

int judge_corpora(const std::string& provider, double least_share, const Judge& judge, int argc, char** argv) {
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
  Understood all;
  for (const fs::path& each : paths) judge(each, all);
  const double share = all.resources == 0 ? 0 : static_cast<double>(all.known) / static_cast<double>(all.resources);
  std::cout << paths.size() << " files, " << all.templates << " templates of " << provider << ", "
            << all.without_unknowns << " of them read without a rest; " << all.known << " of " << all.resources
            << " resources are of a type that is known (" << share * 100 << " %)\n";
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "types that are not read:\n";
    list(all.unknown_types);
    std::cout << "what was not understood:\n";
    list(all.unknowns);
  }
  return share >= least_share ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace crenel::tests
