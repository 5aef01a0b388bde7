#include "backends/azure/expression.h"

namespace crenel::azure {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

}  // namespace

std::string Term::value() const {
  if (expression_) return "[" + text_ + "]";
  // Only a text in brackets is an expression; its first bracket doubled makes it a literal again.
  if (text_.size() >= 2 && text_.front() == '[' && text_.back() == ']') return "[" + text_;
  return text_;
}

std::string Term::argument() const { return expression_ ? text_ : quoted(text_); }

document::Value literal(std::string_view text) { return Term::literal(std::string(text)).value(); }

Term parameter(std::string_view name) { return call("parameters", {Term::literal(std::string(name))}); }
Term variable(std::string_view name) { return call("variables", {Term::literal(std::string(name))}); }

Term call(std::string_view function, const std::vector<Term>& arguments) {
  std::string out(function);
  out += "(";
  for (std::size_t i = 0; i < arguments.size(); ++i) out += (i == 0 ? "" : ", ") + arguments[i].argument();
  return Term::expression(out + ")");
}

Term resource_id(const ResourceType& type, const Term& name, const std::vector<std::string>& path) {
  std::string type_name(type.name);
  for (std::size_t i = 0; i < path.size(); i += 2) type_name += "/" + path[i];
  std::vector<Term> arguments = {Term::literal(type_name), name};
  for (std::size_t i = 1; i < path.size(); i += 2) arguments.push_back(Term::literal(path[i]));
  return call("resourceId", arguments);
}

document::Value id_object(const Term& id) { return document::object({{"id", id.value()}}); }

}  // namespace crenel::azure
