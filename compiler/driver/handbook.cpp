#include "compiler/driver/handbook.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "compiler/diagnostics/file_errors.h"
#include "compiler/driver/certificate.h"
#include "compiler/driver/graph.h"
#include "compiler/driver/handbook_page.h"
#include "compiler/driver/picture.h"
#include "compiler/driver/site.h"
#include "compiler/syntax/parser.h"

namespace crenel::driver {
namespace {

using PathAndText = std::pair<std::string, std::string>;

/// What pages say that a design does not: it is in the declarations.
struct Declarations {
  struct Found {
    std::string module;
    std::vector<HandbookParameter> parameters;
  };
  HandbookTitle title;
  std::map<std::string, Found> patterns;
};

std::string text_of(const base::Sources& sources, const syntax::Expr* expression) {
  return expression == nullptr ? "" : std::string(sources.text(expression->span));
}

void read_handbook(const syntax::Handbook& handbook, const std::string& doc, HandbookTitle& title) {
  title.title = handbook.title.text;
  title.doc = doc;
  for (const auto& property : handbook.properties) {
    const auto* text = std::get_if<syntax::TextLiteral>(&property.value->node);
    if (text == nullptr) continue;
    if (property.name.text == "version") title.version = text->text;
    if (property.name.text == "owner") title.owner = text->text;
  }
}

Declarations read_declarations(const base::Sources& sources) {
  Declarations out;
  for (const auto id : sources.ids()) {
    diagnostics::Diagnostics said_already;
    const auto file = syntax::parse(sources, id, said_already);
    for (const auto& item : file.items) {
      if (const auto* handbook = std::get_if<syntax::Handbook>(&item.node))
        read_handbook(*handbook, item.doc, out.title);
      const auto* pattern = std::get_if<syntax::Pattern>(&item.node);
      if (pattern == nullptr) continue;
      Declarations::Found found{.module = sources[id].path, .parameters = {}};
      found.parameters.reserve(pattern->parameters.size());
      for (const auto& parameter : pattern->parameters) {
        found.parameters.push_back({.name = parameter.name.text,
                                    .type = std::string(sources.text(parameter.type.span)),
                                    .default_value = text_of(sources, parameter.default_value.get()),
                                    .doc = parameter.doc});
      }
      out.patterns.emplace(pattern->name.text, std::move(found));
    }
  }
  return out;
}

/// One target's page, with its templates and certificates among the files. Nothing after an error.
std::optional<HandbookPage> page_of(Compilation& compilation, const Job& job, const Declarations& declarations,
                                    const base::Programs& programs, const std::string& folder,
                                    std::vector<PathAndText>& files) {
  auto compiled = compilation.compile(job, backend::Format::Json);
  if (!compiled || compilation.diagnostics().has_errors()) return std::nullopt;
  auto picture = draw(to_dot(picture_of(compiled->design)), programs, compilation.diagnostics());
  if (!picture) return std::nullopt;
  HandbookPage page{.name = job.target.name,
                    .module = {},
                    .picture = std::move(*picture),
                    .design = {},
                    .report = {},
                    .parameters = {},
                    .templates = {},
                    .rules = {},
                    .waivers = {}};
  if (const auto found = declarations.patterns.find(page.name); found != declarations.patterns.end()) {
    page.module = found->second.module;
    page.parameters = found->second.parameters;
  }
  for (auto& product : compiled->products) {
    const std::string stem = fmt::format("templates/{}.{}", page.name, product.backend->name);
    const auto deciding =
        product.read_back ? std::optional(verify::deciding(design_of(*compiled, product), product.read_back->estate))
                          : std::nullopt;
    const std::string certificate_text =
        certificate(compilation, {.target = job.target.name,
                                  .provider = product.backend->name,
                                  .template_file = fmt::format("{}.{}.json", page.name, product.backend->name),
                                  .design = design_of(*compiled, product),
                                  .report = compiled->report,
                                  .policies = compiled->policies,
                                  .policy_report = compiled->policy_report,
                                  .artifact = product.artifact,
                                  .read_back = product.read_back ? &*product.read_back : nullptr,
                                  .deciding = deciding ? &*deciding : nullptr});
    files.emplace_back(folder + stem + ".json", product.artifact.text);
    files.emplace_back(folder + stem + ".certificate.json", certificate_text);
    page.templates.push_back({.provider = std::string(product.backend->name),
                              .provider_title = std::string(product.backend->title),
                              .template_file = stem + ".json",
                              .certificate_file = stem + ".certificate.json",
                              .artifact = std::move(product.artifact)});
  }
  for (std::size_t i = 0; i < compiled->policies.rules.size(); ++i)
    page.rules.push_back({.rule = compiled->policies.rules[i],
                          .verdict = std::string(verify::word(compiled->policy_report.rules.at(i)))});
  for (std::size_t i = 0; i < compiled->policies.waivers.size(); ++i) {
    const auto& waiver = compiled->policies.waivers[i];
    page.waivers.push_back({.waiver = waiver,
                            .covers = std::string(compilation.sources().text(waiver.covers_span)),
                            .used = compiled->policy_report.waivers.at(i).used});
  }
  page.design = std::move(compiled->design);
  page.report = std::move(compiled->report);
  return page;
}

}  // namespace

std::vector<std::string> handbook(Compilation& compilation, const std::string& folder, const base::Programs& programs) {
  compilation.load();
  compilation.check_declarations();
  const auto jobs = compilation.jobs(false);
  if (compilation.diagnostics().has_errors()) return {};
  const Declarations declarations = read_declarations(compilation.sources());
  const std::string prefix = folder.empty() || folder == "." ? "" : folder + (folder.ends_with('/') ? "" : "/");
  std::vector<PathAndText> files;
  std::vector<HandbookPage> pages;
  for (const auto& job : jobs) {
    if (auto page = page_of(compilation, job, declarations, programs, prefix, files)) pages.push_back(std::move(*page));
  }
  if (compilation.diagnostics().has_errors()) return {};
  files.emplace_back(prefix + "index.html", start_page(declarations.title, pages));
  for (const auto& page : pages)
    files.emplace_back(prefix + page.name + ".html", pattern_page(declarations.title, page));
  files.emplace_back(prefix + "style.css", *site_file("style"));
  files.emplace_back(prefix + "script.js", *site_file("script"));
  if (const auto error = compilation.files().write_all(files)) {
    diagnostics::report_unwritten(compilation.diagnostics(), *error);
    return {};
  }
  std::vector<std::string> out;
  out.reserve(files.size());
  for (const auto& [path, text] : files) out.push_back(path);
  return out;
}

}  // namespace crenel::driver
