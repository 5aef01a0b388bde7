#include "compiler/syntax/dump.h"

#include <utility>

#include "compiler/base/text.h"

namespace crenel::syntax {
namespace {

std::string names(const std::vector<Name>& names) {
  std::vector<std::string> out;
  out.reserve(names.size());
  for (const Name& name : names) out.push_back(name.text);
  return base::join(out, ", ");
}

std::string paths(const std::vector<Path>& paths) {
  std::vector<std::string> out;
  out.reserve(paths.size());
  for (const Path& path : paths) out.push_back(dump(path));
  return base::join(out, ", ");
}

std::string texts(const std::vector<Text>& texts) {
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (const Text& text : texts) out.push_back(dump_text(text.text));
  return base::join(out, ", ");
}

std::string for_actions(const std::vector<Action>& actions) { return actions.empty() ? "" : " : " + dump(actions); }

/// Writes the lines; each node writes its own line and then, one step further in, its parts.
class Printer {
 public:
  std::string take() { return std::move(out_); }

  void item(const Item& item) {
    doc(item.doc);
    std::visit([&](const auto& node) { print(node); }, item.node);
  }

 private:
  void line(const std::string& text) {
    out_.append(depth_ * 2, ' ');
    out_ += text;
    out_.push_back('\n');
  }
  template <class F>
  void inside(F&& parts) {
    ++depth_;
    parts();
    --depth_;
  }
  void doc(const std::string& text) {
    if (!text.empty()) line("doc " + dump_text(text));
  }
  void when(const ExprPtr& condition) {
    if (condition) line("when " + dump(*condition));
  }
  void because(const std::optional<Text>& reason) {
    if (reason) line("because " + dump_text(reason->text));
  }

  // ---- bodies
  void property(const Property& property) {
    std::string text = property.name.text + " = " + dump(*property.value);
    if (property.by) text += " by " + property.by->text + "(" + dump(*property.by_argument) + ")";
    line(text);
  }
  void under(const std::vector<UnderItem>& items) {
    for (const UnderItem& item : items) line("under " + paths(item.policies));
  }
  void body_parts(const Body& body) {
    for (const Property& one : body.properties) property(one);
    for (const ProviderBlock& block : body.providers) {
      line("on " + block.provider.text);
      inside([&] {
        for (const Property& one : block.properties) property(one);
        for (const Override& over : block.overrides) {
          line("override " + dump_text(over.logical_id.text));
          inside([&] {
            for (const auto& [path, value] : over.values) line(dump_text(path.text) + " = " + dump(*value));
          });
        }
      });
    }
  }
  void with_body(const std::string& head, const Body& body) {
    line(head);
    inside([&] { body_parts(body); });
  }

  // ---- structure
  void print(const Network& node) {
    with_body("network " + node.name.text, node.body);
    inside([&] {
      for (const Subnet& subnet : node.subnets) {
        doc(subnet.doc);
        with_body("subnet " + subnet.name.text + " : " + subnet.kind.text, subnet.body);
        inside([&] { when(subnet.when); });
      }
    });
  }
  void print(const Site& node) { with_body("site " + node.name.text, node.body); }
  void print(const Group& node) { with_body("group " + node.name.text + " in " + dump(node.tier), node.body); }
  void print(const Balancer& node) {
    with_body("balancer " + node.name.text + " in " + dump(node.tier), node.body);
    inside([&] {
      for (const Forward& forward : node.forwards)
        line("forward " + dump(forward.listen) + " to " + dump(forward.target) + " : " + dump(forward.to) +
             (forward.check ? " check " + dump(*forward.check) : ""));
    });
  }
  void print(const Appliance& node) { with_body("appliance " + node.name.text + " in " + dump(node.tier), node.body); }
  void print(const Function& node) {
    with_body("function " + node.name.text + (node.tier ? " in " + dump(*node.tier) : ""), node.body);
    inside([&] {
      for (const Trigger& trigger : node.triggers) line("on " + trigger.event.text + "(" + dump(trigger.source) + ")");
    });
  }
  void print(const Data& node) { with_body(node.keyword.text + " " + node.name.text, node.body); }
  void print(const Database& node) { with_body("database " + node.name.text + " in " + dump(node.tier), node.body); }
  void print(const EndpointDecl& node) {
    line("endpoint " + node.name.text + " in " + dump(node.tier) + " for " + paths(node.targets));
  }
  void print(const Link& node) {
    with_body("link " + dump(node.network) + " to " + dump(node.site) + " by " + node.by.text, node.body);
  }
  void print(const Peer& node) { with_body("peer " + dump(node.first) + " with " + dump(node.second), node.body); }
  void print(const Agent& node) { with_body("agent " + node.name.text, node.body); }
  void print(const Guard& node) { with_body("guard " + node.name.text, node.body); }
  void print(const Existing& node) {
    with_body("existing " + node.kind.text + " " + node.name.text + " = " + dump(*node.id), node.body);
  }
  void print(const Verbatim& node) {
    line("verbatim " + node.provider.text + " " + dump_text(node.logical_id.text) + " = " + dump(*node.value));
  }
  void print(const Use& node) {
    line("use " + dump(node.pattern) + " as " + node.alias.text);
    inside([&] { arguments(node.arguments); });
  }
  void print(const Let& node) { line("let " + node.name.text + " = " + dump(*node.value)); }
  void arguments(const std::vector<Argument>& all) {
    for (const Argument& one : all) line("argument " + (one.name ? one.name->text + ": " : "") + dump(*one.value));
  }

  // ---- flows, claims, waivers
  void print(const Flow& node) {
    line((node.deny ? "deny " : "allow ") + dump(node.from) + " -> " + dump(node.to) + for_actions(node.actions));
    inside([&] {
      if (!node.via.empty()) line("via " + paths(node.via));
      because(node.because);
      when(node.when);
    });
  }
  void print(const Claim& node) {
    const std::string head = node.kind == ClaimKind::Never  ? "never "
                             : node.kind == ClaimKind::Only ? "only "
                                                            : "always ";
    line(head + dump(node.from) + (node.transitive ? " ~> " : " -> ") + dump(node.to) + for_actions(node.actions));
    inside([&] {
      if (!node.via.empty()) line("via " + paths(node.via));
      when(node.when);
    });
  }
  void print(const Require& node) {
    std::vector<std::string> binders;
    for (const Binder& binder : node.binders) binders.push_back(binder.kind.text + " " + binder.variable.text);
    line("require " + base::join(binders, ", ") + (node.where ? " where " + dump(*node.where) : "") + " : " +
         dump(*node.condition));
  }
  void print(const Waiver& node) {
    line("waive " + dump(node.rule));
    inside([&] {
      if (const auto* flow = std::get_if<WaivedFlow>(&node.covers))
        line("for flow " + dump(flow->from) + " -> " + dump(flow->to) + for_actions(flow->actions));
      if (const auto* thing = std::get_if<WaivedThing>(&node.covers))
        line("for " + thing->kind.text + " " + dump(thing->path));
      for (const Text& text : node.because) line("because " + dump_text(text.text));
      for (const Text& text : node.owner) line("owner " + dump_text(text.text));
      for (const Text& text : node.ticket) line("ticket " + dump_text(text.text));
      for (const auto& until : node.until) line("until " + until.first);
    });
  }
  void assertions(const std::vector<Assertion>& all) {
    for (const Assertion& one : all) std::visit([&](const auto& node) { print(node); }, one);
  }

  // ---- items
  void statement(const Statement& statement) {
    doc(statement.doc);
    std::visit([&](const auto& node) { print(node); }, statement.node);
    inside([&] {
      if (statement.is_private) line("private");
      because(statement.because);
      when(statement.when);
    });
  }
  void print(const Import& node) {
    line("import " + (node.is_path ? dump_text(node.module) : node.module) + " { " + names(node.names) + " }");
  }
  void print(const Service& node) { line("service " + node.name.text + " = " + dump(node.actions)); }
  void print(const Addresses& node) { line("addresses " + node.name.text + " = " + dump(*node.value)); }
  void print(const Label& node) { line("label " + names(node.names)); }
  void print(const Environment& node) {
    with_body("environment " + node.name.text, node.body);
    inside([&] { under(node.under); });
  }
  void print(const Policy& node) {
    line("policy " + node.name.text);
    inside([&] {
      under(node.under);
      for (const Rule& one : node.rules) rule(one);
    });
  }
  void rule(const Rule& rule) {
    doc(rule.doc);
    line("rule " + rule.name.text + " : " + rule.severity.text);
    inside([&] {
      if (!rule.controls.empty()) line("control " + texts(rule.controls));
      for (const Text& text : rule.because) line("because " + dump_text(text.text));
      for (const Text& text : rule.fixes) line("fix " + dump_text(text.text));
      assertions(rule.assertions);
    });
  }
  void print(const Pattern& node) {
    line("pattern " + node.name.text + (node.providers.empty() ? "" : " for " + names(node.providers)));
    inside([&] {
      for (const Parameter& one : node.parameters) {
        doc(one.doc);
        line("param " + one.name.text + " : " + dump(one.type) +
             (one.default_value ? " = " + dump(*one.default_value) : ""));
      }
      for (const Statement& one : node.statements) statement(one);
    });
  }
  void print(const Stack& node) {
    line("stack " + node.name.text + " on " + node.provider.text + " in " + paths(node.environments));
    inside([&] {
      for (const Property& one : node.properties) property(one);
      under(node.under);
      for (const Statement& one : node.statements) statement(one);
    });
  }
  void print(const Test& node) {
    line("test " + dump_text(node.title.text) + " of " + dump(node.pattern));
    inside([&] {
      arguments(node.arguments);
      if (!node.providers.empty()) line("on " + names(node.providers));
      if (node.environment) line("in " + dump(*node.environment));
      under(node.under);
      assertions(node.assertions);
      for (const Fails& fails : node.fails) line("fails " + dump(fails.code));
    });
  }
  void print(const Handbook& node) {
    line("handbook " + dump_text(node.title.text));
    inside([&] {
      for (const Property& one : node.properties) property(one);
    });
  }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump(const File& file) {
  Printer printer;
  for (const Item& item : file.items) printer.item(item);
  return printer.take();
}

}  // namespace crenel::syntax
