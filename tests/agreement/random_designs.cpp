#include "tests/agreement/random_designs.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <set>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/driver/compilation.h"
#include "tests/agreement/agreement.h"

namespace crenel::agreement {
namespace {

constexpr std::size_t kMostReported = 12;
constexpr int kMostRounds = 12;
constexpr const char* kPath = "/drawn.crenel";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char each : text) {
    if (each == '\n') {
      out.emplace_back();
    } else {
      out.back() += each;
    }
  }
  return out;
}

/// Without the lines in which something is wrong. Nothing when that is where a design begins or ends.
std::optional<std::string> without(const std::string& text, const std::set<std::size_t>& wrong) {
  const std::vector<std::string> lines = lines_of(text);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!wrong.contains(i)) {
      out += lines[i] + "\n";
      continue;
    }
    const bool holds_more = lines[i].ends_with("{") || lines[i].find("space = ") != std::string::npos;
    if (holds_more || lines[i].find('}') == 0) return std::nullopt;
  }
  out.pop_back();
  return out;
}

class Designs {
 public:
  Designs(std::string_view provider, std::uint64_t seed)
      : backends_{provider == "aws" ? aws::backend() : azure::backend()}, random_(seed) {}

  DesignsOutcome run(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      ++out_.drawn;
      std::optional<std::string> text = draw_design(backends_.front().name, random_);
      for (int round = 0; text && round < kMostRounds; ++round) {
        std::set<std::size_t> wrong;
        if (build(*text, wrong)) break;
        text = wrong.empty() ? std::nullopt : without(*text, wrong);
      }
    }
    return std::move(out_);
  }

 private:
  void fault(const std::string& what, const std::string& text) {
    if (out_.faults.size() < kMostReported) out_.faults.push_back(what + "\n" + text);
  }

  /// Whether there is nothing to take out: it was built, or it is at fault.
  bool build(const std::string& text, std::set<std::size_t>& wrong) {
    base::MemoryFileSystem files;
    files.put(kPath, text);
    driver::Request request;
    request.files = {kPath};
    driver::Compilation compilation(files, backends_, request);
    compilation.load();
    std::optional<driver::Compiled> compiled;
    for (const auto& job : compilation.jobs(true)) compiled = compilation.compile(job, backend::Format::Json);
    if (driver::is_our_fault(compilation.diagnostics())) {
      std::string said;
      for (const auto& one : compilation.diagnostics().all()) said += one.message + "\n";
      fault("NOT PROVED: " + said, text);
      return true;
    }
    for (const auto& one : compilation.diagnostics().all()) {
      if (one.severity != diagnostics::Severity::Error) continue;
      ++out_.refused[std::string(one.code)];
      if (!one.span.valid()) continue;
      const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(one.span.begin, text.size()));
      wrong.insert(static_cast<std::size_t>(std::count(text.begin(), end, '\n')));
    }
    if (compilation.diagnostics().has_errors()) return false;
    if (!compiled || compiled->products.size() != 1) {
      fault("NOT BUILT, and nothing is said", text);
      return true;
    }
    judge(*compiled, text);
    return true;
  }

  void judge(const driver::Compiled& compiled, const std::string& text) {
    const auto& product = compiled.products.front();
    const model::Design& design = driver::design_of(compiled, product);
    ++out_.built;
    out_.flows += design.flows.size();
    out_.data_flows += design.data_flows.size();
    try {
      const Outcome outcome = agree(design, product.backend->name, product.artifact.text);
      out_.packets += outcome.packets;
      out_.admitted += outcome.admitted;
      if (outcome.disagreements.empty()) return;
      std::string said;
      for (const std::string& each : outcome.disagreements) said += each + "\n";
      fault(said, text);
    } catch (const std::exception& refused) {
      fault(std::string("NOT READ by the interpreter: ") + refused.what(), text);
    }
  }

  std::vector<backend::Backend> backends_;
  Random random_;
  DesignsOutcome out_;
};

}  // namespace

DesignsOutcome agree_on_designs(std::string_view provider, std::uint64_t count, std::uint64_t seed) {
  return Designs(provider, seed).run(count);
}

}  // namespace crenel::agreement
