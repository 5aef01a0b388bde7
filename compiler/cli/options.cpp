#include "compiler/cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "compiler/base/text.h"

namespace crenel::cli {
namespace {

/// One value each time the option is given, or several with commas between them; never the arguments that follow.
CLI::Option* add_list(CLI::App& app, const std::string& name, std::vector<std::string>& list, const std::string& text) {
  return app.add_option(name, list, text)->allow_extra_args(false)->delimiter(',');
}

void add_settings(CLI::App& app, Options& options) {
  app.add_option("--set", options.settings, "Give a parameter a value, written as in the language")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
}

/// One file, with the target that is meant where it has several.
void add_one_target(CLI::App& app, Options& options) {
  app.add_option("FILE[:TARGET]", options.file_and_target,
                 "The file, and which of its targets: a pattern, or STACK.ENVIRONMENT")
      ->required()
      ->option_text("");
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
  const auto check = [words](const std::string& given) {
    if (std::find(words.begin(), words.end(), given) != words.end()) return std::string();
    return fmt::format("`{}` is not {}", given, base::list_in_words(words, "or"));
  };
  return {check, fmt::format("{}", fmt::join(words, "|")), "one_of"};
}

void add_reporting(CLI::App& app, Options& options) {
  auto& invocation = options.invocation;
  app.add_option("--diagnostics", options.diagnostics, "How diagnostics are written: text (default), json or sarif")
      ->option_text("FORM")
      ->check(one_of({"text", "json", "sarif"}));
  app.add_option("--color", options.color, "Colors in diagnostics: auto (default), always or never")
      ->option_text("WHEN")
      ->check(one_of({"auto", "always", "never"}));
  app.add_flag("-q,--quiet", invocation.quiet, "Print diagnostics only")->disable_flag_override();
}

void add_common(CLI::App& app, Options& options) {
  auto& invocation = options.invocation;
  app.add_option("--root", invocation.request.root, "Imports and file(...) stay inside this directory")
      ->option_text("DIR");
  add_reporting(app, options);
  app.add_flag("--werror", invocation.warnings_are_errors, "Treat warnings as errors")->disable_flag_override();
}

void add_choice(CLI::App& app, Options& options, const std::vector<std::string>& providers) {
  auto& request = options.invocation.request;
  app.add_option("FILE", request.files, "The files to read; what they import is found by itself")
      ->required()
      ->option_text("");
  add_list(app, "--provider", request.providers, fmt::format("Only for {}", base::list_in_words(providers, "or")))
      ->option_text("NAME")
      ->check(one_of(providers));
  add_list(app, "--target", request.targets, "Only this target: a pattern, or STACK.ENVIRONMENT")->option_text("NAME");
  add_list(app, "--env", request.environments, "Only the stacks of this environment")->option_text("NAME");
  add_settings(app, options);
}

void add_verify(CLI::App& app, Options& options) {
  app.add_option("TEMPLATE", options.invocation.template_path, "The template: JSON or YAML, of any provider")
      ->required()
      ->option_text("");
  add_one_target(app, options);
  add_settings(app, options);
  app.add_option("--undecided", options.undecided, "What is not decided is an error (default) or a warning")
      ->option_text("AS")
      ->check(one_of({"error", "warning"}));
}

void add_reach(CLI::App& app, Options& options, const std::vector<std::string>& providers) {
  add_one_target(app, options);
  app.add_option("QUESTION", options.invocation.request.question, "Who to whom for what: 'web -> app : https'")
      ->required()
      ->option_text("");
  add_list(app, "--provider", options.invocation.request.providers,
           fmt::format("Only for {}", base::list_in_words(providers, "or")))
      ->option_text("NAME")
      ->check(one_of(providers));
  add_settings(app, options);
}

void add_as_of(CLI::App& app, Options& options) {
  app.add_option("--as-of", options.as_of, "The day on which waivers are judged (default: today)")
      ->option_text("YYYY-MM-DD");
}

void add_diff(CLI::App& app, Options& options) {
  app.add_option("OLD", options.older,
                 "What was: a source with its target, FILE[:TARGET], a template, or a certificate")
      ->required()
      ->option_text("");
  app.add_option("NEW", options.newer, "What is to be: the same")->required()->option_text("");
  add_settings(app, options);
  app.add_option("--format", options.diff_format, "How the difference is written: text (default), json or markdown")
      ->option_text("FORM")
      ->check(one_of({"text", "json", "markdown"}));
}

void add_build(CLI::App& app, Options& options) {
  auto& build = options.invocation.build;
  app.add_option("-o,--output", build.folder, "Where to write (default: the current directory)")->option_text("DIR");
  app.add_option("--format", options.format, "Of the templates: json (default) or yaml")
      ->option_text("FORM")
      ->check(one_of({"json", "yaml"}));
  app.add_flag("--list-outputs", options.invocation.list_outputs, "Print the paths to be written; build nothing")
      ->disable_flag_override();
  app.add_option("--depfile", build.depfile, "Write every file read as a rule for Make or Ninja")->option_text("FILE");
  app.add_option("--depfile-target", build.depfile_target,
                 "What that rule is for, a time stamp say (default: every output)")
      ->option_text("NAME");
}

void add_format(CLI::App& app, Options& options) {
  app.add_option("FILE", options.invocation.request.files, "The files to format")->required()->option_text("");
  app.add_flag("--check", options.invocation.only_check,
               "Write nothing; print what would change, and fail if anything would")
      ->disable_flag_override();
}

void add_graph(CLI::App& app, Options& options) {
  app.add_option("FILE", options.graph_input, "The file; with :TARGET behind it where it has several")
      ->required()
      ->option_text("");
  app.add_option("--against", options.against,
                 "Draw what changed since this one, as for `crenel diff`: FILE[:TARGET], a template, or a certificate")
      ->option_text("OLD");
  app.add_option("-o,--output", options.invocation.picture, "Where to write it (default: standard output)")
      ->option_text("FILE");
  app.add_option("--format", options.graph, "svg (default), dot or mermaid")
      ->option_text("FORM")
      ->check(one_of({"svg", "dot", "mermaid"}));
}

void add_handbook(CLI::App& app, Options& options) {
  app.add_option("FILE", options.invocation.request.files, "The files with the handbook, or with patterns")
      ->required()
      ->option_text("");
  app.add_option("-o,--output", options.invocation.folder, "Where to write (default: the current directory)")
      ->option_text("DIR");
}

void add_init(CLI::App& app, Options& options) {
  app.add_option("DIR", options.invocation.folder, "Where the project starts (default: the current directory)")
      ->option_text("");
}

}  // namespace crenel::cli
