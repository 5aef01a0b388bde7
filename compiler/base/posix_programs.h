#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/base/programs.h"

namespace crenel::base {

/// The programs of this machine, by POSIX calls.
class PosixPrograms : public Programs {
 public:
  [[nodiscard]] std::variant<std::string, ProgramError> run(const std::vector<std::string>& command,
                                                            const std::string& input) const override;
};

}  // namespace crenel::base
