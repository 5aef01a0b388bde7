#include "compiler/cli/waiting.h"

#include <fmt/format.h>

namespace crenel::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBeforeTheFirst{700};
constexpr milliseconds kBetween{100};
constexpr std::size_t kNameWidth = 48;                 // with the rest, less than the 80 columns of a narrow terminal
constexpr std::string_view kOverTheLine = "\r\x1b[K";  // to its beginning, and nothing of it is left (ECMA-48, EL)

}  // namespace

void Waiting::at(std::size_t done, std::size_t all, std::string_view next) {
  const auto now = clock_();
  if (now - last_ < (shown_ ? kBetween : kBeforeTheFirst)) return;
  last_ = now;
  shown_ = true;
  write_(fmt::format("{}[{}/{}] {}", kOverTheLine, done, all, next.substr(0, kNameWidth)));
}

void Waiting::clear() {
  if (shown_) write_(kOverTheLine);
  shown_ = false;
}

}  // namespace crenel::cli
