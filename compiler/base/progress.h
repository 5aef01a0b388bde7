#pragma once

#include <cstddef>
#include <string_view>

namespace crenel::base {

/// Who is told how far long work has come: a person who waits. A part of the world, as the file system is; nothing that
/// is made depends on it.
class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;
  virtual ~Progress() = default;

  /// `done` of `all` are finished, and `next` is at hand.
  virtual void at(std::size_t done, std::size_t all, std::string_view next) = 0;
};

}  // namespace crenel::base
