#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/cli/command_line.h"

/// What shells and `man` know of the command line, made from its own description so that they never differ from it.
namespace crenel::cli {

/// The script that completes `crenel …` in bash, zsh or fish; empty for another shell.
[[nodiscard]] std::string completions(std::string_view shell, const std::vector<CommandDescription>& commands);

/// The manual page, for `man`.
[[nodiscard]] std::string manual(const std::vector<CommandDescription>& commands);

}  // namespace crenel::cli
