#include "compiler/sema/program.h"

namespace crenel::sema {
namespace {

/// Visits every expression of a tree, in source order.
class Walk {
 public:
  explicit Walk(const std::function<void(const syntax::Expr&)>& visit) : visit_(visit) {}

  void file(const syntax::File& file) {
    for (const auto& item : file.items) std::visit([this](const auto& node) { at(node); }, item.node);
  }

 private:
  template <class T>
  void all(const std::vector<T>& nodes) {
    for (const auto& node : nodes) at(node);
  }

  void at(const syntax::ExprPtr& expr) {
    if (expr == nullptr) return;
    visit_(*expr);
    std::visit([this](const auto& node) { children(node); }, expr->node);
  }

  template <class Literal>
  void children(const Literal&) {}
  void children(const syntax::RangeExpr& x) {
    at(x.first);
    at(x.last);
  }
  void children(const syntax::ListExpr& x) { all(x.items); }
  void children(const syntax::CallExpr& x) { all(x.arguments); }
  void children(const syntax::EveryExpr& x) { at(x.where); }
  void children(const syntax::ExistsExpr& x) { at(x.where); }
  void children(const syntax::NotExpr& x) { at(x.operand); }
  void children(const syntax::BinaryExpr& x) {
    at(x.left);
    at(x.right);
  }
  void children(const syntax::IfExpr& x) {
    at(x.condition);
    at(x.then_value);
    at(x.else_value);
  }

  void at(const syntax::Argument& x) { at(x.value); }
  void at(const syntax::Property& x) {
    at(x.value);
    at(x.by_argument);
  }
  void at(const syntax::Override& x) {
    for (const auto& [path, value] : x.values) at(value);
  }
  void at(const syntax::ProviderBlock& x) {
    all(x.properties);
    all(x.overrides);
  }
  void at(const syntax::Body& x) {
    all(x.properties);
    all(x.providers);
  }
  void at(const syntax::EndpointTerm& x) {
    if (const auto* every = std::get_if<syntax::EveryExpr>(&x.node)) at(every->where);
  }
  void at(const syntax::Endpoints& x) {
    all(x.terms);
    all(x.except);
  }
  void at(const syntax::Flow& x) {
    at(x.from);
    at(x.to);
    at(x.when);
  }
  void at(const syntax::Claim& x) {
    at(x.from);
    at(x.to);
    at(x.when);
  }
  void at(const syntax::Require& x) {
    at(x.where);
    at(x.condition);
  }
  void at(const syntax::Assertion& x) {
    std::visit([this](const auto& node) { at(node); }, x);
  }
  void at(const syntax::Subnet& x) {
    at(x.body);
    at(x.when);
  }
  void at(const syntax::Network& x) {
    at(x.body);
    all(x.subnets);
  }
  void at(const syntax::Forward& x) { at(x.check); }
  void at(const syntax::Balancer& x) {
    at(x.body);
    all(x.forwards);
  }
  template <class WithBody>
  auto at(const WithBody& x) -> std::enable_if_t<std::is_same_v<decltype(x.body), syntax::Body>> {
    at(x.body);
  }
  void at(const syntax::EndpointDecl&) {}
  void at(const syntax::Existing& x) {
    at(x.id);
    at(x.body);
  }
  void at(const syntax::Verbatim& x) { at(x.value); }
  void at(const syntax::Use& x) { all(x.arguments); }
  void at(const syntax::Let& x) { at(x.value); }
  void at(const syntax::Waiver& x) {
    if (const auto* flow = std::get_if<syntax::WaivedFlow>(&x.covers)) {
      at(flow->from);
      at(flow->to);
    }
  }
  void at(const syntax::Statement& x) {
    std::visit([this](const auto& node) { at(node); }, x.node);
    at(x.when);
  }

  void at(const syntax::Import&) {}
  void at(const syntax::Service&) {}
  void at(const syntax::Label&) {}
  void at(const syntax::Addresses& x) { at(x.value); }
  void at(const syntax::Type& x) {
    if (const auto* list = std::get_if<syntax::ListOf>(&x.node)) at(*list->element);
    if (const auto* named = std::get_if<syntax::NamedType>(&x.node)) {
      at(named->argument);
      at(named->within);
    }
  }
  void at(const syntax::Parameter& x) {
    at(x.type);
    at(x.default_value);
  }
  void at(const syntax::Pattern& x) {
    all(x.parameters);
    all(x.statements);
  }
  void at(const syntax::Rule& x) { all(x.assertions); }
  void at(const syntax::Policy& x) { all(x.rules); }
  void at(const syntax::Stack& x) {
    all(x.statements);
    all(x.properties);
  }
  void at(const syntax::Test& x) {
    all(x.arguments);
    all(x.assertions);
  }
  void at(const syntax::Handbook& x) { all(x.properties); }

  const std::function<void(const syntax::Expr&)>& visit_;
};

}  // namespace

void for_each_expression(const syntax::File& file, const std::function<void(const syntax::Expr&)>& visit) {
  Walk(visit).file(file);
}

}  // namespace crenel::sema
