#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/syntax/dump.h"

namespace crenel::syntax {
namespace {

std::string_view symbol(BinaryOp op) {
  switch (op) {
    case BinaryOp::Or:
      return "or";
    case BinaryOp::And:
      return "and";
    case BinaryOp::Equal:
      return "==";
    case BinaryOp::NotEqual:
      return "!=";
    case BinaryOp::Less:
      return "<";
    case BinaryOp::LessEqual:
      return "<=";
    case BinaryOp::Greater:
      return ">";
    case BinaryOp::GreaterEqual:
      return ">=";
    case BinaryOp::In:
      return "in";
    case BinaryOp::Within:
      return "within";
    case BinaryOp::Overlaps:
      return "overlaps";
  }
  return "";
}

std::string service(const ServiceLiteral& service) {
  return service.protocol + "/" + service.first + (service.last ? ".." + *service.last : "");
}

std::string every(const EveryExpr& every) {
  std::string out = "every " + every.kind.text;
  if (every.variable) out += " " + every.variable->text;
  if (every.where) out += " where " + dump(*every.where);
  return out;
}

std::string arguments(const std::vector<Argument>& arguments) {
  std::vector<std::string> out;
  out.reserve(arguments.size());
  for (const Argument& argument : arguments)
    out.push_back((argument.name ? argument.name->text + ": " : "") + dump(*argument.value));
  return fmt::format("({})", base::join(out, ", "));
}

struct ExprText {
  std::string operator()(const IntLiteral& e) const { return e.digits; }
  std::string operator()(const BoolLiteral& e) const { return e.value ? "true" : "false"; }
  std::string operator()(const TextLiteral& e) const { return dump_text(e.text); }
  std::string operator()(const PercentLiteral& e) const { return e.digits + "%"; }
  std::string operator()(const DurationLiteral& e) const { return e.digits + e.unit; }
  std::string operator()(const DateLiteral& e) const { return e.text; }
  std::string operator()(const PrefixLengthLiteral& e) const { return fmt::format("/{}", e.digits); }
  std::string operator()(const AddressLiteral& e) const { return e.text; }
  std::string operator()(const CidrLiteral& e) const { return e.text; }
  std::string operator()(const ServiceLiteral& e) const { return service(e); }
  std::string operator()(const PathExpr& e) const { return dump(e.path); }
  std::string operator()(const RangeExpr& e) const { return dump(*e.first) + ".." + dump(*e.last); }
  std::string operator()(const ListExpr& e) const {
    std::vector<std::string> out;
    out.reserve(e.items.size());
    for (const auto& item : e.items) out.push_back(dump(*item));
    return fmt::format("[{}]", base::join(out, ", "));
  }
  std::string operator()(const CallExpr& e) const { return dump(e.callee) + arguments(e.arguments); }
  std::string operator()(const EveryExpr& e) const { return every(e); }
  std::string operator()(const ExistsExpr& e) const {
    const std::string where = e.where ? " where " + dump(*e.where) : "";
    return fmt::format("(exists {} {}{})", e.kind.text, e.variable.text, where);
  }
  std::string operator()(const NotExpr& e) const { return fmt::format("(not {})", dump(*e.operand)); }
  std::string operator()(const BinaryExpr& e) const {
    return fmt::format("({} {} {})", dump(*e.left), symbol(e.op), dump(*e.right));
  }
  std::string operator()(const IfExpr& e) const {
    return fmt::format("(if {} then {} else {})", dump(*e.condition), dump(*e.then_value), dump(*e.else_value));
  }
};

struct TermText {
  std::string operator()(const Path& path) const { return dump(path); }
  std::string operator()(const AddressLiteral& address) const { return address.text; }
  std::string operator()(const CidrLiteral& block) const { return block.text; }
  std::string operator()(const EveryExpr& term) const { return every(term); }
};

std::string terms(const std::vector<EndpointTerm>& terms) {
  std::vector<std::string> out;
  out.reserve(terms.size());
  for (const EndpointTerm& term : terms) out.push_back(std::visit(TermText{}, term.node));
  return base::join(out, ", ");
}

}  // namespace

std::string dump_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else
      out.push_back(c);
  }
  return out + "\"";
}

std::string dump(const Path& path) {
  std::string out;
  for (const Name& name : path.names) out += (out.empty() ? "" : ".") + name.text;
  return out;
}

std::string dump(const Expr& expr) { return std::visit(ExprText{}, expr.node); }

std::string dump(const Endpoints& endpoints) {
  return terms(endpoints.terms) + (endpoints.except.empty() ? "" : " except " + terms(endpoints.except));
}

std::string dump(const Action& action) {
  if (const auto* path = std::get_if<Path>(&action.node)) return dump(*path);
  return service(std::get<ServiceLiteral>(action.node));
}

std::string dump(const std::vector<Action>& actions) {
  std::vector<std::string> out;
  out.reserve(actions.size());
  for (const Action& action : actions) out.push_back(dump(action));
  return base::join(out, ", ");
}

std::string dump(const Type& type) {
  if (const auto* one = std::get_if<OneOf>(&type.node)) {
    std::vector<std::string> words;
    for (const Name& word : one->words) words.push_back(word.text);
    return fmt::format("one of {{ {} }}", base::join(words, ", "));
  }
  if (const auto* list = std::get_if<ListOf>(&type.node)) return "list of " + dump(*list->element);
  const auto& named = std::get<NamedType>(type.node);
  std::string out = named.name.text;
  if (named.argument) out += fmt::format("({})", dump(*named.argument));
  if (named.within) out += " within " + dump(*named.within);
  return out;
}

}  // namespace crenel::syntax
