#include "tests/unit/driver/fake_world.h"

#include <fmt/format.h>

#include "compiler/diagnostics/order.h"

namespace crenel::driver::tests {
namespace {

constexpr diagnostics::DiagnosticKind<std::string> kRefused{"CRN9001", diagnostics::Severity::Error, "refused",
                                                            "`{}` is refused"};

std::optional<backend::Artifact> compile(std::string_view provider, const model::Design& design,
                                         backend::Format format) {
  backend::Artifact artifact;
  artifact.text =
      fmt::format("{} as {} for {}\n", design.name, format == backend::Format::Yaml ? "yaml" : "json", provider);
  artifact.resources = design.groups.size();
  artifact.quotas = {
      {.subject = "web", .quota = "rules", .used = 1, .limit = 60, .adjustable = true, .source = "nowhere"}};
  artifact.residue = {{.subject = "web", .text = "its probes are open"}};
  artifact.assumptions = {"the provider is there"};
  return artifact;
}

std::optional<backend::Artifact> compile_east(const model::Design& design, backend::Format format,
                                              diagnostics::Diagnostics& /*diagnostics*/) {
  return compile("east", design, format);
}

std::optional<backend::Artifact> compile_west(const model::Design& design, backend::Format format,
                                              diagnostics::Diagnostics& diagnostics) {
  if (!design.name.ends_with("_east_only")) return compile("west", design, format);
  diagnostics.report(kRefused, design.groups[model::GroupId(0)].origin.span, design.name);
  return std::nullopt;
}

std::string pattern_with(const std::string& name, const std::string& more) {
  return fmt::format(
      "pattern {}() {{\n"
      "  network main {{ space = 10.0.0.0/16  subnet app : private {{ size = /24 }} }}\n"
      "  group web in main.app {{ image = \"img-1\" }}\n"
      "  group jobs in main.app {{ image = \"img-1\" }}\n"
      "  allow web -> jobs : tcp/8443 because \"work is handed over\"\n"
      "  {}\n"
      "}}\n",
      name, more);
}

}  // namespace

const std::vector<backend::Backend>& fake_backends() {
  static const model::ProviderSchema east{.provider = "east", .attributes = {}};
  static const model::ProviderSchema west{.provider = "west", .attributes = {}};
  static const std::vector<backend::Backend> all = {
      {.name = "east", .title = "East", .schema = &east, .compile = compile_east, .lift = nullptr},
      {.name = "west", .title = "West", .schema = &west, .compile = compile_west, .lift = nullptr}};
  return all;
}

std::string pattern(const std::string& name) { return pattern_with(name, "never jobs -> web"); }
std::string pattern_with_false_claim(const std::string& name) { return pattern_with(name, "never web -> jobs"); }

std::vector<std::string> codes(const Compilation& compilation) {
  std::vector<std::string> out;
  for (const auto& diagnostic : diagnostics::in_reading_order(compilation.diagnostics())) {
    out.emplace_back(diagnostic.code);
  }
  return out;
}

BuildResult build_files(base::MemoryFileSystem& files, const Request& request, const BuildOptions& options) {
  Compilation compilation(files, fake_backends(), request);
  auto built = build(compilation, options);
  return {.built = std::move(built), .codes = codes(compilation)};
}

}  // namespace crenel::driver::tests
