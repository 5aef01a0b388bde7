#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/model/policy.h"
#include "compiler/model/provider_schema.h"
#include "compiler/sema/elaboration.h"
#include "compiler/syntax/ast.h"

/// From files to designs, as the pass list:
///
///     load      files and their imports → Program            (every file parsed once)
///     resolve   names of modules, declarations, cycles       (part of load: a Program is resolved)
///     targets   what is to be built, bound to providers
///     elaborate a target → Elaboration                       (evaluate, check types, expand `use` and `when`)
///     plan      address blocks of tiers and zones            (part of build_design)
///     build     Elaboration → model::Design                  (flows typed, routes derived, overlaps checked)
namespace crenel::sema {

/// What the outside gives to every pass.
struct World {
  const base::FileSystem& files;
  base::Sources& sources;
  const std::vector<const model::ProviderSchema*>& providers;  ///< in registry order
  std::string root;                                            ///< absolute; `file(…)` and imports stay inside
  /// What is asked of a target: becomes its last claim, an `always` whose span is in the question's own text.
  std::optional<syntax::Question> question = {};
};

/// Every module that the named files reach, resolved. Opaque here: `program.h` has the inside, for the passes only.
struct Program;
struct ProgramDeleter {
  void operator()(Program* program) const;
};
using ProgramPtr = std::unique_ptr<Program, ProgramDeleter>;

/// Loads files (as named on the command line) and what they import. After errors the sound modules are still there,
/// so that independent errors of other passes can be found.
[[nodiscard]] ProgramPtr load(World& world, const std::vector<std::string>& files,
                              diagnostics::Diagnostics& diagnostics);

/// The real files that were read (not the embedded library), in the order they were read: for `--depfile`.
[[nodiscard]] std::vector<std::string> files_read(const Program& program);

/// One thing to build: for one provider, or (a pattern being checked) for several at once.
struct Target {
  std::string name;                    ///< "public_network", "shop.prod"
  std::vector<std::string> providers;  ///< "aws", "azure": those it is for, in registry order
  std::size_t declaration = 0;         ///< index into the program's tables; meaning is the program's
  std::size_t variant = 0;             ///< which handbook entry or environment
  enum class Origin { Handbook, Stack, Pattern, Test } origin = Origin::Pattern;
};

struct Binding {
  std::string parameter;
  std::string value;  ///< an expression, as written after `--set parameter=`
};

/// The targets of `build` (the handbook's patterns and the stacks; in files with neither, the files' own patterns)
/// or, with `every_pattern`, those of `check` (every pattern of the named files as well).
[[nodiscard]] std::vector<Target> targets(const Program& program, bool every_pattern,
                                          diagnostics::Diagnostics& diagnostics);

/// The `test` declarations of the named files, in source order; a target's name is the test's title.
[[nodiscard]] std::vector<Target> tests(const Program& program);

/// What a test says that fails: a code, a rule or POLICY.RULE.
struct Expectation {
  std::string name;
  base::Span span;
};
struct TestFacts {
  base::Span title;
  std::vector<Expectation> fails;
};
[[nodiscard]] TestFacts test_facts(const Program& program, const Target& target);

/// Checks that every `--set` names a parameter of one of the targets (a stack's by its path: `shop.vpn_key`), once.
void check_bindings(const Program& program, const std::vector<Target>& targets, const std::vector<Binding>& bindings,
                    diagnostics::Diagnostics& diagnostics);

/// Checks what is in the named files without belonging to a target: names in policies, tests, waivers, environments.
void check_declarations(World& world, const Program& program, diagnostics::Diagnostics& diagnostics);

/// Evaluates, checks and expands one target. Nothing after an error.
[[nodiscard]] std::optional<Elaboration> elaborate(World& world, const Program& program, const Target& target,
                                                   const std::vector<Binding>& bindings,
                                                   diagnostics::Diagnostics& diagnostics);

/// The elaboration as text, every field, for goldens. Stable: declaration order, no ids.
[[nodiscard]] std::string dump_elaboration(const Elaboration& elaboration);

/// A design, and what is demanded of it.
struct Demanded {
  model::Design design;
  model::Policies policies;
};

/// Plans addresses, types the flows, derives routes. Nothing after an error.
[[nodiscard]] std::optional<Demanded> build_demanded(const Elaboration& elaboration,
                                                     diagnostics::Diagnostics& diagnostics);
/// The design alone.
[[nodiscard]] std::optional<model::Design> build_design(const Elaboration& elaboration,
                                                        diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::sema
