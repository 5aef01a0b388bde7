#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/cli/outcome.h"
#include "compiler/driver/build.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/graph.h"

namespace crenel::cli {

enum class Command {
  Build,
  Check,
  Verify,
  Reach,
  Test,
  Diff,
  Explain,
  Format,
  Completions,
  Manual,
  Graph,
  Handbook,
  Init,
  Lsp
};
enum class Color { Auto, Always, Never };
enum class DiagnosticsFormat { Text, Json, Sarif };

enum class DiffFormat { Text, Json, Markdown };

/// A command line that made sense.
struct Invocation {
  Command command = Command::Build;
  driver::Request request;
  driver::Request newer;                   ///< of `diff`: the other side
  std::optional<driver::Request> against;  ///< of `graph`: what it is compared with
  driver::BuildOptions build;
  bool list_outputs = false;
  std::string code;                                      ///< of `explain`; empty: all
  std::string picture;                                   ///< of `graph`: where to; empty: standard output
  std::string folder = ".";                              ///< of `handbook` and `init`
  driver::GraphFormat graph = driver::GraphFormat::Svg;  ///< of `graph`
  std::string shell;                                     ///< of `completions`
  bool only_check = false;                               ///< of `fmt`: write nothing
  bool fix = false;                                      ///< of `check`: apply the safe fixes first
  std::string template_path;                             ///< of `verify`
  bool undecided_is_warning = false;
  bool quiet = false;
  bool warnings_are_errors = false;
  Color color = Color::Auto;
  DiagnosticsFormat diagnostics = DiagnosticsFormat::Text;
  DiffFormat diff = DiffFormat::Text;
};

/// An option of a command, as completions and the manual tell it.
struct OptionDescription {
  std::vector<std::string> names;  ///< "-o", "--output"
  std::string value;               ///< "DIR"; empty: it takes none
  std::vector<std::string> words;  ///< the values there are, where they can be listed
  std::string text;
};

struct CommandDescription {
  std::string name;  ///< empty: the program itself
  std::string text;
  std::vector<OptionDescription> options;
  std::string operand;  ///< "FILE"; empty: none
  std::vector<std::string> operand_words;
  std::string after;  ///< examples and more, as `--help` ends
};

/// The program, and then every command.
[[nodiscard]] std::vector<CommandDescription> describe_commands(const std::vector<std::string>& providers);

/// Reads the arguments (without the program's name). Help, the version and misuse are outcomes already.
[[nodiscard]] std::variant<Invocation, Outcome> parse(const std::vector<std::string>& arguments,
                                                      const std::vector<std::string>& providers);

/// The outcome of a misuse: the message, and where to read on. `command` may be empty.
[[nodiscard]] Outcome usage_error(std::string_view message, std::string_view command);

}  // namespace crenel::cli
