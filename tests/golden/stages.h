#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace crenel::tests {

/// Everything that the compiler makes of one case, by file name: what the command says and writes, and the result of
/// each stage on the way there.
using Made = std::map<std::string, std::string>;

/// Compiles the case in a folder: its `input.crenel`, with the other files of the folder beside it and with the
/// command-line options of its file `arguments`. Nothing is written to disk.
///
///     syntax.txt                  the syntax tree
///     TARGET.elaboration.txt      names resolved, `use` and `when` expanded
///     TARGET.design.txt           addresses planned, flows typed, routes derived
///     TARGET.PROVIDER.json|yaml   the template
///     TARGET.PROVIDER.certificate.json
///     TARGET.PROVIDER.estate.txt  … and what it says by itself, read back
///     account.txt                 what the command prints
///     diagnostics.txt             … and what it prints of errors and warnings
///
/// A stage that is not reached leaves no file.
[[nodiscard]] Made compile_case(const std::filesystem::path& folder);

}  // namespace crenel::tests
