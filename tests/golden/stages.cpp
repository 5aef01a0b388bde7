#include "tests/golden/stages.h"

#include <sstream>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/cli/run.h"
#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/harness/files.h"

namespace crenel::tests {
namespace fs = std::filesystem;
namespace {

constexpr const char* kInput = "input.crenel";
constexpr const char* kMade = "/made/";

const std::vector<backend::Backend>& backends() {
  static const std::vector<backend::Backend> all = {aws::backend(), azure::backend()};
  return all;
}

base::MemoryFileSystem files_of(const fs::path& folder) {
  base::MemoryFileSystem files;
  for (const auto& [path, text] : contents_of(folder)) {
    if (!path.starts_with("expected/")) files.put("/" + path, text);
  }
  return files;
}

std::vector<std::string> command_line(const fs::path& folder) {
  std::vector<std::string> words = {"build", kInput, "-o", "made"};
  if (!fs::exists(folder / "arguments")) return words;
  std::istringstream in(read_text(folder / "arguments"));
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

void add_syntax(const fs::path& folder, Made& made) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add(kInput, read_text(folder / kInput));
  made["syntax.txt"] = syntax::dump(syntax::parse(sources, source, diagnostics));
}

/// The stages between the tree and the backends, for every target of `build`. Their diagnostics are dropped here: the
/// command says them too.
void add_designs(const base::FileSystem& files, Made& made) {
  base::Sources sources;
  diagnostics::Diagnostics dropped;
  std::vector<const model::ProviderSchema*> schemas;
  for (const backend::Backend& each : backends()) schemas.push_back(each.schema);
  sema::World world{files, sources, schemas, "/"};
  const sema::ProgramPtr program = sema::load(world, {kInput}, dropped);
  if (!program || dropped.has_errors()) return;
  for (const sema::Target& target : sema::targets(*program, false, dropped)) {
    const auto elaboration = sema::elaborate(world, *program, target, {}, dropped);
    if (!elaboration) continue;
    made[target.name + ".elaboration.txt"] = sema::dump_elaboration(*elaboration);
    const auto design = sema::build_design(*elaboration, dropped);
    if (design) made[target.name + ".design.txt"] = model::dump(*design);
  }
}

void add_outputs(const fs::path& folder, base::MemoryFileSystem& files, Made& made) {
  const cli::Outcome outcome = cli::run(command_line(folder), {}, files, backends(), base::NoPrograms());
  if (!outcome.out.empty()) made["account.txt"] = outcome.out;
  if (!outcome.err.empty()) made["diagnostics.txt"] = outcome.err;
  for (const auto& [path, text] : files.files()) {
    if (path.starts_with(kMade)) made[path.substr(std::string_view(kMade).size())] = text;
  }
}

/// What a template says by itself: `TARGET.PROVIDER.json` or `.yaml`, read back without its design.
void add_estates(Made& made) {
  Made estates;
  for (const backend::Backend& each : backends()) {
    for (const auto& [name, text] : made) {
      const std::size_t stem = name.rfind('.');
      const std::string ending = name.substr(stem);
      const bool of_provider = name.substr(0, stem).ends_with("." + std::string(each.name));
      if (!of_provider || (ending != ".json" && ending != ".yaml")) continue;
      base::Sources sources;
      diagnostics::Diagnostics dropped;
      const auto estate = each.lift(sources, sources.add(name, text), dropped);
      if (estate) estates[name.substr(0, stem) + ".estate.txt"] = estate::dump(*estate);
    }
  }
  made.merge(estates);
}

}  // namespace

Made compile_case(const fs::path& folder) {
  Made made;
  base::MemoryFileSystem files = files_of(folder);
  add_syntax(folder, made);
  add_designs(files, made);
  add_outputs(folder, files, made);
  add_estates(made);
  return made;
}

}  // namespace crenel::tests
