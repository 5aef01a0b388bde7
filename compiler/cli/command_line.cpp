#include "compiler/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "compiler/base/text.h"
#include "compiler/cli/help.h"
#include "compiler/driver/version.h"

namespace crenel::cli {
namespace {

/// Commands that the design has and this version has not.
constexpr std::array<std::string_view, 3> kLaterCommands = {"diff", "audit", "lsp"};

struct NamedCommand {
  std::string_view name;
  Command command;
};
constexpr std::array kCommands = {
    NamedCommand{"build", Command::Build},       NamedCommand{"check", Command::Check},
    NamedCommand{"verify", Command::Verify},     NamedCommand{"reach", Command::Reach},
    NamedCommand{"test", Command::Test},         NamedCommand{"explain", Command::Explain},
    NamedCommand{"fmt", Command::Format},        NamedCommand{"completions", Command::Completions},
    NamedCommand{"manual", Command::Manual},     NamedCommand{"graph", Command::Graph},
    NamedCommand{"handbook", Command::Handbook}, NamedCommand{"init", Command::Init},
};

std::vector<std::string> command_names() {
  std::vector<std::string> out;
  for (const auto& each : kCommands) out.emplace_back(each.name);
  return out;
}

Command command_named(std::string_view name) {
  return std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& each) { return each.name == name; })->command;
}

/// The options as CLI11 stores them, before they are made sense of.
struct Options {
  Invocation invocation;
  std::vector<std::string> settings;
  std::string format = "json";
  std::string graph = "svg";
  std::string graph_input;
  std::string color = "auto";
  std::string diagnostics = "text";
  std::string undecided = "error";
  std::string file_and_target;
  std::string as_of;
};

CLI::Validator one_of(std::vector<std::string> words) {
  const auto check = [words](const std::string& given) {
    if (std::find(words.begin(), words.end(), given) != words.end()) return std::string();
    return fmt::format("`{}` is not {}", given, base::list_in_words(words, "or"));
  };
  return {check, fmt::format("{}", fmt::join(words, "|")), "one_of"};
}

/// One value each time the option is given, or several with commas between them; never the arguments that follow.
CLI::Option* add_list(CLI::App& app, const std::string& name, std::vector<std::string>& list, const std::string& text) {
  return app.add_option(name, list, text)->allow_extra_args(false)->delimiter(',');
}

/// How the command tells what it found.
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

void add_settings(CLI::App& app, Options& options) {
  app.add_option("--set", options.settings, "Give a parameter a value, written as in the language")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
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

/// One file, with the target that is meant where it has several.
void add_one_target(CLI::App& app, Options& options) {
  app.add_option("FILE[:TARGET]", options.file_and_target,
                 "The file, and which of its targets: a pattern, or STACK.ENVIRONMENT")
      ->required()
      ->option_text("");
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

/// "FILE:TARGET" in its parts.
void split_target(const std::string& input, driver::Request& request) {
  const std::size_t colon = input.rfind(':');
  const bool named =
      colon != std::string::npos && colon + 1 < input.size() && input.find('/', colon) == std::string::npos;
  request.files = {named ? input.substr(0, colon) : input};
  if (named) request.targets = {input.substr(colon + 1)};
}

/// The message without CLI11's way of speaking.
std::string in_our_words(const CLI::ParseError& error) {
  std::string said = error.what();
  const std::string subject = said.substr(0, said.find(':'));
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.find(" is required"));
    return name == "FILE" ? "name at least one FILE" : fmt::format("{} is missing", name);
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const auto says = [&](std::string_view words) { return said.find(words) != std::string::npos; };
    if (says("At Most")) return fmt::format("`{}` is given more than once", subject);
    if (says("flag override")) return fmt::format("`{}` takes no value", said.substr(0, said.find(' ')));
    return fmt::format("`{}` needs a value", subject);
  }
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr && said.size() > subject.size() + 2) {
    return fmt::format("`{}`: {}", subject, said.substr(subject.size() + 2));
  }
  return said;
}

std::string unknown_argument(const CLI::App& app, const std::string& argument) {
  std::vector<std::string> known;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) known.push_back("--" + name);
  }
  const bool is_option = argument.starts_with('-');
  const std::string name = argument.substr(0, argument.find('='));
  const auto near = is_option ? base::nearest(name, known) : std::nullopt;
  return fmt::format("{} `{}`{}", is_option ? "unknown option" : "unexpected argument", name,
                     near ? fmt::format("; did you mean `{}`?", *near) : "");
}

Outcome unknown_command(const std::string& word) {
  if (std::find(kLaterCommands.begin(), kLaterCommands.end(), word) != kLaterCommands.end()) {
    return usage_error(fmt::format("`{}` is not in this version ({}); it has {}", word, driver::version(),
                                   base::list_in_words(command_names(), "and")),
                       "");
  }
  if (word.ends_with(".crenel")) {
    return usage_error(fmt::format("a command comes first: `crenel build {}`", word), "");
  }
  const auto near = base::nearest(word, command_names());
  return usage_error(
      fmt::format("unknown command `{}`{}", word, near ? fmt::format("; did you mean `{}`?", *near) : ""), "");
}

/// A date of the calendar, as `--as-of` has it.
std::optional<model::WaiverDate> date_in(const std::string& text) {
  constexpr std::size_t kLength = 10;
  constexpr std::size_t kFirstDash = 4;
  constexpr std::size_t kSecondDash = 7;
  if (text.size() != kLength) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == kFirstDash || i == kSecondDash;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  const model::WaiverDate date{.year = std::stoi(text.substr(0, kFirstDash)),
                               .month = std::stoi(text.substr(kFirstDash + 1, 2)),
                               .day = std::stoi(text.substr(kSecondDash + 1, 2))};
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return day.ok() ? std::optional(date) : std::nullopt;
}

/// Makes sense of what was given; the message says why it makes none.
std::optional<std::string> interpret(Options& options) {
  auto& invocation = options.invocation;
  invocation.build.format = options.format == "yaml" ? backend::Format::Yaml : backend::Format::Json;
  invocation.build.warnings_are_errors = invocation.warnings_are_errors;
  if (!options.graph_input.empty()) split_target(options.graph_input, invocation.request);
  if (options.graph != "svg")
    invocation.graph = options.graph == "dot" ? driver::GraphFormat::Dot : driver::GraphFormat::Mermaid;
  if (options.diagnostics == "json") invocation.diagnostics = DiagnosticsFormat::Json;
  if (options.diagnostics == "sarif") invocation.diagnostics = DiagnosticsFormat::Sarif;
  invocation.undecided_is_warning = options.undecided == "warning";
  if (!options.file_and_target.empty()) split_target(options.file_and_target, invocation.request);
  if (options.color != "auto") invocation.color = options.color == "always" ? Color::Always : Color::Never;
  for (const auto& setting : options.settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) return fmt::format("`--set {}` is not NAME=VALUE", setting);
    invocation.request.bindings.push_back(
        {.parameter = setting.substr(0, equals), .value = setting.substr(equals + 1)});
  }
  if (!invocation.build.depfile_target.empty() && invocation.build.depfile.empty()) {
    return "`--depfile-target` says what the rule of a `--depfile` is for, and there is none";
  }
  if (!options.as_of.empty()) {
    invocation.request.as_of = date_in(options.as_of);
    if (!invocation.request.as_of) return fmt::format("`--as-of {}` is no date: YYYY-MM-DD is expected", options.as_of);
  }
  if (invocation.list_outputs && !invocation.build.depfile.empty()) {
    return "`--list-outputs` builds nothing, so there is no `--depfile` to write";
  }
  const auto empty = [](const std::string& text) { return text.empty(); };
  if (invocation.build.folder.empty() || invocation.folder.empty()) return "`--output` needs a directory";
  const auto& files = invocation.request.files;
  if (std::any_of(files.begin(), files.end(), empty)) return "a FILE has an empty name";
  return std::nullopt;
}

/// Every command with its options.
void define(CLI::App& app, Options& options, const std::vector<std::string>& providers) {
  constexpr std::size_t kColumn = 26;
  app.get_formatter()->column_width(kColumn);
  app.set_help_flag("-h,--help", "Print this and stop");
  app.set_version_flag("--version", fmt::format("crenel {}", driver::version()), "Print the version and stop");
  app.footer(std::string(kAfterHelp));
  auto* build = app.add_subcommand("build", "Compile, and write templates and certificates");
  auto* check = app.add_subcommand("check", "Compile everything and write nothing");
  auto* verify = app.add_subcommand("verify", "Hold a template against what the source declares");
  auto* reach = app.add_subcommand("reach", "Say who reaches whom, and by what");
  auto* test = app.add_subcommand("test", "Run the tests that the files declare");
  auto* explain = app.add_subcommand("explain", "Explain a diagnostic by its code, or a rule by its name");
  auto* format = app.add_subcommand("fmt", "Bring files into the one layout");
  auto* completions = app.add_subcommand("completions", "Print the completions for a shell");
  auto* manual = app.add_subcommand("manual", "Print the manual page, for man");
  auto* graph = app.add_subcommand("graph", "Draw a pattern or a stack");
  auto* handbook = app.add_subcommand("handbook", "Write the site of a handbook");
  auto* init = app.add_subcommand("init", "Start a project that builds");
  add_graph(*graph, options);
  add_handbook(*handbook, options);
  add_init(*init, options);
  add_choice(*build, options, providers);
  add_build(*build, options);
  add_choice(*check, options, providers);
  check
      ->add_flag("--fix", options.invocation.fix,
                 "First apply the fixes that change no meaning, to the files themselves")
      ->disable_flag_override();
  add_verify(*verify, options);
  add_reach(*reach, options, providers);
  test->add_option("FILE", options.invocation.request.files, "The files whose tests are run")
      ->required()
      ->option_text("");
  for (auto* each : {build, check, verify, reach, test}) add_as_of(*each, options);
  explain->add_option("CODE", options.invocation.code, "For example CRN0301 or paper.two_zones; none: list all")
      ->option_text("");
  add_format(*format, options);
  completions->add_option("SHELL", options.invocation.shell, "bash, zsh or fish")
      ->required()
      ->option_text("")
      ->check(one_of({"bash", "zsh", "fish"}));
  // Only here: what is no command gets an answer of its own, and the commands would inherit it.
  app.allow_extras();
  for (auto* each : {&app, build, check, verify, reach, test, graph, handbook}) add_common(*each, options);
  add_reporting(*format, options);
  add_reporting(*init, options);
  build->footer(std::string(kAfterBuild));
  check->footer(std::string(kAfterCheck));
  verify->footer(std::string(kAfterVerify));
  reach->footer(std::string(kAfterReach));
  test->footer(std::string(kAfterTest));
  explain->footer(std::string(kAfterExplain));
  format->footer(std::string(kAfterFormat));
  completions->footer(std::string(kAfterCompletions));
  graph->footer(std::string(kAfterGraph));
  handbook->footer(std::string(kAfterHandbook));
  init->footer(std::string(kAfterInit));
  manual->footer(std::string(kAfterManual));
}

/// The words that `one_of` allows; empty where anything goes.
std::vector<std::string> words_of(CLI::Option& option) {
  std::vector<std::string> out;
  try {
    std::string listed = option.get_validator("one_of")->get_description();
    for (std::size_t bar = 0; bar != std::string::npos; listed.erase(0, bar + 1)) {
      bar = listed.find('|');
      out.push_back(listed.substr(0, bar));
      if (bar == std::string::npos) break;
    }
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
  return out;
}

CommandDescription describe(CLI::App& app) {
  CommandDescription out;
  out.name = app.get_parent() == nullptr ? "" : app.get_name();
  out.text = app.get_description();
  out.after = app.get_footer();
  for (auto* option : app.get_options([](const CLI::Option*) { return true; })) {
    if (option->get_positional()) {
      out.operand = option->get_name(true);
      out.operand_words = words_of(*option);
      continue;
    }
    OptionDescription one = {
        .names = {}, .value = option->get_option_text(), .words = words_of(*option), .text = option->get_description()};
    for (const auto& name : option->get_snames()) one.names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) one.names.push_back("--" + name);
    out.options.push_back(std::move(one));
  }
  return out;
}

std::string name_of(const CLI::App& app) { return app.get_parent() == nullptr ? "" : app.get_name(); }

}  // namespace

Outcome usage_error(std::string_view message, std::string_view command) {
  return {.code = ExitCode::Usage,
          .out = "",
          .err = fmt::format("crenel: {}\nTry `crenel {}{}--help`.\n", message, command, command.empty() ? "" : " ")};
}

std::vector<CommandDescription> describe_commands(const std::vector<std::string>& providers) {
  Options options;
  CLI::App app{std::string(kAbout), "crenel"};
  define(app, options, providers);
  std::vector<CommandDescription> out = {describe(app)};
  for (auto* command : app.get_subcommands([](const CLI::App*) { return true; })) out.push_back(describe(*command));
  return out;
}

std::variant<Invocation, Outcome> parse(const std::vector<std::string>& arguments,
                                        const std::vector<std::string>& providers) {
  Options options;
  CLI::App app{std::string(kAbout), "crenel"};
  define(app, options, providers);

  // CLI11 wants them from the last to the first.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  const auto current = [&]() -> const CLI::App& {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : *chosen.front();
  };
  try {
    app.parse(reversed);
  } catch (const CLI::CallForVersion&) {
    return Outcome{.code = ExitCode::Done, .out = fmt::format("crenel {}\n", driver::version()), .err = ""};
  } catch (const CLI::CallForHelp&) {
    return Outcome{.code = ExitCode::Done, .out = app.help(), .err = ""};
  } catch (const CLI::ExtrasError&) {
    return usage_error(unknown_argument(current(), current().remaining().front()), name_of(current()));
  } catch (const CLI::ParseError& error) {
    return usage_error(in_our_words(error), name_of(current()));
  }
  const auto extras = app.remaining();
  if (!extras.empty()) {
    return extras.front().starts_with('-') ? usage_error(unknown_argument(app, extras.front()), "")
                                           : unknown_command(extras.front());
  }
  if (app.get_subcommands().empty()) return Outcome{.code = ExitCode::Usage, .out = "", .err = app.help()};
  if (const auto message = interpret(options)) return usage_error(*message, name_of(current()));
  options.invocation.command = command_named(current().get_name());
  return std::move(options.invocation);
}

}  // namespace crenel::cli
