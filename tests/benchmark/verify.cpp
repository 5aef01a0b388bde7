#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/folders.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/driver/compilation.h"
#include "compiler/lsp/server.h"
#include "compiler/verify/compare.h"

/// How long a template takes to be read and held against its design, and an edit to be checked again. See README.md.
namespace {

using namespace crenel;
using nlohmann::json;

constexpr int kRepeats = 7;
constexpr std::array<std::size_t, 3> kSizes = {6, 18, 54};  ///< groups
constexpr const char* kFile = "/chain.crenel";

/// Milliseconds of processor time: what else the machine does is left out.
double now() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double exponent(double small, double large, double factor) { return std::log(large / small) / std::log(factor); }

/// Groups in one tier, each of which calls the next: with 90 of them a template of AWS has nearly all the resources
/// that CloudFormation takes. `port`: of the first call.
std::string chain(std::size_t groups, int port) {
  std::string out =
      "pattern chain(image : image) for aws, azure {\n"
      "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n";
  for (std::size_t i = 0; i < groups; ++i) out += fmt::format("  group g{} in main.app {{ image = image }}\n", i);
  for (std::size_t i = 0; i + 1 < groups; ++i) {
    out += fmt::format("  allow g{} -> g{} : tcp/{}\n", i, i + 1, i == 0 ? port : 2000 + static_cast<int>(i));
  }
  return out + "  never internet -> inside\n}\n";
}

const std::vector<backend::Backend>& backends() {
  static const std::vector<backend::Backend> both = {aws::backend(), azure::backend()};
  return both;
}

struct Verified {
  std::string provider;
  std::size_t bytes = 0;
  double lifted = 0;
  double compared = 0;
  bool equal = false;
};

Verified verify(const model::Design& design, const driver::Product& product) {
  Verified out{.provider = std::string(product.backend->name), .bytes = product.artifact.text.size()};
  for (int i = 0; i < kRepeats; ++i) {
    base::Sources sources;
    diagnostics::Diagnostics said;
    auto start = now();
    const auto estate = product.backend->lift(sources, sources.add("template.json", product.artifact.text), said);
    const double lifted = now() - start;
    if (!estate) return out;
    start = now();
    out.equal = verify::compare(design, *estate).equal();
    const double compared = now() - start;
    out.lifted = i == 0 ? lifted : std::min(out.lifted, lifted);
    out.compared = i == 0 ? compared : std::min(out.compared, compared);
  }
  return out;
}

std::vector<Verified> verify_chain(std::size_t groups) {
  base::MemoryFileSystem files({{kFile, chain(groups, 1000)}});
  driver::Compilation compilation(
      files, backends(),
      {.files = {kFile}, .root = "", .providers = {}, .targets = {}, .environments = {}, .bindings = {}});
  compilation.load();
  std::vector<Verified> out;
  for (const auto& job : compilation.jobs(true)) {
    const auto compiled = compilation.compile(job, backend::Format::Json);
    if (!compiled) continue;
    for (const auto& product : compiled->products) {
      out.push_back(verify(driver::design_of(*compiled, product), product));
    }
  }
  for (const auto& each : compilation.diagnostics().all()) fmt::print(stderr, "{}\n", each.message);
  return out;
}

json document(int version, const std::string& text) {
  return {{"uri", std::string("file://") + kFile}, {"languageId", "crenel"}, {"version", version}, {"text", text}};
}

std::string message(const char* method, const json& parameters) {
  return json{{"jsonrpc", "2.0"}, {"method", method}, {"params", parameters}}.dump();
}

/// From the changed text to the diagnostics that an editor shows.
double edit(std::size_t groups) {
  const base::MemoryFileSystem files({{kFile, chain(groups, 1000)}});
  const base::NoFolders folders;
  lsp::Server server(files, folders, backends());
  json first{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "initialize"}, {"params", {{"capabilities", json::object()}}}};
  static_cast<void>(server.handle(first.dump()));
  static_cast<void>(
      server.handle(message("textDocument/didOpen", {{"textDocument", document(1, chain(groups, 1000))}})));
  std::optional<double> best;
  for (int i = 0; i < kRepeats; ++i) {
    const std::string changed =
        message("textDocument/didChange", {{"textDocument", {{"uri", document(0, "")["uri"]}, {"version", i + 2}}},
                                           {"contentChanges", {{{"text", chain(groups, 1001 + i)}}}}});
    const double start = now();
    const auto answers = server.handle(changed);
    const double took = now() - start;
    if (answers.empty()) fmt::print(stderr, "the server says nothing of an edit\n");
    best = best ? std::min(*best, took) : took;
  }
  return *best;
}

}  // namespace

int main() {
  constexpr double kFactor = 3;
  fmt::print("A template read, lifted and held against its design, all pairs and packets (goal: 10 ms)\n");
  std::vector<Verified> before;
  for (const std::size_t groups : kSizes) {
    const std::vector<Verified> all = verify_chain(groups);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Verified& one = all[i];
      fmt::print("  {:<6}{:>4} groups {:>9} bytes: lift {:>8.2f} ms, compare {:>9.2f} ms{}", one.provider, groups,
                 one.bytes, one.lifted, one.compared, one.equal ? "" : ", NOT EQUAL");
      if (i < before.size()) {
        fmt::print(", exponents {:.2f} and {:.2f}", exponent(before[i].lifted, one.lifted, kFactor),
                   exponent(before[i].compared, one.compared, kFactor));
      }
      fmt::print("\n");
    }
    before = all;
  }
  fmt::print("\nOne edited rule, from the changed text to the diagnostics of the language server (goal: 0.1 ms)\n");
  double last = 0;
  for (const std::size_t groups : kSizes) {
    const double took = edit(groups);
    fmt::print("  {:>4} groups: {:>9.2f} ms", groups, took);
    if (last > 0) fmt::print(", exponent {:.2f}", exponent(last, took, kFactor));
    fmt::print("\n");
    last = took;
  }
  return 0;
}
