#include "compiler/sema/rule_texts.h"

#include "compiler/sema/program.h"

namespace crenel::sema {

std::vector<RuleText> rule_texts(const Program& program, const base::Sources& sources) {
  std::vector<RuleText> out;
  for (const Definition& definition : program.definitions) {
    const auto* policy = std::get_if<syntax::Policy>(&definition.item->node);
    if (policy == nullptr) continue;
    for (const syntax::Rule& rule : policy->rules) {
      out.push_back({.name = definition.name + "." + rule.name.text,
                     .severity = rule.severity.text,
                     .doc = rule.doc,
                     .text = std::string(sources.text(rule.span))});
    }
  }
  return out;
}

}  // namespace crenel::sema
