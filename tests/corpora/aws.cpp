#include <string>

#include "backends/aws/lift.h"
#include "backends/aws/lift_template.h"
#include "backends/aws/lift_types.h"
#include "backends/document/reader.h"
#include "tests/corpora/corpora.h"
#include "tests/harness/files.h"

/// Reads every template of the corpora as one of AWS: none may bring the reader down, and of the resources that they
/// have most must be of a type that it knows. `--list` names what it does not.
namespace {

using namespace crenel;
using aws::reading::Foreign;

constexpr double kLeastShare = 0.9;

/// Read, or looked at and found to decide about no packet.
bool is_known(const std::string& type) {
  return aws::reading::is_read(type) || aws::reading::foreign_type(type).kind == Foreign::Irrelevant;
}

void judge(const std::filesystem::path& path, tests::Understood& to) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add(path.filename().string(), tests::read_text(path));
  const auto estate = aws::lift(sources, source, diagnostics);
  if (!estate) return;
  to.add_template(*estate);
  const auto document = document::read(sources, source, diagnostics);
  const auto made = aws::reading::read_template(document->root(), diagnostics);
  for (const aws::reading::Resource& each : made->resources) to.add_resource(each.type, is_known(each.type));
}

}  // namespace

int main(int argc, char** argv) { return tests::judge_corpora("AWS", kLeastShare, judge, argc, argv); }
