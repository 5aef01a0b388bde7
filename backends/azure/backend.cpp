#include "backends/azure/backend.h"

#include "backends/azure/account.h"
#include "backends/azure/guards.h"
#include "backends/azure/legalize.h"
#include "backends/azure/lift.h"
#include "backends/azure/lower.h"
#include "backends/azure/lower_prevention.h"
#include "backends/azure/raw.h"
#include "backends/azure/settings.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

std::optional<backend::Artifact> compile(const model::Design& declared, backend::Format format,
                                         diagnostics::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  const model::Design design = model::with_appliances_as_groups(declared);
  legalize(design, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  backend::Artifact out;
  out.quotas = check_limits(design, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;

  const Template made = lower(design);
  check_names(made, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;  // a tree has no room for two members of one name
  const document::Value tree = with_lists_of_reverts(
      design, with_lists_of_policies(design, with_raw(design, made, to_document(made), diagnostics)));
  if (diagnostics.error_count() != before) return std::nullopt;
  out.text = format == backend::Format::Json ? document::to_json(tree) : document::to_yaml(tree);
  std::vector<backend::QuotaUse> of_template = check_template_limits(design, made, out.text.size(), diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;

  out.quotas.insert(out.quotas.end(), of_template.begin(), of_template.end());
  out.resources = made.resources.size();
  out.residue = residue_of(design);
  out.assumptions = assumptions_of(design, made);
  out.account = account_of(design, made);
  return out;
}

}  // namespace

const backend::Backend& backend() {
  static const backend::Backend kBackend{
      .name = "azure", .title = "Azure Resource Manager", .schema = &schema(), .compile = compile, .lift = lift};
  return kBackend;
}

}  // namespace crenel::azure
