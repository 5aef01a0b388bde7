#include "compiler/diagnostics/catalogue/unbuilt.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

model::Claim::Kind kind_of(syntax::ClaimKind kind) {
  switch (kind) {
    case syntax::ClaimKind::Never:
      return model::Claim::Kind::Never;
    case syntax::ClaimKind::Only:
      return model::Claim::Kind::Only;
    case syntax::ClaimKind::Always:
      return model::Claim::Kind::Always;
  }
  return model::Claim::Kind::Never;
}

void resolve_flow(Expansion& x, const Context& context, const syntax::Flow& written, const std::string& because,
                  base::Span span) {
  auto from = side_of(x, context, written.from, false);
  auto to = side_of(x, context, written.to, false);
  auto actions = actions_of(x, context, written.actions, span);
  auto via = hops_of(x, context, written.via);
  if (!from || !to || !actions || !via) return;
  FlowLine line{.deny = written.deny,
                .from = std::move(*from),
                .to = std::move(*to),
                .actions = std::move(*actions),
                .via = std::move(*via),
                .because = because,
                .span = span,
                .text = {}};
  line.text = normalised(x, line, written);
  x.flows.emplace_back(context.live, std::move(line));
}

void resolve_claim(Expansion& x, const Context& context, const syntax::Claim& written, base::Span span) {
  auto from = side_of(x, context, written.from, true);
  auto to = side_of(x, context, written.to, true);
  auto actions = actions_of(x, context, written.actions, span);
  auto via = hops_of(x, context, written.via);
  if (!from || !to || !actions || !via) return;
  ClaimLine line{.kind = kind_of(written.kind),
                 .from = std::move(*from),
                 .to = std::move(*to),
                 .transitive = written.transitive,
                 .actions = std::move(*actions),
                 .via = std::move(*via),
                 .span = span,
                 .text = {}};
  line.text = normalised(x, line, written);
  x.claims.emplace_back(context.live, std::move(line));
}

}  // namespace

void resolve_flows(Expansion& x, Instance& instance) {
  if (instance.broken) return;
  for (std::size_t i = 0; i < instance.states.size(); ++i) {
    const StatementState& state = instance.states[i];
    const syntax::Statement& statement = (*instance.statements)[i];
    const Context context{
        .scope = &instance.scope, .conditions = state.conditions, .live = state.live, .statement = "a flow"};
    if (state.used != nullptr) resolve_flows(x, *state.used);
    if (const auto* flow = std::get_if<syntax::Flow>(&statement.node)) {
      const auto& because = flow->because ? flow->because : statement.because;
      resolve_flow(x, context, *flow, because ? because->text : "", statement.span);
    } else if (const auto* claim = std::get_if<syntax::Claim>(&statement.node)) {
      resolve_claim(x, context, *claim, statement.span);
    } else if (std::holds_alternative<syntax::Require>(statement.node)) {
      note_unbuilt(x, context, "require", statement.span);
    }
  }
  settle_parameters(x, instance);
}

}  // namespace crenel::sema
