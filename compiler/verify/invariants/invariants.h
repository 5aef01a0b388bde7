#pragma once

#include <array>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

/// What every design keeps, whatever it claims: one file each in this folder, one line each in the table.
namespace crenel::verify {

struct Invariant {
  std::string_view id;
  std::string_view title;  ///< what holds, in one sentence
  void (*check)(const model::Design& design, diagnostics::Diagnostics& diagnostics);
};

void check_immutable_without_login(const model::Design& design, diagnostics::Diagnostics& diagnostics);

inline constexpr std::array kInvariants = {
    Invariant{"immutable_without_login", "Nobody logs in to a member of an immutable group.",
              check_immutable_without_login},
};

}  // namespace crenel::verify
