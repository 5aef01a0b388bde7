#include "compiler/sema/types.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/net/address_set.h"

namespace crenel::sema {
namespace {

struct KindWord {
  Kind kind;
  std::string_view keyword;
  std::string_view with_article;
};
constexpr std::array<KindWord, 22> kKinds = {{
    {Kind::Network, "network", "a network"},
    {Kind::Subnet, "subnet", "a subnet"},
    {Kind::Group, "group", "a group"},
    {Kind::Balancer, "balancer", "a balancer"},
    {Kind::Appliance, "appliance", "an appliance"},
    {Kind::Function, "function", "a function"},
    {Kind::Store, "store", "a store"},
    {Kind::Queue, "queue", "a queue"},
    {Kind::Topic, "topic", "a topic"},
    {Kind::Table, "table", "a table"},
    {Kind::Vault, "vault", "a vault"},
    {Kind::Database, "database", "a database"},
    {Kind::Endpoint, "endpoint", "an endpoint"},
    {Kind::Link, "link", "a link"},
    {Kind::Peer, "peer", "a peering"},
    {Kind::Site, "site", "a site"},
    {Kind::Agent, "agent", "an agent"},
    {Kind::Guard, "guard", "a guard"},
    {Kind::Environment, "environment", "an environment"},
    {Kind::Stack, "stack", "a stack"},
    {Kind::Flow, "flow", "a flow"},
    {Kind::Waiver, "waiver", "a waiver"},
}};

std::string described_ints(const Type& type, std::string_view noun) {
  if (!type.ints) return std::string(noun);
  return fmt::format("{} from {} to {}", noun, type.ints->first, type.ints->last);
}

std::string described_block(const Type& type, std::string_view noun) {
  std::string out(noun);
  if (type.lengths) {
    out += type.lengths->first == type.lengths->last
               ? fmt::format(" of /{}", type.lengths->first)
               : fmt::format(" of /{} to /{}", type.lengths->first, type.lengths->last);
  }
  if (!type.within.empty()) out += " within " + type.within_text;
  return out;
}

std::string described_words(const Type& type) {
  if (type.open) return type.noun;
  std::vector<std::string> quoted;
  for (const auto& word : type.words) quoted.push_back(fmt::format("`{}`", word));
  return base::list_in_words(quoted, "or");
}

std::string described_kinds(const Type& type) {
  std::vector<std::string> names;
  for (const Kind kind : type.kinds)
    names.emplace_back(names.empty() ? with_article(kind) : std::string(keyword(kind)));
  return base::list_in_words(names, "or");
}

bool lies_within(const net::AddressSet& set, const std::vector<net::Prefix>& within) {
  return within.empty() || net::AddressSet(within).contains(set);
}

}  // namespace

std::string_view keyword(Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)).keyword; }
std::string with_article(Kind kind) { return std::string(kKinds.at(static_cast<std::size_t>(kind)).with_article); }

std::optional<Kind> kind_of_keyword(std::string_view word) {
  for (const auto& row : kKinds) {
    if (row.keyword == word) return row.kind;
  }
  return std::nullopt;
}

Type any_type() { return {}; }
Type bool_type() {
  Type type;
  type.base = Type::Base::Bool;
  return type;
}
Type entity_type(std::vector<Kind> kinds) {
  Type type;
  type.base = Type::Base::Entity;
  type.kinds = std::move(kinds);
  return type;
}

std::string describe(const Type& type) {
  using Base = Type::Base;
  switch (type.base) {
    case Base::Any:
      return "a value";
    case Base::Int:
      return described_ints(type, "a whole number");
    case Base::Bool:
      return "true or false";
    case Base::Text:
      return type.pattern.empty() ? "a text" : fmt::format("a text that matches `{}`", type.pattern);
    case Base::Cidr:
      return described_block(type, "an address block");
    case Base::Ip:
      return described_block(type, "an address");
    case Base::Service:
      return "a service";
    case Base::Image:
      return "an image (its name as a text)";
    case Base::Certificate:
      return "a certificate (its name as a text)";
    case Base::Identity:
      return "an identity (its name as a text)";
    case Base::Secret:
      return "a parameter of type secret";
    case Base::Key:
      return "a key (its name as a text)";
    case Base::Duration:
      return "a duration";
    case Base::Percent:
      return "a percentage";
    case Base::Range:
      return described_ints(type, "a range of whole numbers");
    case Base::PrefixLength:
      return described_block(type, "a prefix length");
    case Base::Words:
      return described_words(type);
    case Base::Label:
      return "a label";
    case Base::Entity:
      return described_kinds(type);
    case Base::Addresses:
      return "addresses";
    case Base::Space:
      return "an address block";
    case Base::Scale:
      return "a range of whole numbers, such as 2..6 by cpu(70%)";
    case Base::FlowLogs:
      return "true, false or a store";
    case Base::List:
      return "a list, of which each is " + describe(type.element.front());
  }
  return "";
}

std::string describe(const Value& value) {
  return std::visit(
      base::Overloaded{
          [](const None&) { return std::string("none"); },
          [](bool) { return std::string("true or false"); },
          [](std::int64_t n) { return fmt::format("the number {}", n); },
          [](const std::string&) { return std::string("a text"); },
          [](const Word& word) { return fmt::format("the word `{}`", word.text); },
          [](const Percent&) { return std::string("a percentage"); },
          [](const Duration&) { return std::string("a duration"); },
          [](const Date&) { return std::string("a date"); },
          [](const PrefixLength& length) { return fmt::format("the prefix length /{}", length.value); },
          [](const IntRange&) { return std::string("a range of numbers"); },
          [](const LengthRange&) { return std::string("a range of prefix lengths"); },
          [](const net::Address& address) { return fmt::format("the address {}", net::to_string(address)); },
          [](const net::Prefix& block) { return fmt::format("the block {}", net::to_string(block)); },
          [](const AddressBlocks&) { return std::string("a set of addresses"); },
          [](const net::Traffic&) { return std::string("a service"); },
          [](const Secret&) { return std::string("a secret"); },
          [](const List&) { return std::string("a list"); },
          [](const EntityRef&) { return std::string("a declared thing"); },
          [](const Deferred&) { return std::string("a parameter known at deployment"); },
          [](const Driven&) { return std::string("a scale"); },
      },
      value.node);
}

std::string to_text(const Value& value) {
  return std::visit(
      base::Overloaded{
          [](const None&) { return std::string("none"); },
          [](bool b) { return std::string(b ? "true" : "false"); },
          [](std::int64_t n) { return std::to_string(n); },
          [](const std::string& text) { return text; },
          [](const Word& word) { return word.text; },
          [](const Percent& percent) { return fmt::format("{}%", percent.value); },
          [](const Duration& duration) { return fmt::format("{}s", duration.seconds); },
          [](const Date& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); },
          [](const PrefixLength& length) { return fmt::format("/{}", length.value); },
          [](const IntRange& range) { return fmt::format("{}..{}", range.first, range.last); },
          [](const LengthRange& range) { return fmt::format("/{}../{}", range.first, range.last); },
          [](const net::Address& address) { return net::to_string(address); },
          [](const net::Prefix& block) { return net::to_string(block); },
          [](const AddressBlocks& set) {
            std::vector<std::string> parts;
            for (const auto& block : set.blocks) {
              const auto* known = std::get_if<net::Prefix>(&block);
              parts.push_back(known != nullptr ? net::to_string(*known) : "(deferred)");
            }
            return "[" + base::join(parts, ", ") + "]";
          },
          [](const net::Traffic& traffic) { return net::to_string(traffic); },
          [](const Secret&) { return std::string("(secret)"); },
          [](const List& list) {
            std::vector<std::string> parts;
            for (const auto& item : list.items) parts.push_back(to_text(item));
            return "[" + base::join(parts, ", ") + "]";
          },
          [](const EntityRef&) { return std::string("(declared)"); },
          [](const Deferred&) { return std::string("(deferred)"); },
          [](const Driven& driven) {
            return fmt::format("{} by {}({})", to_text(*driven.value), driven.driver, to_text(*driven.argument));
          },
      },
      value.node);
}

std::optional<model::ParameterKind> deferrable(const Type& type) {
  using Base = Type::Base;
  switch (type.base) {
    case Base::Cidr:
      return model::ParameterKind::Cidr;
    case Base::Ip:
      return model::ParameterKind::Ip;
    case Base::Image:
      return model::ParameterKind::Image;
    case Base::Certificate:
      return model::ParameterKind::Certificate;
    case Base::Identity:
      return model::ParameterKind::Identity;
    case Base::Secret:
      return model::ParameterKind::Secret;
    case Base::Key:
      return model::ParameterKind::Key;
    case Base::Text:
      return model::ParameterKind::Text;
    default:
      return std::nullopt;
  }
}

std::optional<std::string> regex_fault(const std::string& pattern) {
  const re2::RE2 compiled(pattern, re2::RE2::Quiet);
  return compiled.ok() ? std::nullopt : std::optional(compiled.error());
}

bool matches(const std::string& pattern, const std::string& text) {
  const re2::RE2 compiled(pattern, re2::RE2::Quiet);
  return compiled.ok() && re2::RE2::FullMatch(text, compiled);
}

std::optional<std::string> bound_broken(const Type& type, const Value& value) {
  const auto broken = [&](bool good) { return good ? std::nullopt : std::optional(describe(type)); };
  return std::visit(
      base::Overloaded{
          [&](std::int64_t n) { return broken(!type.ints || (type.ints->first <= n && n <= type.ints->last)); },
          [&](const IntRange& range) {
            return broken(!type.ints || (type.ints->first <= range.first && range.last <= type.ints->last));
          },
          [&](const PrefixLength& length) {
            return broken(!type.lengths || (type.lengths->first <= length.value && length.value <= type.lengths->last));
          },
          [&](const net::Prefix& block) {
            const bool sized =
                !type.lengths || (type.lengths->first <= block.length && block.length <= type.lengths->last);
            return broken(sized && lies_within(block, type.within));
          },
          [&](const net::Address& address) { return broken(lies_within(net::host(address), type.within)); },
          [&](const std::string& text) { return broken(type.pattern.empty() || matches(type.pattern, text)); },
          [&](const auto&) -> std::optional<std::string> { return std::nullopt; },
      },
      value.node);
}

bool implies(const model::Parameter& parameter, const Type& type) {
  if (type.lengths && (parameter.shortest < type.lengths->first || parameter.longest > type.lengths->last))
    return false;
  if (!type.within.empty()) {
    const net::AddressSet from =
        parameter.within.empty() ? net::AddressSet::everything(net::Family::V4) : net::AddressSet(parameter.within);
    if (!net::AddressSet(type.within).contains(from)) return false;
  }
  // Whether one expression implies another is not decided here: the same one does.
  return type.pattern.empty() || type.pattern == parameter.pattern;
}

}  // namespace crenel::sema
