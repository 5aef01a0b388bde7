#include "tests/mutation/judgement.h"

#include <algorithm>
#include <exception>

#include "compiler/base/memory_file_system.h"
#include "compiler/driver/compilation.h"
#include "compiler/verify/compare.h"
#include "tests/harness/files.h"
#include "tests/mutation/interpreted.h"

namespace crenel::mutation {
namespace {

using verify::Difference;

bool has_templates(std::string_view path) {
  const bool in_folder = path.starts_with("stdlib/patterns/") || path.starts_with("examples/") ||
                         path.starts_with("tests/agreement/programs/") || path.starts_with("tests/golden/");
  return path.ends_with(".crenel") && in_folder && path.find("/error_") == std::string_view::npos;
}

using Interpreter = std::string (*)(const model::Design&, std::string_view, const std::string&);

/// The interpreters know less than the compiler writes.
Judgement interpreted(const Specimen& specimen, const std::string& text, Interpreter interpreter,
                      const std::string& excuse) {
  if (!excuse.empty()) return {.fate = Fate::Unjudged, .text = excuse, .excused = true};
  try {
    std::string found = interpreter(specimen.design, specimen.backend->name, text);
    if (found.empty()) return {.fate = Fate::Same, .text = ""};
    return {.fate = Fate::Missed, .text = std::move(found)};
  } catch (const std::exception& fault) {
    return {.fate = Fate::Unjudged, .text = fault.what()};
  }
}

std::string unjudged(const Specimen& specimen, Interpreter interpreter) {
  const Judgement said = interpreted(specimen, specimen.text, interpreter, "");
  return said.fate == Fate::Same ? "" : said.text;
}

Judgement reported(const std::vector<Difference>& differences) {
  for (const Difference& each : differences) {
    const bool decided = each.kind == Difference::Kind::Wider || each.kind == Difference::Kind::Narrower;
    if (!decided) continue;
    const std::string sort = each.kind == Difference::Kind::Wider ? "wider: " : "narrower: ";
    return {.fate = each.packet.empty() ? Fate::Mute : Fate::Reported, .text = sort + each.packet};
  }
  for (const Difference& each : differences) {
    if (each.kind == Difference::Kind::Undecided) {
      return {.fate = each.why.empty() ? Fate::Mute : Fate::Undecided, .text = each.why};
    }
  }
  return {.fate = differences.front().from.empty() ? Fate::Mute : Fate::Unmatched, .text = differences.front().from};
}

/// The path of the rule that the mutant is a change of; empty when it is of no rule.
std::string rule_of(const Mutant& mutant) {
  for (const std::string_view list : {"/securityRules/", "/SecurityGroupIngress/", "/SecurityGroupEgress/"}) {
    const std::size_t at = mutant.path.find(list);
    if (at != std::string::npos) return mutant.path.substr(0, mutant.path.find('/', at + list.size()));
  }
  const bool whole = mutant.type == "AWS::EC2::SecurityGroupIngress" ||
                     mutant.type == "AWS::EC2::SecurityGroupEgress" || mutant.type == "AWS::EC2::NetworkAclEntry" ||
                     mutant.type == "AWS::EC2::Route";
  constexpr std::string_view kResources = "/Resources/";
  return whole ? mutant.path.substr(0, mutant.path.find('/', kResources.size())) : "";
}

/// `about_data`: what changed says who uses which service, whatever becomes of packets.
Judgement judge_text(const Specimen& specimen, const std::string& text, bool about_data) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto estate = specimen.backend->lift(sources, sources.add("template", text), diagnostics);
  if (!estate) {
    const auto& all = diagnostics.all();
    return {.fate = all.empty() ? Fate::Mute : Fate::Refused, .text = all.empty() ? "" : all.front().message};
  }
  const auto comparison = verify::compare(specimen.design, *estate);
  if (!comparison.equal()) return reported(comparison.differences);
  Judgement packets = interpreted(specimen, text, disagreement, specimen.unjudged);
  if (packets.fate == Fate::Missed) return packets;
  Judgement data = interpreted(specimen, text, disagreement_of_data, specimen.data_unjudged);
  // What is about data is judged as such, or nobody has judged it.
  if (about_data) data.excused = false;
  if (data.fate == Fate::Missed || about_data) return data;
  // Where packets were judged, who uses what may still be open; a template without services has nothing to judge.
  return packets.fate == Fate::Unjudged || data.excused ? packets : data;
}

/// Of a resource that the design has in the provider's own words: it stands outside the model.
bool is_in_own_words(const Specimen& specimen, const Json& document, const Mutant& mutant) {
  const std::size_t kind = mutant.path.find('/', 1);
  const std::string resource = mutant.path.substr(kind + 1, mutant.path.find('/', kind + 1) - kind - 1);
  const bool by_name = specimen.backend->name == "azure";
  const auto name = by_name ? document.at("resources").at(std::stoul(resource)).value("name", "") : resource;
  const auto& all = specimen.design.verbatims;
  return std::any_of(all.begin(), all.end(), [&](const model::Verbatim& each) {
    return each.provider == specimen.backend->name && each.resource == name;
  });
}

}  // namespace

std::vector<Specimen> specimens(const std::vector<backend::Backend>& backends, const std::string& wanted) {
  std::vector<Specimen> out;
  base::MemoryFileSystem files;
  std::vector<std::string> programs;
  for (const auto& file : tests::project_files()) {
    files.put("/" + file.path, file.text);  // programs name code of their own, too
    if (file.path.ends_with(".crenel") && has_templates(file.path)) programs.push_back(file.path);
  }
  const bool by_path = wanted.find(' ') == std::string::npos;
  for (const std::string& path : programs) {
    if (by_path && path.find(wanted) == std::string::npos) continue;
    driver::Request request;
    request.files = {"/" + path};
    driver::Compilation compilation(files, backends, request);
    compilation.load();
    for (const auto& job : compilation.jobs(true)) {
      auto compiled = compilation.compile(job, backend::Format::Json);
      if (!compiled) continue;
      for (auto& product : compiled->products) {
        std::string name = path;
        name.append(": ").append(compiled->design.name).append(" on ").append(product.backend->name);
        if (name.find(wanted) == std::string::npos) continue;
        out.push_back({.name = std::move(name),
                       .backend = product.backend,
                       .design = driver::design_of(*compiled, product),
                       .text = std::move(product.artifact.text),
                       .unjudged = {},
                       .data_unjudged = {}});
        out.back().unjudged = unjudged(out.back(), disagreement);
        out.back().data_unjudged = unjudged(out.back(), disagreement_of_data);
      }
    }
  }
  return out;
}

std::string_view word(Fate fate) {
  switch (fate) {
    case Fate::Refused:
      return "refused";
    case Fate::Reported:
      return "reported with a packet";
    case Fate::Unmatched:
      return "a thing too many or too few";
    case Fate::Undecided:
      return "undecided";
    case Fate::Same:
      return "the same";
    case Fate::Unjudged:
      return "the same, not judged";
    case Fate::Missed:
      return "MISSED";
    case Fate::Mute:
      break;
  }
  return "MUTE";
}

Judgement judge(const Specimen& specimen) { return judge_text(specimen, specimen.text, false); }

Judgement judge(const Specimen& specimen, const Json& document, const Mutant& mutant) {
  const bool about_data = is_about_data(mutant);
  const Json changed = applied(document, mutant);
  if (changed == document) return {.fate = Fate::Same, .text = "what stood there before"};
  Judgement out = judge_text(specimen, changed.dump(1), about_data);
  const bool survived = out.fate == Fate::Same || out.fate == Fate::Unjudged;
  if (survived && must_be_told(mutant) && !is_in_own_words(specimen, document, mutant)) {
    return {.fate = Fate::Missed, .text = "no packet shows it"};
  }
  if (out.fate != Fate::Unjudged || out.excused) return out;
  const std::string rule = rule_of(mutant);
  if (rule.empty()) return out;
  // A packet meets the changed rule or does not meet it; where the whole rule makes no difference, neither does that.
  const Mutant whole = {.type = mutant.type, .path = rule, .what = "removed", .removed = true, .value = {}};
  const Judgement without = judge_text(specimen, applied(document, whole).dump(1), about_data);
  return without.fate == Fate::Same ? without : out;
}

}  // namespace crenel::mutation
