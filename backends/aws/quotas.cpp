#include "backends/aws/quotas.h"

#include <algorithm>
#include <utility>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

namespace crenel::aws {
namespace {

constexpr std::size_t kMostNotes = 3;

}  // namespace

std::size_t granted(const model::Design& design, const Limit& limit) {
  if (!limit.adjustable() || !design.environment) return limit.value;
  const auto number = number_setting(design.environment->settings, limit.name);
  return number && *number > 0 ? static_cast<std::size_t>(*number) : limit.value;
}

void QuotaBook::use(const Limit& limit, const std::string& subject, std::size_t used, base::Span span,
                    const Costs& costs) {
  if (used == 0) return;
  uses_.push_back({.subject = subject,
                   .quota = std::string(limit.title),
                   .used = used,
                   .limit = granted(design_, limit),
                   .adjustable = limit.adjustable(),
                   .source = std::string(limit.source)});
  if (used > uses_.back().limit) report(limit, uses_.back(), 1, span, costs);
}

void QuotaBook::cannot_spread(const Limit& limit, std::size_t over, const std::string& title,
                              const std::string& subject, std::size_t used, base::Span span, const Costs& costs) {
  uses_.push_back({.subject = subject,
                   .quota = title,
                   .used = used,
                   .limit = granted(design_, limit) * over,
                   .adjustable = limit.adjustable(),
                   .source = std::string(limit.source)});
  report(limit, uses_.back(), over, span, costs);
}

void QuotaBook::report(const Limit& limit, const backend::QuotaUse& use, std::size_t over, base::Span span,
                       const Costs& costs) {
  auto& error =
      diagnostics_.report(kOverQuota, span.valid() ? span : design_.span, use.subject, use.used, use.quota, use.limit);
  std::vector<std::pair<model::StatementId, std::size_t>> dearest(costs.begin(), costs.end());
  std::stable_sort(dearest.begin(), dearest.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  dearest.resize(std::min(dearest.size(), kMostNotes));
  for (const auto& [statement, cost] : dearest) {
    const model::FlowStatement& said = design_.statements[statement];
    error.notes.push_back({said.span, "`" + said.text + "` takes " + std::to_string(cost)});
  }
  error.help = "split what needs so many";
  const std::size_t each = (use.used + over - 1) / over;
  const bool can_be_raised = limit.adjustable() && (limit.maximum == 0 || each * over <= limit.maximum);
  if (can_be_raised) {
    error.help += ", or, once AWS has granted more, say `on aws { " + std::string(limit.name) + " = " +
                  std::to_string(each) + " }` in the environment";
  }
}

}  // namespace crenel::aws
