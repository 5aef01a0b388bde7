#include "compiler/base/posix_programs.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

extern "C" {
extern char** environ;
}

namespace crenel::base {
namespace {

struct Closer {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
/// A file without a name, gone when it is closed. Files, not pipes: neither side ever waits for the other.
using Unnamed = std::unique_ptr<std::FILE, Closer>;

ProgramError fault(int number) { return {.not_there = number == ENOENT, .message = std::strerror(number)}; }

std::string all_of(std::FILE* file) {
  std::string out;
  std::array<char, 65536> piece{};
  std::rewind(file);
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), file)) != 0;)
    out.append(piece.data(), got);
  return out;
}

/// The number of the error, or 0.
int spawn(const std::vector<std::string>& command, std::FILE* in, std::FILE* out, std::FILE* err, pid_t& child) {
  std::vector<std::string> copies = command;
  std::vector<char*> arguments;
  arguments.reserve(copies.size() + 1);
  for (auto& copy : copies) arguments.push_back(copy.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(err), STDERR_FILENO);
  const int error = ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

std::variant<std::string, ProgramError> PosixPrograms::run(const std::vector<std::string>& command,
                                                           const std::string& input) const {
  const Unnamed in(std::tmpfile());
  const Unnamed out(std::tmpfile());
  const Unnamed err(std::tmpfile());
  if (in == nullptr || out == nullptr || err == nullptr) return fault(errno);
  if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() || std::fflush(in.get()) != 0)
    return fault(errno);
  std::rewind(in.get());
  pid_t child = 0;
  if (const int error = spawn(command, in.get(), out.get(), err.get(), child); error != 0) return fault(error);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fault(errno);
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return all_of(out.get());
  std::string said = all_of(err.get());
  while (said.ends_with('\n')) said.pop_back();
  return ProgramError{.not_there = false, .message = said.empty() ? "it failed without a word" : said};
}

}  // namespace crenel::base
