#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

constexpr std::string_view kExpected = "an endpoint";

class SideReader {
 public:
  SideReader(Expansion& x, const Context& context, bool claim) : x_(x), context_(context), claim_(claim) {}

  std::optional<EndpointRef> term(const syntax::EndpointTerm& written) {
    return std::visit(base::Overloaded{
                          [&](const syntax::Path& path) { return named(path, written.span); },
                          [&](const syntax::AddressLiteral& address) -> std::optional<EndpointRef> {
                            const auto found = address_literal(address.text, written.span, x_.diagnostics);
                            if (!found) return std::nullopt;
                            return blocks(address.text, {net::host(*found)}, written.span);
                          },
                          [&](const syntax::CidrLiteral& block) -> std::optional<EndpointRef> {
                            const auto found = prefix_literal(block.text, written.span, x_.diagnostics);
                            if (!found || is_world(*found, written.span)) return std::nullopt;
                            return blocks(block.text, {*found}, written.span);
                          },
                          [&](const syntax::EveryExpr& every) { return selected(every, written.span); },
                      },
                      written.node);
  }

 private:
  static EndpointRef blocks(std::string name, std::vector<model::Late<net::Prefix>> found, base::Span span) {
    return {.node = BlocksEnd{.name = std::move(name), .blocks = std::move(found)}, .span = span};
  }

  bool is_world(const net::Prefix& block, base::Span span) {
    if (block.length != 0) return false;
    auto& reported = x_.diagnostics.report(diagnostics::kWorldAsEndpoint, span);
    reported.help = "say `internet`: every address that the design does not declare";
    reported.fixes.push_back({.title = "write `internet`", .edits = {{span, "internet"}}, .safe = true});
    return true;
  }

  std::optional<EndpointRef> named(const syntax::Path& path, base::Span span) {
    const auto resolved = resolve(x_, context_, path);
    if (!resolved) return std::nullopt;
    return std::visit(base::Overloaded{
                          [&](const Unknown&) -> std::optional<EndpointRef> {
                            report_unknown(x_, context_, path.names.front(), std::string(kExpected));
                            return std::nullopt;
                          },
                          [&](const Builtin& builtin) { return built_in(builtin, path, *resolved); },
                          [&](DeclaredId id) { return declared(id, path, *resolved); },
                          [&](DefinitionId id) { return definition(id, path, *resolved); },
                          [&](ParameterState* parameter) {
                            return valued(value_of(x_, context_, *parameter, span), path, *resolved);
                          },
                          [&](LetState* let) {
                            Context at = context_;
                            at.scope = resolved->scope;
                            return valued(raw_value(x_, at, *let->declaration->value, any_type()), path, *resolved);
                          },
                          [&](const Instance*) -> std::optional<EndpointRef> {
                            not_an_end(path, *resolved);
                            return std::nullopt;
                          },
                          [&](const FactOf& fact) { return valued(fact_value(x_, fact), path, *resolved); },
                      },
                      resolved->meaning);
  }

  std::optional<EndpointRef> built_in(const Builtin& builtin, const syntax::Path& path, const Resolved& resolved) {
    if (builtin.name == "internet") return EndpointRef{.node = InternetEnd{}, .span = path.span};
    if (builtin.name == "any") return EndpointRef{.node = AnyEnd{}, .span = path.span};
    if (builtin.name == "inside") return EndpointRef{.node = InsideEnd{}, .span = path.span};
    if (builtin.name == "outside") return EndpointRef{.node = OutsideEnd{}, .span = path.span};
    if (builtin.name == "platform") {
      x_.diagnostics.report(diagnostics::kNotAnEndpoint, path.span, "platform", "the provider's own traffic").help =
          "nobody can grant or close it; the certificate lists it";
      return std::nullopt;
    }
    not_an_end(path, resolved);
    return std::nullopt;
  }

  std::optional<EndpointRef> declared(DeclaredId id, const syntax::Path& path, const Resolved& resolved) {
    if (!is_end(x_.rows[id].declared.kind)) {
      not_an_end(path, resolved);
      return std::nullopt;
    }
    return EndpointRef{.node = DeclaredEnd{.ids = {id}, .is_list = false}, .span = path.span};
  }

  std::optional<EndpointRef> definition(DefinitionId id, const syntax::Path& path, const Resolved& resolved) {
    const Definition& found = x_.program.definitions[id];
    if (found.kind == DefinitionKind::Label) {
      return EndpointRef{.node = LabelEnd{found.name}, .span = path.span};
    }
    if (found.kind == DefinitionKind::Addresses || found.kind == DefinitionKind::Let) {
      const syntax::Expr expr{.node = syntax::PathExpr{path}, .span = path.span};
      return valued(raw_value(x_, context_, expr, any_type()), path, resolved);
    }
    not_an_end(path, resolved);
    return std::nullopt;
  }

  /// What a parameter or a value stands for.
  std::optional<EndpointRef> valued(const std::optional<Value>& value, const syntax::Path& path,
                                    const Resolved& resolved) {
    if (!value) return std::nullopt;
    if (const auto* reference = std::get_if<EntityRef>(&value->node)) return declared(reference->id, path, resolved);
    if (const auto* list = std::get_if<List>(&value->node)) {
      DeclaredEnd end{.ids = {}, .is_list = true};
      for (const Value& item : list->items) {
        if (const auto* one = std::get_if<EntityRef>(&item.node)) end.ids.push_back(one->id);
      }
      if (end.ids.size() == list->items.size()) return EndpointRef{.node = std::move(end), .span = path.span};
    }
    Type addresses;
    addresses.base = Type::Base::Addresses;
    if (std::holds_alternative<net::Prefix>(value->node) || std::holds_alternative<net::Address>(value->node) ||
        std::holds_alternative<AddressBlocks>(value->node) || std::holds_alternative<Deferred>(value->node) ||
        std::holds_alternative<List>(value->node)) {
      const auto found = coerce(x_, *value, addresses, resolved.declared);
      if (!found) return std::nullopt;
      auto all = std::get<AddressBlocks>(found->node).blocks;
      for (const auto& block : all) {
        const auto* known = std::get_if<net::Prefix>(&block);
        if (known != nullptr && is_world(*known, path.span)) return std::nullopt;
      }
      return blocks(text_of(path), std::move(all), path.span);
    }
    not_an_end(path, resolved);
    return std::nullopt;
  }

  std::optional<EndpointRef> selected(const syntax::EveryExpr& every, base::Span span) {
    if (!claim_) {
      x_.diagnostics.report(diagnostics::kEveryNotHere, span, "every").help =
          "a flow names its ends; `every` is for claims and rules";
      return std::nullopt;
    }
    const auto kind = kind_of_keyword(every.kind.text);
    if (!kind || !is_end(*kind)) {
      x_.diagnostics.report(diagnostics::kNotAnEndpoint, span, "every " + every.kind.text,
                            kind ? with_article(*kind) : "a " + every.kind.text);
      return std::nullopt;
    }
    auto ids = members_of(x_, context_, every);
    if (!ids) return std::nullopt;
    return EndpointRef{.node = DeclaredEnd{.ids = std::move(*ids), .is_list = true}, .span = span};
  }

  void not_an_end(const syntax::Path& path, const Resolved& resolved) {
    auto& reported =
        x_.diagnostics.report(diagnostics::kNotAnEndpoint, path.span, text_of(path), what_is(x_, resolved.meaning));
    if (resolved.declared.valid()) {
      reported.notes.push_back({resolved.declared, fmt::format("`{}` is declared here", text_of(path))});
    }
  }

  Expansion& x_;
  const Context& context_;
  bool claim_;
};

}  // namespace

bool is_end(Kind kind) {
  return kind != Kind::Link && kind != Kind::Peer && kind != Kind::Agent && kind != Kind::Guard &&
         kind != Kind::Endpoint && kind != Kind::Environment && kind != Kind::Stack && kind != Kind::Flow &&
         kind != Kind::Waiver;
}

std::optional<Side> side_of(Expansion& x, const Context& context, const syntax::Endpoints& written, bool claim) {
  Side side;
  side.span = written.span;
  bool good = true;
  SideReader reader(x, context, claim);
  const auto read = [&](const std::vector<syntax::EndpointTerm>& terms, std::vector<EndpointRef>& into) {
    for (const auto& term : terms) {
      auto found = reader.term(term);
      if (found) {
        into.push_back(std::move(*found));
      } else {
        good = false;
      }
    }
  };
  read(written.terms, side.terms);
  read(written.except, side.except);
  return good ? std::optional(std::move(side)) : std::nullopt;
}

std::optional<std::vector<HopRef>> hops_of(Expansion& x, const Context& context,
                                           const std::vector<syntax::Path>& written) {
  std::vector<HopRef> hops;
  bool good = true;
  for (const auto& path : written) {
    const auto resolved = resolve(x, context, path);
    if (!resolved) {
      good = false;
      continue;
    }
    const auto* builtin = std::get_if<Builtin>(&resolved->meaning);
    if (builtin != nullptr && builtin->name == "nat") {
      hops.push_back({.node = NatHop{}, .span = path.span});
      continue;
    }
    DeclaredId id;
    if (const auto* declared = std::get_if<DeclaredId>(&resolved->meaning)) id = *declared;
    if (auto* const* parameter = std::get_if<ParameterState*>(&resolved->meaning)) {
      const auto value = value_of(x, context, **parameter, path.span);
      const auto* reference = value ? std::get_if<EntityRef>(&value->node) : nullptr;
      if (reference != nullptr) id = reference->id;
    }
    if (id.valid() && (x.rows[id].declared.kind == Kind::Site || x.rows[id].declared.kind == Kind::Appliance)) {
      hops.push_back({.node = id, .span = path.span});
      continue;
    }
    good = false;
    if (std::holds_alternative<Unknown>(resolved->meaning)) {
      report_unknown(x, context, path.names.front(), "`nat`, a site or an appliance");
      continue;
    }
    auto& reported =
        x.diagnostics.report(diagnostics::kNotAHop, path.span, text_of(path), what_is(x, resolved->meaning));
    if (resolved->declared.valid()) {
      reported.notes.push_back({resolved->declared, fmt::format("`{}` is declared here", text_of(path))});
    }
  }
  return good ? std::optional(std::move(hops)) : std::nullopt;
}

}  // namespace crenel::sema
