#pragma once

#include <string>
#include <vector>

#include "compiler/cli/command_line.h"

// The library stays out of headers.
namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace crenel::cli {

/// The options as CLI11 stores them, before they are made sense of.
struct Options {
  Invocation invocation;
  std::vector<std::string> settings;
  std::string format = "json";
  bool stdio = false;  ///< says what is so anyway
  std::string graph = "svg";
  std::string graph_input;
  std::string against;  ///< of `graph`
  std::string color = "auto";
  std::string diagnostics = "text";
  std::string undecided = "error";
  std::string file_and_target;
  std::string older;
  std::string newer;
  std::string diff_format = "text";
  std::string as_of;
};

/// A value that is one of these words; completions read them from it.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// How the command tells what it found.
void add_reporting(CLI::App& app, Options& options);

/// What every command has that reads sources.
void add_common(CLI::App& app, Options& options);

/// The files, and which of their targets and providers are meant.
void add_choice(CLI::App& app, Options& options, const std::vector<std::string>& providers);
void add_verify(CLI::App& app, Options& options);
void add_reach(CLI::App& app, Options& options, const std::vector<std::string>& providers);
void add_as_of(CLI::App& app, Options& options);
void add_diff(CLI::App& app, Options& options);
void add_build(CLI::App& app, Options& options);
void add_format(CLI::App& app, Options& options);
void add_graph(CLI::App& app, Options& options);
void add_handbook(CLI::App& app, Options& options);
void add_init(CLI::App& app, Options& options);

}  // namespace crenel::cli
