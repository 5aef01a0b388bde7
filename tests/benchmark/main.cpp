#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "tests/benchmark/phases.h"
#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Prints where the time goes for one pattern, and how time and memory grow with a handbook. See README.md.
///   crenel_benchmark                     everything
///   crenel_benchmark --growth PATTERNS   one size: "milliseconds phase" a line, for the run above
namespace {

using namespace crenel::tests;

constexpr int kRepeats = 20;
constexpr double kMegabyte = 1024.0 * 1024.0;

const std::string& one_pattern() {
  static const std::string source =
      "import std/patterns/private_network { private_network }\n"
      "handbook \"One\" {\n  providers = [aws, azure]\n  patterns = [private_network]\n}\n";
  return source;
}

/// Of several runs of the same phases, the best of each.
std::vector<Phase> best(const std::vector<std::vector<Phase>>& runs) {
  std::vector<Phase> phases = runs.front();
  for (const auto& run : runs) {
    for (std::size_t at = 0; at < phases.size(); ++at) {
      phases[at].milliseconds = std::min(phases[at].milliseconds, run[at].milliseconds);
    }
  }
  return phases;
}

double sum(const std::vector<Phase>& phases) {
  double all = 0;
  for (const Phase& phase : phases) all += phase.milliseconds;
  return all;
}

void print_phases_of_one_pattern() {
  const crenel::base::MemoryFileSystem files({{"/one.crenel", one_pattern()}});
  std::vector<std::vector<Phase>> runs;
  for (int i = 0; i < kRepeats; ++i) runs.push_back(time_phases(files, "one.crenel"));
  fmt::print("One pattern (std/patterns/private_network) for both providers, warm, milliseconds\n");
  for (const Phase& phase : best(runs)) fmt::print("  {:<32}{:>9.3f}\n", phase.name, phase.milliseconds);
  fmt::print("  of these the first run: {:.3f} in all\n\n", sum(runs.front()));
}

void print_whole_process() {
  const ScratchFolder folder;
  write_text(folder / "one.crenel", one_pattern());
  double fastest = 0;
  std::size_t peak = 0;
  for (int i = 0; i < kRepeats; ++i) {
    const Outcome outcome =
        crenel::tests::run_crenel({"build", "-q", "one.crenel", "-o", fmt::format("out{}", i)}, {folder.path(), {}});
    if (outcome.exit_code != 0) {
      fmt::print(stderr, "{}", outcome.err);
      return;
    }
    fastest = i == 0 ? outcome.milliseconds : std::min(fastest, outcome.milliseconds);
    peak = std::max(peak, outcome.peak_bytes);
  }
  fmt::print("The whole process, four files written: {:.1f} ms, {:.1f} MB at most (goal: 10 ms, 32 MB)\n\n", fastest,
             static_cast<double>(peak) / kMegabyte);
}

struct Measured {
  int patterns = 0;
  std::vector<Phase> phases;
  double megabytes = 0;
};

/// In a process of its own: a peak of memory never falls again.
Measured measure(const std::string& program, int patterns) {
  const Outcome outcome = run({program, "--growth", std::to_string(patterns)});
  Measured measured{
      .patterns = patterns, .phases = {}, .megabytes = static_cast<double>(outcome.peak_bytes) / kMegabyte};
  for (const std::string& line : lines_of(outcome.out)) {
    std::istringstream in(line);
    Phase phase;
    in >> phase.milliseconds >> std::ws;
    std::getline(in, phase.name);
    measured.phases.push_back(phase);
  }
  if (outcome.exit_code != 0) fmt::print(stderr, "{}", outcome.err);
  return measured;
}

double exponent(double small, double large, double factor) { return std::log(large / small) / std::log(factor); }

void print_row(const std::string& name, const std::vector<double>& values, double factor) {
  fmt::print("  {:<32}", name);
  for (const double value : values) fmt::print("{:>12.1f}", value);
  for (std::size_t at = 1; at < values.size(); ++at) {
    fmt::print("{:>8.2f}", exponent(values[at - 1], values[at], factor));
  }
  fmt::print("\n");
}

void print_growth(const std::string& program) {
  constexpr double kFactor = 10;
  std::vector<Measured> sizes;
  for (const int patterns : {100, 1'000, 10'000}) sizes.push_back(measure(program, patterns));
  fmt::print(
      "Growth: milliseconds for a handbook of so many patterns, two providers each, and the exponents between\n");
  fmt::print("  {:<32}", "patterns");
  for (const Measured& size : sizes) fmt::print("{:>12}", size.patterns);
  fmt::print("\n");
  for (std::size_t at = 0; at < sizes.front().phases.size(); ++at) {
    std::vector<double> values;
    for (const Measured& size : sizes) values.push_back(size.phases.at(at).milliseconds);
    print_row(sizes.front().phases[at].name, values, kFactor);
  }
  std::vector<double> totals;
  std::vector<double> memory;
  for (const Measured& size : sizes) {
    totals.push_back(sum(size.phases) - size.phases.front().milliseconds);
    memory.push_back(size.megabytes);
  }
  print_row("all but `parse alone`", totals, kFactor);
  print_row("peak memory, MB", memory, kFactor);
  const Measured& largest = sizes.back();
  fmt::print("\nAt {} patterns everything takes {:.1f} times as long as parsing alone (goal: 3 times)\n",
             largest.patterns, totals.back() / largest.phases.front().milliseconds);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() == 3 && words[1] == "--growth") {
    for (const Phase& phase : time_phases(large_handbook(std::stoi(words[2])), "handbook.crenel")) {
      fmt::print("{} {}\n", phase.milliseconds, phase.name);
    }
    return 0;
  }
  print_phases_of_one_pattern();
  print_whole_process();
  print_growth("/proc/self/exe");
  return 0;
}
