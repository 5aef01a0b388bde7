#include "compiler/cli/completions.h"

#include <fmt/format.h>

#include <algorithm>

namespace crenel::cli {
namespace {

/// `text` with a backslash before each of `marks`.
std::string escaped(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    if (marks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// In single quotes, as every shell reads them.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string words_of(const OptionDescription& option) { return fmt::format("{}", fmt::join(option.words, " ")); }

std::string command_words(const std::vector<CommandDescription>& commands, std::string_view between) {
  std::string out;
  for (const auto& command : commands) {
    if (command.name.empty()) continue;
    if (!out.empty()) out += between;
    out += command.name;
  }
  return out;
}

// ---- bash

/// How bash finds values of the option.
std::string bash_values(const OptionDescription& option) {
  if (!option.words.empty()) return fmt::format("compgen -W '{}' -- \"$current\"", words_of(option));
  if (option.value == "DIR") return "compgen -d -- \"$current\"";
  if (option.value == "FILE") return "compgen -f -- \"$current\"";
  return "";
}

std::string bash_option_cases(const CommandDescription& command) {
  std::string out;
  for (const auto& option : command.options) {
    if (option.value.empty()) continue;
    std::string patterns;
    for (const auto& name : option.names)
      patterns += fmt::format("{}{}:{}", patterns.empty() ? "" : " | ", command.name, name);
    const std::string values = bash_values(option);
    out += values.empty() ? fmt::format("    {}) return ;;\n", patterns)
                          : fmt::format("    {}) mapfile -t COMPREPLY < <({}); return ;;\n", patterns, values);
  }
  return out;
}

std::string bash_words(const CommandDescription& command, const std::vector<CommandDescription>& commands) {
  std::string options;
  for (const auto& option : command.options) options += fmt::format(" {}", fmt::join(option.names, " "));
  std::string operands = "          :\n";
  if (command.name.empty()) {
    operands = fmt::format("          mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\")\n",
                           command_words(commands, " "));
  } else if (!command.operand_words.empty()) {
    operands = fmt::format("          mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\")\n",
                           fmt::join(command.operand_words, " "));
  } else if (command.operand == "FILE") {
    operands =
        "          mapfile -t COMPREPLY < <(compgen -f -X '!*.crenel' -- \"$current\"; compgen -d -- \"$current\")\n";
  }
  return fmt::format(
      "    '{}')\n"
      "      case \"$current\" in\n"
      "        -*) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\") ;;\n"
      "        *)\n{}          ;;\n"
      "      esac\n"
      "      ;;\n",
      command.name, options.empty() ? "" : options.substr(1), operands);
}

std::string bash(const std::vector<CommandDescription>& commands) {
  std::string values;
  std::string words;
  for (const auto& command : commands) {
    values += bash_option_cases(command);
    words += bash_words(command, commands);
  }
  return fmt::format(R"(# bash completion for crenel
_crenel() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}" command="" word
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in
      {}) command="$word"; break ;;
    esac
  done
  case "$command:$previous" in
{}  esac
  case "$command" in
{}  esac
}}
complete -o filenames -F _crenel crenel
)",
                     command_words(commands, " | "), values, words);
}

// ---- zsh

/// What stands between brackets and colons in an `_arguments` specification.
std::string zsh_text(std::string_view text) { return escaped(text, "[]:\\"); }

std::string zsh_values(const OptionDescription& option) {
  if (option.value.empty()) return "";
  if (!option.words.empty()) return fmt::format(":{}:({})", option.value, words_of(option));
  if (option.value == "DIR") return ":DIR:_files -/";
  if (option.value == "FILE") return ":FILE:_files";
  return fmt::format(":{}:", zsh_text(option.value));
}

std::string zsh_arguments(const CommandDescription& command) {
  std::string out;
  for (const auto& option : command.options) {
    for (const auto& name : option.names)
      out += fmt::format(" \\\n        {}",
                         shell_quoted(fmt::format("*{}[{}]{}", name, zsh_text(option.text), zsh_values(option))));
  }
  if (!command.operand_words.empty())
    out += fmt::format(" \\\n        '*:{}:({})'", command.operand, fmt::join(command.operand_words, " "));
  else if (command.operand == "FILE")
    out += " \\\n        '*:FILE:_files -g \"*.crenel\"'";
  return out;
}

std::string zsh(const std::vector<CommandDescription>& commands) {
  std::string names;
  std::string cases;
  for (const auto& command : commands) {
    if (command.name.empty()) continue;
    names += fmt::format("    {}\n", shell_quoted(fmt::format("{}:{}", command.name, zsh_text(command.text))));
    cases += fmt::format("    {})\n      _arguments{}\n      ;;\n", command.name, zsh_arguments(command));
  }
  return fmt::format(R"(#compdef crenel
_crenel() {{
  local -a commands
  local state line
  commands=(
{})
  _arguments -C '--help[Print this and stop]' '--version[Print the version and stop]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands; return ;;
  esac
  case $words[1] in
{}  esac
}}
_crenel "$@"
)",
                     names, cases);
}

// ---- fish

std::string fish_option(const CommandDescription& command, const OptionDescription& option) {
  std::string out = fmt::format("complete -c crenel -n '__fish_seen_subcommand_from {}'", command.name);
  for (const auto& name : option.names)
    out += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2)) : fmt::format(" -s {}", name.substr(1));
  if (!option.value.empty()) {
    out += " -r";
    if (!option.words.empty())
      out += fmt::format(" -a {}", shell_quoted(words_of(option)));
    else if (option.value == "DIR")
      out += " -a '(__fish_complete_directories)'";
    else if (option.value == "FILE")
      out += " -F";
  }
  return fmt::format("{} -d {}\n", out, shell_quoted(option.text));
}

std::string fish(const std::vector<CommandDescription>& commands) {
  std::string out = "# fish completion for crenel\ncomplete -c crenel -f\n";
  for (const auto& command : commands) {
    if (command.name.empty()) continue;
    out += fmt::format("complete -c crenel -n __fish_use_subcommand -a {} -d {}\n", command.name,
                       shell_quoted(command.text));
    for (const auto& option : command.options) out += fish_option(command, option);
    if (!command.operand_words.empty())
      out += fmt::format("complete -c crenel -n '__fish_seen_subcommand_from {}' -a '{}'\n", command.name,
                         fmt::join(command.operand_words, " "));
    else if (command.operand == "FILE")
      out += fmt::format(
          "complete -c crenel -n '__fish_seen_subcommand_from {}' -k -a '(__fish_complete_suffix .crenel)'\n",
          command.name);
  }
  return out;
}

}  // namespace

std::string completions(std::string_view shell, const std::vector<CommandDescription>& commands) {
  if (shell == "bash") return bash(commands);
  if (shell == "zsh") return zsh(commands);
  if (shell == "fish") return fish(commands);
  return "";
}

}  // namespace crenel::cli
