#pragma once

#include <string>
#include <variant>
#include <vector>

namespace crenel::base {

/// Why a program did not do its work.
struct ProgramError {
  bool not_there = false;  ///< no such program on this machine
  std::string message;     ///< what it said
};

/// The one door to other programs: what draws pictures, say. A parameter, as the file system is.
class Programs {
 public:
  virtual ~Programs() = default;

  /// Runs `command` (the program's name, found where programs are, and its arguments) with `input` as its standard
  /// input; what it writes to its standard output.
  [[nodiscard]] virtual std::variant<std::string, ProgramError> run(const std::vector<std::string>& command,
                                                                    const std::string& input) const = 0;
};

/// A machine without any.
class NoPrograms : public Programs {
 public:
  [[nodiscard]] std::variant<std::string, ProgramError> run(const std::vector<std::string>& /*command*/,
                                                            const std::string& /*input*/) const override {
    return ProgramError{.not_there = true, .message = "no such program"};
  }
};

}  // namespace crenel::base
