#include "tests/harness/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "tests/harness/files.h"

namespace crenel::tests {
namespace {

constexpr int kCannotStart = 127;

void redirect(int descriptor, const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(kCannotStart);
}

[[noreturn]] void become(std::vector<char*>& arguments, const Surroundings& surroundings, const std::string& out,
                         const std::string& err) {
  redirect(STDOUT_FILENO, out);
  redirect(STDERR_FILENO, err);
  if (!surroundings.folder.empty() && chdir(surroundings.folder.c_str()) != 0) _exit(kCannotStart);
  for (const auto& [name, value] : surroundings.variables) setenv(name.c_str(), value.c_str(), 1);
  execv(arguments.front(), arguments.data());
  _exit(kCannotStart);
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

Outcome run(const std::vector<std::string>& command, const Surroundings& surroundings) {
  // Files, not pipes: a program that says much on both never waits for its reader.
  const ScratchFolder scratch;
  const std::string out = scratch / "out";
  const std::string err = scratch / "err";
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  const auto started = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot start " + command.front());
  if (child == 0) become(arguments, surroundings, out, err);
  int status = 0;
  rusage used{};
  while (wait4(child, &status, 0, &used) < 0) {
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
  return {.exit_code = code_of(status),
          .out = read_text(out),
          .err = read_text(err),
          .milliseconds = took.count(),
          .peak_bytes = static_cast<std::size_t>(used.ru_maxrss) * 1024};
}

std::filesystem::path crenel_program() { return CRENEL_BINARY; }

Outcome run_crenel(std::vector<std::string> arguments, const Surroundings& surroundings) {
  arguments.insert(arguments.begin(), CRENEL_BINARY);
  return run(arguments, surroundings);
}

}  // namespace crenel::tests
