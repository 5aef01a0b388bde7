#include "compiler/cli/account.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"

namespace crenel::cli {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string title(const driver::Built& one) { return fmt::format("{} ({})", one.target, one.provider); }

std::string quota_line(const backend::QuotaUse& use) {
  return fmt::format("  quota: {}: {} of {} {}\n", use.subject, use.used, use.limit, use.quota);
}

/// The quotas that are more than half used; when there is none, the one that is used most.
std::string quotas(const std::vector<backend::QuotaUse>& uses) {
  const auto fuller = [](const backend::QuotaUse& a, const backend::QuotaUse& b) {
    return a.used * b.limit < b.used * a.limit;
  };
  std::string out;
  for (const auto& use : uses) {
    if (use.used * 2 > use.limit) out += quota_line(use);
  }
  if (out.empty() && !uses.empty()) out = quota_line(*std::max_element(uses.begin(), uses.end(), fuller));
  return out;
}

/// After the last of a target's providers: whether what the one admits the others do too, and nothing else.
std::string providers(const std::vector<driver::Built>& built, std::size_t last) {
  const std::string& target = built[last].target;
  if (last + 1 < built.size() && built[last + 1].target == target) return "";
  std::vector<std::string> names;
  std::size_t pairs = 0;
  for (const auto& one : built) {
    if (one.target != target || !one.admissions) continue;
    names.push_back(one.provider);
    pairs = one.admissions->size();
  }
  if (names.size() < 2) return "";
  const auto differences = driver::provider_differences(built, target);
  if (differences.empty()) {
    return fmt::format("{}: {} admit the same, {} of ends\n", target, base::list_in_words(names, "and"),
                       counted(pairs, "pair"));
  }
  std::string out;
  for (const auto& one : differences) {
    out += fmt::format("{}: {} -> {} differ: {} on {}, {} on {}\n", target, one.from, one.to, one.packets, one.provider,
                       one.other_packets.empty() ? "nothing" : one.other_packets, one.other);
  }
  return out;
}

}  // namespace

std::string account(const std::vector<driver::Built>& built) {
  std::size_t title_width = 0;
  std::size_t path_width = 0;
  for (const auto& one : built) {
    title_width = std::max(title_width, title(one).size());
    path_width = std::max(path_width, one.template_path.size());
  }
  std::string out;
  for (std::size_t index = 0; index < built.size(); ++index) {
    const driver::Built& one = built[index];
    out += fmt::format("{:<{}}  {:<{}}  {}\n", title(one), title_width, one.template_path, path_width,
                       counted(one.artifact.resources, "resource"));
    for (const auto& line : one.artifact.account) out += fmt::format("  {}\n", line);
    for (const auto& residue : one.artifact.residue) {
      out += fmt::format("  left open: {}: {}\n", residue.subject, residue.text);
    }
    out += quotas(one.artifact.quotas);
    out += fmt::format("  {}: see {}\n", counted(one.assumptions, "assumption"), one.certificate_path);
    out += providers(built, index);
  }
  return out;
}

std::string summary(std::size_t errors, std::size_t warnings) {
  if (errors == 0 && warnings == 0) return "";
  std::string out;
  if (errors != 0) out += counted(errors, "error");
  if (errors != 0 && warnings != 0) out += " and ";
  if (warnings != 0) out += counted(warnings, "warning");
  return out;
}

std::string account(const driver::Checked& checked) {
  return fmt::format("{}, {}: no errors\n", counted(checked.targets, "target"), counted(checked.templates, "template"));
}

std::string account(const driver::Verified& verified) {
  const std::size_t differences = verified.comparison.differences.size();
  if (differences == 0) {
    return fmt::format("{} admits exactly what {} declares\n", verified.template_path, verified.target);
  }
  return fmt::format("{} and {}: {}{}\n", verified.template_path, verified.target, counted(differences, "difference"),
                     verified.undecided ? ", all undecided" : "");
}

std::string account(const std::vector<driver::TestResult>& results) {
  std::string out;
  std::size_t passed = 0;
  for (const auto& result : results) {
    passed += result.passed ? 1 : 0;
    out += fmt::format("{}  {} ({})\n", result.passed ? "passed" : "FAILED", result.title,
                       base::join(result.providers, ", "));
  }
  return out + fmt::format("{} passed, {} failed\n", passed, results.size() - passed);
}

}  // namespace crenel::cli
