#pragma once

#include "compiler/verify/ask.h"
#include "compiler/verify/compare_blocks.h"

/// Questions about data actions.
namespace crenel::verify {

/// The part of the answer that is about data actions: of a question without actions, every action that a destination
/// takes, except to groups, where packets are meant.
[[nodiscard]] Answer ask_data(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
                              const model::Claim& question);
/// Both parts as one.
[[nodiscard]] Answer together(Answer packets, Answer data);

}  // namespace crenel::verify
