#include "compiler/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "compiler/base/text.h"
#include "compiler/cli/help.h"
#include "compiler/cli/options.h"
#include "compiler/driver/certificate.h"
#include "compiler/driver/version.h"

namespace crenel::cli {
namespace {

/// Commands that the design has and this version has not.
constexpr std::array<std::string_view, 1> kLaterCommands = {"audit"};

struct NamedCommand {
  std::string_view name;
  Command command;
};
constexpr std::array kCommands = {
    NamedCommand{"build", Command::Build},
    NamedCommand{"check", Command::Check},
    NamedCommand{"verify", Command::Verify},
    NamedCommand{"reach", Command::Reach},
    NamedCommand{"diff", Command::Diff},
    NamedCommand{"test", Command::Test},
    NamedCommand{"explain", Command::Explain},
    NamedCommand{"fmt", Command::Format},
    NamedCommand{"completions", Command::Completions},
    NamedCommand{"manual", Command::Manual},
    NamedCommand{"graph", Command::Graph},
    NamedCommand{"handbook", Command::Handbook},
    NamedCommand{"init", Command::Init},
    NamedCommand{"lsp", Command::Lsp},
};

std::vector<std::string> command_names() {
  std::vector<std::string> out;
  for (const auto& each : kCommands) out.emplace_back(each.name);
  return out;
}

Command command_named(std::string_view name) {
  return std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& each) { return each.name == name; })->command;
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

/// Both sides are read with the same root and settings.
void split_sides(Options& options) {
  auto& invocation = options.invocation;
  invocation.newer = invocation.request;
  split_target(options.older, invocation.request);
  split_target(options.newer, invocation.newer);
  invocation.diff = options.diff_format == "json"       ? DiffFormat::Json
                    : options.diff_format == "markdown" ? DiffFormat::Markdown
                                                        : DiffFormat::Text;
}

/// Makes sense of what was given; the message says why it makes none.
std::optional<std::string> interpret(Options& options) {
  auto& invocation = options.invocation;
  invocation.build.format = options.format == "yaml" ? backend::Format::Yaml : backend::Format::Json;
  invocation.build.warnings_are_errors = invocation.warnings_are_errors;
  if (!options.graph_input.empty()) split_target(options.graph_input, invocation.request);
  if (!options.against.empty()) {
    invocation.against = invocation.request;
    invocation.against->targets.clear();
    split_target(options.against, *invocation.against);
  }
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
  if (!options.older.empty()) split_sides(options);
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
  app.set_version_flag("--version", fmt::format("crenel {}", driver::version()),
                       "Print the version and how it was built, and stop");
  app.footer(std::string(kAfterHelp));
  auto* build = app.add_subcommand("build", "Compile, and write templates and certificates");
  auto* check = app.add_subcommand("check", "Compile everything and write nothing");
  auto* verify = app.add_subcommand("verify", "Hold a template against what the source declares");
  auto* reach = app.add_subcommand("reach", "Say who reaches whom, and by what");
  auto* test = app.add_subcommand("test", "Run the tests that the files declare");
  auto* diff = app.add_subcommand("diff", "Say what became reachable, and what no longer is");
  auto* explain = app.add_subcommand("explain", "Explain a diagnostic by its code, or a rule by its name");
  auto* format = app.add_subcommand("fmt", "Bring files into the one layout");
  auto* completions = app.add_subcommand("completions", "Print the completions for a shell");
  auto* manual = app.add_subcommand("manual", "Print the manual page, for man");
  auto* graph = app.add_subcommand("graph", "Draw a pattern or a stack");
  auto* handbook = app.add_subcommand("handbook", "Write the site of a handbook");
  auto* init = app.add_subcommand("init", "Start a project that builds");
  auto* lsp = app.add_subcommand("lsp", "Serve an editor, over standard input and output");
  lsp->add_flag("--stdio", options.stdio, "As it does anyway; some editors say so")->disable_flag_override();
  lsp->footer(std::string(kAfterLsp));
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
  add_diff(*diff, options);
  test->add_option("FILE", options.invocation.request.files, "The files whose tests are run")
      ->required()
      ->option_text("");
  for (auto* each : {build, check, verify, reach, test, diff, graph, handbook}) add_as_of(*each, options);
  explain->add_option("CODE", options.invocation.code, "For example CRN0301 or paper.two_zones; none: list all")
      ->option_text("");
  add_format(*format, options);
  completions->add_option("SHELL", options.invocation.shell, "bash, zsh or fish")
      ->required()
      ->option_text("")
      ->check(one_of({"bash", "zsh", "fish"}));
  // Only here: what is no command gets an answer of its own, and the commands would inherit it.
  app.allow_extras();
  for (auto* each : {&app, build, check, verify, reach, diff, test, graph, handbook}) add_common(*each, options);
  add_reporting(*format, options);
  add_reporting(*init, options);
  build->footer(std::string(kAfterBuild));
  check->footer(std::string(kAfterCheck));
  verify->footer(std::string(kAfterVerify));
  reach->footer(std::string(kAfterReach));
  test->footer(std::string(kAfterTest));
  diff->footer(std::string(kAfterDiff));
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
    return Outcome{
        .code = ExitCode::Done,
        .out = fmt::format("crenel {}\nbackends: {}\ncertificates: {}\nbuilt with {}\n", driver::version(),
                           base::list_in_words(providers, "and"), driver::kCertificateSchema, driver::build_facts()),
        .err = ""};
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
