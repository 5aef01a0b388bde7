#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "tests/fuzz/mutate.h"
#include "tests/harness/files.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

/// A fuzzer without libFuzzer: the project's own files, each changed again and again, and the same way every time.
///
///     fuzz_language                     a fixed number of inputs
///     fuzz_language --inputs 100000 --seed 7
///     fuzz_language --seed 7 --only 4711 [--print]     the input that went wrong
namespace {

using crenel::fuzz::Mutator;
using crenel::fuzz::target;

constexpr std::size_t kMostBytes = 256 * 1024;
constexpr int kMostSeconds = 20;  // of computing, for one input, sanitized and on a slow machine

/// The number of the input that runs, as text: read by handlers of signals.
std::array<char, 64> running{};

extern "C" void tell_input() { (void)!::write(STDERR_FILENO, running.data(), std::strlen(running.data())); }

extern "C" void on_signal(int signal) {
  if (signal == SIGPROF) (void)!::write(STDERR_FILENO, "too slow\n", 9);
  tell_input();
  ::_exit(1);
}

struct Options {
  std::uint64_t inputs = 1000;
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> only;
  bool print = false;
};

std::optional<Options> options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--print") {
      options.print = true;
      continue;
    }
    std::uint64_t number = 0;
    if (++i >= argc) return std::nullopt;
    const std::string_view text = argv[i];
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return std::nullopt;
    if (flag == "--inputs") {
      options.inputs = number;
    } else if (flag == "--seed") {
      options.seed = number;
    } else if (flag == "--only") {
      options.only = number;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

std::vector<std::string> seeds() {
  std::vector<std::string> texts;
  for (crenel::tests::ProjectFile& file : crenel::tests::project_files()) {
    if (target().is_seed(file.path)) texts.push_back(std::move(file.text));
  }
  return texts;
}

/// The first are the seeds as they are.
std::string input(const std::vector<std::string>& texts, std::uint64_t seed, std::uint64_t number) {
  if (number < texts.size()) return texts[number];
  std::mt19937_64 choice(seed * 0x9E3779B97F4A7C15U + number);
  const std::string& text = texts[choice() % texts.size()];
  const std::string& other = texts[choice() % texts.size()];
  return Mutator(target(), choice()).mutate(text, other, kMostBytes);
}

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Computing time, so that a busy machine is no fault.
void allow_seconds(int most) {
  const itimerval limit{.it_interval = {}, .it_value = {.tv_sec = most, .tv_usec = 0}};
  ::setitimer(ITIMER_PROF, &limit, nullptr);
}

void watch() {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGPROF}) std::signal(signal, on_signal);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_set_death_callback(tell_input);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = options_of(argc, argv);
  if (!options) {
    std::cerr << "usage: " << argv[0] << " [--inputs N] [--seed N] [--only N [--print]]\n";
    return 2;
  }
  const std::vector<std::string> texts = seeds();
  if (texts.empty()) {
    std::cerr << "there is nothing to start from\n";
    return 2;
  }
  watch();
  double slowest = 0;
  std::uint64_t slowest_input = 0;
  const std::uint64_t first = options->only.value_or(0);
  const std::uint64_t end = options->only ? first + 1 : options->inputs;
  for (std::uint64_t number = first; number < end; ++number) {
    const std::string text = input(texts, options->seed, number);
    if (options->print) std::cout << text;
    std::strncpy(
        running.data(),
        ("in input --seed " + std::to_string(options->seed) + " --only " + std::to_string(number) + "\n").c_str(),
        running.size() - 1);
    const double before = seconds();
    allow_seconds(kMostSeconds);
    target().run(text);
    allow_seconds(0);
    if (seconds() - before > slowest) {
      slowest = seconds() - before;
      slowest_input = number;
    }
  }
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  std::cerr << target().name << ": " << end - first << " inputs from " << texts.size() << " seeds; the slowest took "
            << slowest << " s (--only " << slowest_input << "); " << usage.ru_maxrss / 1024 << " MB at most\n";
  return 0;
}
