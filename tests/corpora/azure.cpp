#include <string>

#include "backends/azure/lift.h"
#include "backends/azure/lift_template.h"
#include "backends/azure/lift_types.h"
#include "backends/document/reader.h"
#include "tests/corpora/corpora.h"
#include "tests/harness/files.h"

/// Reads every template of the corpora as one of Azure: none may bring the reader down, and of the resources that they
/// have most must be of a type that it knows. `--list` names what it does not.
namespace {

using namespace crenel;

constexpr double kLeastShare = 0.9;

void judge(const std::filesystem::path& path, tests::Understood& to) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add(path.filename().string(), tests::read_text(path));
  const auto estate = azure::lift(sources, source, diagnostics);
  if (!estate) return;
  to.add_template(*estate);
  const auto document = document::read(sources, source, diagnostics);
  if (!document) return;
  for (const azure::lifting::Resource& each : azure::lifting::flatten(document->root()).resources) {
    to.add_resource(azure::lifting::lower(each.id.type),
                    azure::lifting::reading_of(each.id.type) != azure::lifting::Reading::Unknown);
  }
}

}  // namespace

int main(int argc, char** argv) { return tests::judge_corpora("Azure", kLeastShare, judge, argc, argv); }
