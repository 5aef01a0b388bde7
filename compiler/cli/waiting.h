#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/base/progress.h"

namespace crenel::cli {

/// Tells somebody at a terminal what is at hand, in one line that is written over: not before they wonder, and not more
/// often than an eye follows.
class Waiting : public base::Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;
  using Write = std::function<void(std::string_view)>;

  Waiting(Clock clock, Write write) : clock_(std::move(clock)), write_(std::move(write)), last_(clock_()) {}

  void at(std::size_t done, std::size_t all, std::string_view next) override;
  /// Takes the line away, before anything else is written.
  void clear();

 private:
  Clock clock_;
  Write write_;
  std::chrono::steady_clock::time_point last_;
  bool shown_ = false;
};

}  // namespace crenel::cli
