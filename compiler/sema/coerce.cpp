#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

using Base = Type::Base;

/// One value against one type. Small member functions share where the value stands.
class Coercion {
 public:
  Coercion(Expansion& x, const Type& type, base::Span origin) : x_(x), type_(type), origin_(origin) {}

  std::optional<Value> operator()(Value value) {
    if (type_.optional && std::holds_alternative<None>(value.node)) return value;
    if (type_.base == Base::Any) return value;
    if (std::holds_alternative<Deferred>(value.node)) return deferred(std::move(value));
    if (type_.base == Base::Secret) return no_secret(value);
    if (auto converted = convert(value)) {
      converted->span = value.span;
      return within_bounds(std::move(*converted));
    }
    if (!reported_) mismatch(value);
    return std::nullopt;
  }

 private:
  template <class T>
  static std::optional<Value> plain(const Value& value) {
    return std::holds_alternative<T>(value.node) ? std::optional(value) : std::nullopt;
  }

  /// The value in the shape of the type, bounds not yet looked at.
  std::optional<Value> convert(const Value& value) {
    switch (type_.base) {
      case Base::Int:
        return plain<std::int64_t>(value);
      case Base::Bool:
        return plain<bool>(value);
      case Base::Text:
      case Base::Image:
      case Base::Certificate:
      case Base::Identity:
      case Base::Key:
        return plain<std::string>(value);
      case Base::Cidr:
        return plain<net::Prefix>(value);
      case Base::Ip:
        return plain<net::Address>(value);
      case Base::Service:
        return plain<net::Traffic>(value);
      case Base::Duration:
        return plain<Duration>(value);
      case Base::Percent:
        return plain<Percent>(value);
      case Base::PrefixLength:
        return plain<PrefixLength>(value);
      case Base::Range:
      case Base::Scale:
        return range(value);
      case Base::Words:
        return word(value);
      case Base::Label:
        return plain<Word>(value);
      case Base::Entity:
        return entity(value, type_.kinds);
      case Base::FlowLogs:
        return std::holds_alternative<bool>(value.node) ? std::optional(value) : entity(value, {Kind::Store});
      case Base::Addresses:
        return addresses(value);
      case Base::Space:
        return space(value);
      case Base::List:
        return list(value);
      case Base::Any:
      case Base::Secret:
        break;
    }
    return std::nullopt;
  }

  static std::optional<Value> range(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value.node)) {
      return Value{.node = IntRange{*number, *number}, .span = value.span};
    }
    return plain<IntRange>(value);
  }

  std::optional<Value> word(const Value& value) {
    const auto* found = std::get_if<Word>(&value.node);
    if (found == nullptr) return std::nullopt;
    if (type_.open) return value;
    for (const auto& known : type_.words) {
      if (known == found->text) return value;
    }
    reported_ = true;
    auto& reported = x_.diagnostics.report(diagnostics::kBadWord, value.span, found->text, describe(type_));
    add_origin(reported);
    if (const auto near = base::nearest(found->text, type_.words)) {
      reported.help = fmt::format("did you mean `{}`?", *near);
      reported.fixes.push_back({fmt::format("write `{}`", *near), {{value.span, *near}}});
    }
    return std::nullopt;
  }

  std::optional<Value> entity(const Value& value, const std::vector<Kind>& kinds) {
    const auto* reference = std::get_if<EntityRef>(&value.node);
    if (reference == nullptr) return std::nullopt;
    const Declared& declared = x_.rows[reference->id].declared;
    for (const Kind kind : kinds) {
      if (kind == declared.kind) return value;
    }
    reported_ = true;
    const std::string name = model::to_string(declared.path);
    x_.diagnostics.report(diagnostics::kWrongKind, value.span, name, with_article(declared.kind), describe(type_))
        .notes.push_back({declared.name_span, fmt::format("`{}` is declared here", name)});
    return std::nullopt;
  }

  std::optional<Value> addresses(const Value& value) {
    AddressBlocks out;
    const std::vector<Value> one = {value};
    const auto* several = std::get_if<List>(&value.node);
    for (const Value& item : several != nullptr ? several->items : one) {
      if (const auto* block = std::get_if<net::Prefix>(&item.node)) {
        out.blocks.emplace_back(*block);
      } else if (const auto* address = std::get_if<net::Address>(&item.node)) {
        out.blocks.emplace_back(net::host(*address));
      } else if (const auto* named = std::get_if<AddressBlocks>(&item.node)) {
        out.blocks.insert(out.blocks.end(), named->blocks.begin(), named->blocks.end());
      } else if (const auto* later = std::get_if<Deferred>(&item.node); later != nullptr && is_address(*later)) {
        out.blocks.emplace_back(later->id);
      } else {
        mismatch(item);
        return std::nullopt;
      }
    }
    return Value{.node = std::move(out), .span = value.span};
  }

  /// A text parameter where the name of an image or the like is expected: as a text that is known would do.
  bool names_something(model::ParameterKind kind) const {
    return kind == model::ParameterKind::Text &&
           (type_.base == Base::Image || type_.base == Base::Certificate || type_.base == Base::Identity);
  }

  bool is_address(const Deferred& value) const {
    const auto kind = x_.parameters[value.id].kind;
    return kind == model::ParameterKind::Cidr || kind == model::ParameterKind::Ip;
  }

  std::optional<Value> space(const Value& value) {
    if (std::holds_alternative<net::Prefix>(value.node)) return value;
    const auto* several = std::get_if<List>(&value.node);
    if (several == nullptr) return std::nullopt;
    for (const Value& item : several->items) {
      const auto* later = std::get_if<Deferred>(&item.node);
      const bool block = later != nullptr && x_.parameters[later->id].kind == model::ParameterKind::Cidr;
      if (block || std::holds_alternative<net::Prefix>(item.node)) continue;
      mismatch(item);
      return std::nullopt;
    }
    return value;
  }

  std::optional<Value> list(const Value& value) {
    const auto* several = std::get_if<List>(&value.node);
    if (several == nullptr) return std::nullopt;
    List out;
    bool good = true;
    for (const Value& item : several->items) {
      auto converted = coerce(x_, item, type_.element.front(), origin_);
      if (converted) {
        out.items.push_back(std::move(*converted));
      } else {
        good = false;
      }
    }
    reported_ = !good;
    return good ? std::optional<Value>({.node = std::move(out), .span = value.span}) : std::nullopt;
  }

  std::optional<Value> deferred(Value value) {
    const ParameterId id = std::get<Deferred>(value.node).id;
    const model::Parameter& parameter = x_.parameters[id];
    const bool address = is_address({id});
    if (type_.base == Base::Addresses && address) {
      return Value{.node = AddressBlocks{.blocks = {id}}, .span = value.span};
    }
    const bool same = deferrable(type_) == parameter.kind || names_something(parameter.kind) ||
                      (type_.base == Base::Space && parameter.kind == model::ParameterKind::Cidr);
    if (!same || type_.known) {
      const std::string name = model::to_string(parameter.origin.path);
      if (!same && deferrable(type_)) {
        auto& reported = x_.diagnostics.report(diagnostics::kTypeMismatch, value.span, describe(type_),
                                               "a parameter of another type");
        reported.notes.push_back({parameter.origin.span, fmt::format("`{}` is declared here", name)});
        return std::nullopt;
      }
      auto& reported = x_.diagnostics.report(diagnostics::kDeferredStructure, value.span, name);
      reported.notes.push_back({parameter.origin.span, "the parameter is declared here"});
      reported.help = fmt::format("bind it: `--set {}=VALUE`, or an argument where the pattern is used", name);
      return std::nullopt;
    }
    if (!implies(parameter, type_)) {
      const std::string name = model::to_string(parameter.origin.path);
      auto& reported = x_.diagnostics.report(diagnostics::kBoundNotImplied, value.span, name, describe(type_));
      reported.notes.push_back({parameter.origin.span, "its own bound is declared here"});
      reported.help = "narrow the bound of the outer parameter to the inner one's";
      return std::nullopt;
    }
    return value;
  }

  /// Whatever is written where a secret is expected has been given away; it is not shown once more.
  std::optional<Value> no_secret(const Value& value) {
    if (std::holds_alternative<EntityRef>(value.node) || std::holds_alternative<List>(value.node)) {
      mismatch(value);
      return std::nullopt;
    }
    auto& reported = x_.diagnostics.report(diagnostics::kLiteralSecret, value.span);
    reported.help = "take it as a parameter of type `secret`, which whoever deploys the template gives";
    reported.secret = true;
    return std::nullopt;
  }

  std::optional<Value> within_bounds(Value value) {
    const auto* block = std::get_if<net::Prefix>(&value.node);
    const bool v6 = block != nullptr && block->address.family == net::Family::V6;
    const bool v6_allowed = !type_.lengths || type_.lengths->last > 32;
    if (const auto why = bound_broken(type_, value); why || (v6 && !v6_allowed)) {
      auto& reported = x_.diagnostics.report(
          diagnostics::kOutOfBounds, value.span,
          std::holds_alternative<std::string>(value.node) ? "the text" : to_text(value), why.value_or(describe(type_)));
      add_origin(reported);
      return std::nullopt;
    }
    return value;
  }

  bool is_quoted_address(const std::string& text) const {
    const bool block = type_.base == Base::Cidr || type_.base == Base::Space || type_.base == Base::Addresses;
    const bool single = type_.base == Base::Ip || type_.base == Base::Addresses;
    return (block && net::parse_prefix(text)) || (single && net::parse_address(text));
  }

  void mismatch(const Value& value) {
    reported_ = true;
    auto& reported = x_.diagnostics.report(diagnostics::kTypeMismatch, value.span, describe(type_), describe(value));
    add_origin(reported);
    if (const auto* address = std::get_if<net::Address>(&value.node); address != nullptr && type_.base == Base::Cidr) {
      const std::string meant = net::to_string(net::host(*address));
      reported.fixes.push_back(
          {.title = fmt::format("write `{}`", meant), .edits = {{value.span, meant}}, .safe = true});
    }
    if (const auto* number = std::get_if<std::int64_t>(&value.node);
        number != nullptr && type_.base == Base::PrefixLength) {
      const std::string meant = fmt::format("/{}", *number);
      reported.help = "a prefix length has a slash before it";
      reported.fixes.push_back(
          {.title = fmt::format("write `{}`", meant), .edits = {{value.span, meant}}, .safe = true});
    }
    const auto* text = std::get_if<std::string>(&value.node);
    if (text != nullptr && is_quoted_address(*text))
      reported.fixes.push_back({.title = "leave the quotes out", .edits = {{value.span, *text}}, .safe = true});
    if (type_.base != Base::Words) return;
    if (text != nullptr) {
      for (const auto& known : type_.words) {
        if (known == *text)
          reported.fixes.push_back({.title = "leave the quotes out", .edits = {{value.span, *text}}, .safe = true});
      }
    }
  }

  void add_origin(diagnostics::Diagnostic& reported) const {
    if (origin_.valid()) reported.notes.push_back({origin_, "the value comes from here"});
  }

  using ParameterId = model::ParameterId;
  Expansion& x_;
  const Type& type_;
  base::Span origin_;
  bool reported_ = false;
};

}  // namespace

std::optional<Value> coerce(Expansion& x, Value value, const Type& type, base::Span origin) {
  return Coercion(x, type, origin)(std::move(value));
}

}  // namespace crenel::sema
