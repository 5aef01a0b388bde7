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
#include "tests/agreement/aws_data.h"
#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/azure_data.h"
#include "tests/agreement/declared_data.h"
#include "tests/harness/files.h"

namespace crenel::agreement {
namespace {

constexpr std::size_t kMostReported = 12;
constexpr int kMostRounds = 12;
constexpr const char* kPath = "/drawn.crenel";

/// Without the lines in which something is wrong. Nothing when that is where a design begins or ends.
std::optional<std::string> without(const std::string& text, const std::set<std::size_t>& wrong) {
  const std::vector<std::string> lines = tests::lines_of(text);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!wrong.contains(i)) {
      out += lines[i] + "\n";
      continue;
    }
    const bool holds_more = lines[i].ends_with("{") || lines[i].find("space = ") != std::string::npos;
    if (holds_more || lines[i].find('}') == 0) return std::nullopt;
  }
  return out;
}

/// What becomes of one program.
struct Judged {
  std::set<std::size_t> wrong;                      ///< lines that are refused
  std::map<std::string, std::size_t> refused = {};  ///< by the code of the diagnostic
  std::string fault = {};                           ///< of the compiler's or of an interpreter's; "" none
  bool built = false;
  std::size_t flows = 0, data_flows = 0;
  Outcome outcome = {};
};

/// What somebody could do with a service otherwise than declared, or cannot do.
std::string of_data(const model::Design& design, std::string_view provider, const std::string& text) {
  if (design.data_flows.empty()) return "";
  const auto document = nlohmann::json::parse(text);
  const Assignment assignment = data_assignments(design).front();
  const ParameterValues values = for_template(assignment, names_left_open(document));
  const DataInterpreter cloud = provider == "aws" ? aws_data(document, values) : azure_data(document, values);
  const std::string found = first_difference(DeclaredData(design, assignment, cloud), cloud);
  return found.empty() ? "" : found + "\n";
}

class Judge {
 public:
  explicit Judge(std::string_view provider) : backends_{provider == "aws" ? aws::backend() : azure::backend()} {}

  [[nodiscard]] Judged judge(const std::string& text) const {
    base::MemoryFileSystem files;
    files.put(kPath, text);
    driver::Request request;
    request.files = {kPath};
    driver::Compilation compilation(files, backends_, request);
    compilation.load();
    std::optional<driver::Compiled> compiled;
    for (const auto& job : compilation.jobs(true)) compiled = compilation.compile(job, backend::Format::Json);
    Judged out = refusals(compilation.diagnostics(), text);
    if (!out.fault.empty() || compilation.diagnostics().has_errors()) return out;
    if (!compiled || compiled->products.size() != 1) {
      out.fault = "NOT BUILT, and nothing is said\n";
    } else {
      ask(*compiled, out);
    }
    return out;
  }

  /// The smallest program with a fault of the kind that taking out lines comes to.
  [[nodiscard]] std::string smallest(std::string text, const std::string& fault) const {
    for (bool smaller = true; smaller;) {
      smaller = false;
      for (std::size_t i = tests::lines_of(text).size(); i-- > 0;) {
        const auto candidate = without(text, {i});
        if (!candidate || kind_of(judge(*candidate).fault) != kind_of(fault)) continue;
        text = *candidate;
        smaller = true;
      }
    }
    return text;
  }

 private:
  static std::string kind_of(const std::string& fault) { return fault.substr(0, fault.find(' ')); }

  static Judged refusals(const diagnostics::Diagnostics& said, const std::string& text) {
    Judged out;
    if (driver::is_our_fault(said)) out.fault = "UNPROVED ";
    for (const auto& one : said.all()) {
      if (one.severity != diagnostics::Severity::Error) continue;
      if (!out.fault.empty()) out.fault += one.message + "\n";
      ++out.refused[std::string(one.code)];
      if (!one.span.valid()) continue;
      const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(one.span.begin, text.size()));
      out.wrong.insert(static_cast<std::size_t>(std::count(text.begin(), end, '\n')));
    }
    return out;
  }

  static void ask(const driver::Compiled& compiled, Judged& out) {
    const auto& product = compiled.products.front();
    const model::Design& design = driver::design_of(compiled, product);
    out.built = true;
    out.flows = design.flows.size();
    out.data_flows = design.data_flows.size();
    try {
      out.outcome = agree(design, product.backend->name, product.artifact.text);
      for (const std::string& each : out.outcome.disagreements) out.fault += each + "\n";
      if (out.fault.empty()) out.fault = of_data(design, product.backend->name, product.artifact.text);
    } catch (const std::exception& refused) {
      out.fault = std::string("UNREAD by the interpreter: ") + refused.what() + "\n";
    }
  }

  std::vector<backend::Backend> backends_;
};

/// Takes out what is refused until the rest is built, or nothing is left. The program as it is then.
std::optional<std::string> settle(const Judge& judge, std::string text, DesignsOutcome& out) {
  for (int round = 0; round < kMostRounds; ++round) {
    const Judged found = judge.judge(text);
    if (found.fault.empty() || found.built) {
      for (const auto& [code, lines] : found.refused) out.refused[code] += lines;
    }
    out.built += found.built ? 1 : 0;
    out.flows += found.flows;
    out.data_flows += found.data_flows;
    out.packets += found.outcome.packets;
    out.admitted += found.outcome.admitted;
    if (!found.fault.empty()) {
      if (out.faults.size() < kMostReported) {
        const std::string least = judge.smallest(text, found.fault);
        out.faults.push_back(judge.judge(least).fault + least);
      }
      return text;
    }
    if (found.built) return text;
    auto rest = found.wrong.empty() ? std::nullopt : without(text, found.wrong);
    if (!rest) return std::nullopt;
    text = std::move(*rest);
  }
  return std::nullopt;
}

}  // namespace

DesignsOutcome agree_on_design(std::string_view provider, const std::string& text) {
  DesignsOutcome out;
  out.drawn = 1;
  settle(Judge(provider), text, out);
  return out;
}

DesignsOutcome agree_on_designs(std::string_view provider, std::uint64_t count, std::uint64_t seed) {
  const Judge judge(provider);
  Random random(seed);
  DesignsOutcome out;
  for (; out.drawn < count; ++out.drawn) settle(judge, draw_design(provider, random), out);
  return out;
}

}  // namespace crenel::agreement
