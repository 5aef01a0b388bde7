#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/disk_file_system.h"
#include "compiler/base/folders.h"
#include "compiler/base/posix_programs.h"
#include "compiler/cli/run.h"
#include "compiler/cli/waiting.h"
#include "compiler/driver/version.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/server.h"

/// The composition root: the only place of the compiler that knows which backends there are, and the only one that
/// touches the process: arguments, environment, streams, signals.
namespace {

using crenel::cli::ExitCode;

constexpr std::string_view kOurFault =
    "crenel: internal error: this is a fault of crenel, not of your files.\n"
    "Please report the lines above with the output of `crenel --version`, the command, and a file that shows it.\n";

/// Every backend, in the order of everything that names them.
const std::vector<crenel::backend::Backend>& backends() {
  static const std::vector<crenel::backend::Backend> all = {crenel::aws::backend(), crenel::azure::backend()};
  return all;
}

/// Writes all of it; the number of the error, or 0.
int write_out(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

extern "C" void on_fatal_signal(int /*signal*/) {
  write_out(STDERR_FILENO, kOurFault);
  ::_exit(static_cast<int>(ExitCode::OurFault));
}

void handle_signals() {
  // A reader that left (`crenel explain | head`) is no error; the write says EPIPE then.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGABRT, on_fatal_signal);
#ifndef __SANITIZE_ADDRESS__
  // On a stack of its own: the usual one may be what ran out.
  static std::vector<char> stack(std::size_t{64} * 1024);
  stack_t alternative{};
  alternative.ss_sp = stack.data();
  alternative.ss_size = stack.size();
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fatal_signal;
  action.sa_flags = SA_ONSTACK;
  ::sigaction(SIGSEGV, &action, nullptr);
#endif
}

/// A standard stream that the caller closed would lend its number to the next file that is opened, and results would
/// end up in it. Such a stream is replaced by one that refuses everything.
void occupy_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", mode) != descriptor) ::_exit(static_cast<int>(ExitCode::OurFault));
  }
}

/// Standard error is a terminal that knows more than letters.
bool somebody_watches() {
  const char* kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

bool terminal_shows_colors() {
  const char* refused = std::getenv("NO_COLOR");
  return somebody_watches() && (refused == nullptr || *refused == '\0');
}

/// The day that `SOURCE_DATE_EPOCH` names, else the world's; nothing when what it says is no number of seconds.
std::optional<crenel::model::WaiverDate> today() {
  std::chrono::system_clock::time_point now = std::chrono::system_clock::now();
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr) {
    const std::string_view text(epoch);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr std::int64_t kEndOfTime = 253402300799;  // 9999-12-31
    if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > kEndOfTime) return {};
    now = std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
  }
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(now));
  return crenel::model::WaiverDate{.year = static_cast<int>(day.year()),
                                   .month = static_cast<int>(static_cast<unsigned>(day.month())),
                                   .day = static_cast<int>(static_cast<unsigned>(day.day()))};
}

/// The language server, until the client leaves.
int serve(const crenel::base::FileSystem& files, std::optional<crenel::model::WaiverDate> day) {
  const crenel::base::DiskFolders folders;
  crenel::lsp::Server server(files, folders, backends(), day);
  std::string received;
  std::vector<char> piece(std::size_t{64} * 1024);
  while (!server.exit_code()) {
    const ssize_t got = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return static_cast<int>(ExitCode::Errors);  // it left without a word
    received.append(piece.data(), static_cast<std::size_t>(got));
    while (const auto message = crenel::lsp::take_message(received)) {
      for (const auto& answer : server.handle(*message)) {
        if (write_out(STDOUT_FILENO, crenel::lsp::framed(answer)) != 0) return static_cast<int>(ExitCode::Errors);
      }
    }
  }
  return *server.exit_code();
}

int run(const std::vector<std::string>& arguments) {
  crenel::base::DiskFileSystem files;
  const auto day = today();
  if (!day) {
    write_out(STDERR_FILENO, "crenel: SOURCE_DATE_EPOCH is not a number of seconds\n");
    return static_cast<int>(ExitCode::Usage);
  }
  crenel::cli::Waiting waiting([] { return std::chrono::steady_clock::now(); },
                               [](std::string_view text) { write_out(STDERR_FILENO, text); });
  const crenel::cli::Terminal terminal{
      .colors = terminal_shows_colors(), .today = day, .progress = somebody_watches() ? &waiting : nullptr};
  const auto outcome = crenel::cli::run(arguments, terminal, files, backends(), crenel::base::PosixPrograms());
  waiting.clear();
  if (outcome.serve) return serve(files, day);
  const int error = write_out(STDOUT_FILENO, outcome.out);
  write_out(STDERR_FILENO, outcome.err);
  if (error != 0 && error != EPIPE) {
    write_out(STDERR_FILENO, std::string("crenel: standard output cannot be written: ") + std::strerror(error) + "\n");
    return static_cast<int>(ExitCode::Errors);
  }
  return static_cast<int>(outcome.code);
}

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_streams();
  handle_signals();
  try {
    return run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::exception& fault) {
    write_out(STDERR_FILENO,
              std::string("crenel ") + std::string(crenel::driver::version()) + ": " + fault.what() + "\n");
  } catch (...) {
    write_out(STDERR_FILENO, "crenel: an exception without a name\n");
  }
  write_out(STDERR_FILENO, kOurFault);
  return static_cast<int>(ExitCode::OurFault);
}
