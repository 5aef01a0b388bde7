#include "backends/aws/backend.h"

#include <utility>

#include "backends/aws/legalize.h"
#include "backends/aws/lift.h"
#include "backends/aws/limits.h"
#include "backends/aws/lower.h"
#include "backends/aws/policy_sizes.h"
#include "backends/aws/quotas.h"
#include "backends/aws/raw.h"
#include "backends/aws/report.h"
#include "backends/aws/schema.h"
#include "backends/aws/template.h"
#include "backends/document/value.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

void count_template(const model::Design& design, const Template& made, const Value& tree, std::size_t bytes,
                    std::vector<backend::QuotaUse>& uses, diagnostics::Diagnostics& diagnostics) {
  QuotaBook book(design, uses, diagnostics);
  book.use(kResources, design.name, made.resources.size());
  book.use(kParameters, design.name, made.parameters.size());
  book.use(kOutputs, design.name, made.outputs.size());
  count_policies(made, book);
  book.use(kDynamicReferences, design.name, count_dynamic_references(tree));
  book.use(kTemplateBytes, design.name, bytes);
}

std::optional<backend::Artifact> compile(const model::Design& declared, backend::Format format,
                                         diagnostics::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  const model::Design design = model::with_appliances_as_groups(declared);
  std::optional<Plan> plan = legalize(design, diagnostics);
  if (!plan) return std::nullopt;
  const Template made = lower(design, *plan);
  check_names(made, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;

  const Value tree = with_raw(design, made, to_value(made), diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  backend::Artifact artifact;
  artifact.text = format == backend::Format::Json ? document::to_json(tree) : document::to_yaml(tree);
  artifact.resources = made.resources.size();
  artifact.quotas = std::move(plan->quotas);
  count_template(design, made, tree, artifact.text.size(), artifact.quotas, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  artifact.residue = residue_of(design, *plan);
  artifact.assumptions = assumptions_of(design, *plan, made);
  artifact.account = account_of(design, *plan, made);
  artifact.soles = soles_of(design, *plan);
  return artifact;
}

}  // namespace

const backend::Backend& backend() {
  static const backend::Backend made{.name = schema().provider,
                                     .title = "AWS CloudFormation",
                                     .schema = &schema(),
                                     .compile = &compile,
                                     .lift = &lift};
  return made;
}

}  // namespace crenel::aws
