#include "compiler/sema/expansion.h"

namespace crenel::sema {

void resolve_question(Expansion& x) {
  if (!x.world.question || x.instances.empty() || x.instances.front().broken) return;
  const syntax::Question& asked = *x.world.question;
  const Context context{.scope = &x.instances.front().scope, .conditions = {}, .live = true, .statement = "a question"};
  auto from = side_of(x, context, asked.from, true);
  auto to = side_of(x, context, asked.to, true);
  auto actions = actions_of(x, context, asked.actions, asked.span);
  if (!from || !to || !actions) return;
  ClaimLine line;
  line.kind = model::Claim::Kind::Always;
  line.from = std::move(*from);
  line.to = std::move(*to);
  line.actions = std::move(*actions);
  line.span = asked.span;
  line.text = std::string(x.world.sources.text(asked.span));
  x.claims.emplace_back(true, std::move(line));
}

}  // namespace crenel::sema
