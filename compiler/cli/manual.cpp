#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/cli/completions.h"
#include "compiler/driver/version.h"

namespace crenel::cli {
namespace {

/// Text as roff prints it: its own marks are escaped, also at the start of a line.
std::string roff(std::string_view text) {
  std::string out;
  bool line_starts = true;
  for (const char c : text) {
    if (line_starts && (c == '.' || c == '\'')) out += "\\&";
    line_starts = c == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

/// Lines as they are.
std::string verbatim(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text.empty() ? "" : fmt::format(".PP\n.nf\n{}\n.fi\n", roff(text));
}

std::string option_entry(const OptionDescription& option) {
  std::string names;
  for (const auto& name : option.names) names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", roff(name));
  if (!option.value.empty()) names += fmt::format(" \\fI{}\\fR", roff(option.value));
  return fmt::format(".TP\n{}\n{}\n", names, roff(option.text));
}

std::string command_section(const CommandDescription& command) {
  const std::string operand = command.operand.empty() ? "" : fmt::format(" \\fI{}\\fR", command.operand);
  const std::string options = command.options.empty() ? "" : " [\\fIoption\\fR ...]";
  std::string out = fmt::format(".SS crenel {}\n\\fBcrenel {}\\fR{}{}\n.PP\n{}.\n", command.name, command.name, options,
                                operand, roff(command.text));
  for (const auto& option : command.options) out += option_entry(option);
  return out + verbatim(command.after);
}

}  // namespace

std::string manual(const std::vector<CommandDescription>& commands) {
  std::string out = fmt::format(
      ".TH CRENEL 1 \"\" \"crenel {}\" \"User Commands\"\n"
      ".SH NAME\ncrenel \\- compile network design patterns to cloud templates\n"
      ".SH SYNOPSIS\n\\fBcrenel\\fR \\fIcommand\\fR [\\fIoption\\fR ...] [\\fIargument\\fR ...]\n",
      driver::version());
  for (const auto& command : commands) {
    if (!command.name.empty()) continue;
    out += fmt::format(".SH DESCRIPTION\n{}\n", roff(command.text)) + verbatim(command.after);
  }
  out += ".SH COMMANDS\n";
  for (const auto& command : commands) {
    if (!command.name.empty()) out += command_section(command);
  }
  return out +
         ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nWhen set and not empty, diagnostics have no colors "
         "(unless \\fB\\-\\-color always\\fR asks for them).\n";
}

}  // namespace crenel::cli
