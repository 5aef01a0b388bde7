#include "compiler/sema/rules.h"

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

Context context_at(const Instance& instance, std::size_t statement) {
  const StatementState& state = instance.states[statement];
  return {.scope = &instance.scope, .conditions = state.conditions, .live = state.live, .statement = "a flow"};
}

}  // namespace

void resolve_claim(Expansion& x, const Context& context, const syntax::Claim& written, base::Span span,
                   std::optional<std::size_t> rule) {
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
                 .text = {},
                 .rule = rule};
  line.text = normalised(x, line, written);
  x.claims.emplace_back(context.live, std::move(line));
}

void resolve_flows(Expansion& x, Instance& instance) {
  if (instance.broken) return;
  for (std::size_t i = 0; i < instance.states.size(); ++i) {
    const StatementState& state = instance.states[i];
    const syntax::Statement& statement = (*instance.statements)[i];
    if (state.used != nullptr) resolve_flows(x, *state.used);
    const auto* flow = std::get_if<syntax::Flow>(&statement.node);
    if (flow == nullptr) continue;
    const auto& because = flow->because ? flow->because : statement.because;
    resolve_flow(x, context_at(instance, i), *flow, because ? because->text : "", statement.span);
  }
}

void resolve_assertions(Expansion& x, Instance& instance) {
  if (instance.broken) return;
  for (std::size_t i = 0; i < instance.states.size(); ++i) {
    const StatementState& state = instance.states[i];
    const syntax::Statement& statement = (*instance.statements)[i];
    if (state.used != nullptr) resolve_assertions(x, *state.used);
    if (const auto* claim = std::get_if<syntax::Claim>(&statement.node)) {
      resolve_claim(x, context_at(instance, i), *claim, statement.span, {});
    } else if (const auto* require = std::get_if<syntax::Require>(&statement.node)) {
      require_here(x, context_at(instance, i), *require, statement.span);
    }
  }
  settle_parameters(x, instance);
}

}  // namespace crenel::sema
