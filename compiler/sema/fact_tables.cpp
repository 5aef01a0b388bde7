#include "compiler/sema/fact_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

using Type = FactType;

Fact fact(std::string_view name, Type type, std::string_view doc) {
  return {.name = name, .type = type, .kinds = {}, .words = {}, .optional = false, .doc = doc};
}
Fact thing(std::string_view name, std::vector<Kind> kinds, std::string_view doc) {
  return {.name = name, .type = Type::Thing, .kinds = std::move(kinds), .words = {}, .optional = true, .doc = doc};
}
Fact things(std::string_view name, std::vector<Kind> kinds, std::string_view doc) {
  return {.name = name, .type = Type::Things, .kinds = std::move(kinds), .words = {}, .optional = false, .doc = doc};
}
Fact word(std::string_view name, std::vector<std::string> words, std::string_view doc) {
  return {.name = name, .type = Type::Word, .kinds = {}, .words = std::move(words), .optional = true, .doc = doc};
}

/// What a declared property is as a fact.
Type type_of_attribute(AttributeType type) {
  switch (type) {
    case AttributeType::Block:
    case AttributeType::Space:
    case AttributeType::Addresses:
    case AttributeType::Address:
      return Type::Addresses;
    case AttributeType::Zones:
    case AttributeType::Count:
    case AttributeType::Index:
    case AttributeType::Retries:
      return Type::Number;
    case AttributeType::Bool:
      return Type::Bool;
    case AttributeType::Texts:
    case AttributeType::Identities:
      return Type::Texts;
    case AttributeType::Scale:
      return Type::Scale;
    case AttributeType::TierSize:
      return Type::Length;
    case AttributeType::Duration:
      return Type::Duration;
    case AttributeType::Acl:
    case AttributeType::Layer:
    case AttributeType::Size:
    case AttributeType::Engine:
    case AttributeType::Stage:
    case AttributeType::Region:
      return Type::Word;
    case AttributeType::Regions:
    case AttributeType::Providers:
    case AttributeType::Capabilities:
    case AttributeType::Labels:
      return Type::Words;
    case AttributeType::SiteRef:
    case AttributeType::VaultRef:
    case AttributeType::TopicRef:
    case AttributeType::Receiver:
      return Type::Thing;
    case AttributeType::NetworkRefs:
    case AttributeType::AgentRefs:
      return Type::Things;
    case AttributeType::FlowLogs:
    case AttributeType::Text:
    case AttributeType::Image:
    case AttributeType::Certificate:
    case AttributeType::Secret:
    case AttributeType::Patterns:
    case AttributeType::Policies:
      break;
  }
  return type == AttributeType::FlowLogs ? Type::Bool : Type::Text;
}

std::vector<Fact> declared_facts(Kind kind) {
  std::vector<Fact> out;
  const KindSchema* schema = schema_of(keyword(kind));
  if (schema == nullptr) return out;
  for (const Attribute& attribute : schema->attributes) {
    const sema::Type type = sema::type_of(attribute.type);
    const sema::Type& inner = type.base == sema::Type::Base::List ? type.element.front() : type;
    out.push_back({.name = attribute.name,
                   .type = type_of_attribute(attribute.type),
                   .kinds = inner.kinds,
                   .words = inner.open ? std::vector<std::string>() : inner.words,
                   .optional = !attribute.required && std::holds_alternative<std::monostate>(attribute.default_value),
                   .doc = attribute.doc});
  }
  return out;
}

bool stands_in_tier(Kind kind) {
  return kind == Kind::Group || kind == Kind::Balancer || kind == Kind::Appliance || kind == Kind::Function ||
         kind == Kind::Database || kind == Kind::Endpoint;
}

std::vector<Fact> common_facts(Kind kind) {
  std::vector<Fact> out = {fact("name", Type::Text, "The path that it is declared by.")};
  if (kind != Kind::Waiver && kind != Kind::Environment) {
    out.push_back(thing("stack", {Kind::Stack}, "The stack that is built; `none` for a pattern by itself."));
    if (kind != Kind::Stack)
      out.push_back(thing("environment", {Kind::Environment}, "The environment that it is built for."));
    out.push_back(word("stage", {}, "The stage of the environment that it is built for."));
  }
  Fact because = fact("because", Type::Text, "The reason that is given for it.");
  because.optional = true;
  out.push_back(std::move(because));
  if (stands_in_tier(kind)) {
    out.push_back(thing("subnet", {Kind::Subnet}, "The tier that it stands in."));
    out.push_back(thing("network", {Kind::Network}, "The network that it stands in."));
    out.push_back(fact("zones", Type::Number, "Over how many zones it is spread."));
    out.push_back(
        fact("public", Type::Bool, "Whether the Internet could have a way to it: a public address, or a public tier."));
  }
  return out;
}

std::vector<Fact> own_facts(Kind kind) {
  switch (kind) {
    case Kind::Network:
      return {things("subnets", {Kind::Subnet}, "Its tiers."),
              things("sites", {Kind::Site}, "The sites that it is linked to."),
              things("networks", {Kind::Network}, "The networks that it is peered with."),
              fact("existing", Type::Bool, "Whether it was made elsewhere.")};
    case Kind::Subnet:
      return {word("kind", {"public", "private", "isolated"}, "What reaches it, and what it reaches."),
              thing("network", {Kind::Network}, "Its network."),
              things("groups", {Kind::Group}, "The groups that stand in it."),
              {.name = "way_out",
               .type = Type::Ways,
               .kinds = {},
               .words = {},
               .optional = true,
               .doc = "The ways to the Internet that its flows take: `internet` itself, `nat`, a site."}};
    case Kind::Group:
      return {fact("min", Type::Number, "The least number of members."),
              fact("max", Type::Number, "The greatest number of members.")};
    case Kind::Balancer:
      return {things("targets", {Kind::Group}, "The groups that it hands conversations to.")};
    case Kind::Link:
      return {word("by", {"vpn", "direct"}, "What it is made of."), thing("network", {Kind::Network}, "Its network."),
              thing("site", {Kind::Site}, "Its site.")};
    case Kind::Peer:
      return {things("networks", {Kind::Network}, "The two networks.")};
    case Kind::Endpoint:
      return {things("targets", {}, "What it leads to.")};
    case Kind::Store:
    case Kind::Queue:
    case Kind::Topic:
    case Kind::Table:
    case Kind::Vault:
      return {fact("encrypted", Type::Bool, "Always true: the language has no other."),
              fact("existing", Type::Bool, "Whether it was made elsewhere.")};
    case Kind::Environment:
      return {fact("accounts", Type::Texts, "Its accounts, subscriptions and projects, of every provider.")};
    case Kind::Stack:
      return {word("provider", {}, "The provider that it is built for."),
              thing("environment", {Kind::Environment}, "The environment that it is built for."),
              things("networks", {Kind::Network}, "Its networks."),
              fact("patterns", Type::Texts, "The names of the patterns that it uses."),
              fact("approved", Type::Bool,
                   "Whether it has no network of its own: all are of patterns that a handbook lists."),
              fact("verbatim", Type::Texts, "The names of its raw resources.")};
    default:
      return {};
  }
}

std::vector<Fact> flow_facts() {
  return {fact("from", Type::Ends, "Who opens."),
          fact("to", Type::Ends, "Who answers."),
          fact("actions", Type::Actions,
               "Its services and data actions; a service is among them when they share a packet."),
          {.name = "via", .type = Type::Ways, .kinds = {}, .words = {}, .optional = false, .doc = "The ways it takes."},
          fact("deny", Type::Bool, "Whether it closes instead of opening."),
          fact("data", Type::Bool, "Whether it is about data actions."),
          fact("peer", Type::Bool, "Whether members of one group are at both ends."),
          fact("wide", Type::Bool, "Whether it is about every action, every packet or every port of a protocol."),
          fact("ports", Type::Number, "How many ports and types of ICMP it is about; 65536 for all."),
          fact("by_address", Type::Bool, "Whether an end is written as addresses."),
          fact("names_subnet", Type::Bool, "Whether an end is written as a tier or a network."),
          word("path", {"network", "link", "peer", "endpoint", "internet"}, "What it crosses.")};
}

std::vector<Fact> waiver_facts() {
  Fact owner = fact("owner", Type::Text, "Who answers for it.");
  Fact ticket = fact("ticket", Type::Text, "Where it was decided.");
  return {fact("rule", Type::Text, "The rule that it waives: `corporate.two_zones`."), std::move(owner),
          std::move(ticket), fact("until", Type::Date, "Its last day.")};
}

KindFacts table_of(Kind kind) {
  KindFacts out;
  out.kind = kind;
  const KindSchema* schema = schema_of(keyword(kind));
  out.doc = kind == Kind::Flow     ? "A flow as it is written, every source and destination together."
            : kind == Kind::Waiver ? "An exception to a rule."
                                   : schema->doc;
  out.facts = declared_facts(kind);
  std::vector<Fact> more = common_facts(kind);
  std::vector<Fact> own = kind == Kind::Flow ? flow_facts() : kind == Kind::Waiver ? waiver_facts() : own_facts(kind);
  more.insert(more.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  for (Fact& one : more) {
    const bool known =
        std::any_of(out.facts.begin(), out.facts.end(), [&](const Fact& each) { return each.name == one.name; });
    if (!known) out.facts.push_back(std::move(one));
  }
  return out;
}

}  // namespace

const std::vector<KindFacts>& all_facts() {
  static const std::vector<KindFacts> kAll = [] {
    std::vector<KindFacts> out;
    for (int kind = 0; kind <= static_cast<int>(Kind::Waiver); ++kind) out.push_back(table_of(static_cast<Kind>(kind)));
    return out;
  }();
  return kAll;
}

const std::vector<Fact>& facts_of(Kind kind) { return all_facts().at(static_cast<std::size_t>(kind)).facts; }

const Fact* find_fact(Kind kind, std::string_view name) {
  for (const Fact& fact : facts_of(kind)) {
    if (fact.name == name) return &fact;
  }
  return nullptr;
}

namespace {

std::string quoted_words(const Fact& fact) {
  std::vector<std::string> quoted;
  for (const auto& each : fact.words) quoted.push_back(fmt::format("`{}`", each));
  return base::list_in_words(quoted, "or");
}

std::string base_of(const Fact& fact) {
  switch (fact.type) {
    case Type::Bool:
      return "true or false";
    case Type::Number:
      return "a number";
    case Type::Text:
      return "a text";
    case Type::Texts:
      return "a list of texts";
    case Type::Word:
      return fact.words.empty() ? "a word" : quoted_words(fact);
    case Type::Words:
      return fact.words.empty() ? "a list of words" : "a list of " + quoted_words(fact);
    case Type::Thing:
      return fact.kinds.empty() ? "a declared thing" : describe(entity_type(fact.kinds));
    case Type::Things:
      return fact.kinds.empty() ? "a list of declared things"
                                : fmt::format("a list: each {}", describe(entity_type(fact.kinds)));
    case Type::Ends:
      return "a list of ends: things, addresses, `internet`";
    case Type::Actions:
      return "a list of services and data actions";
    case Type::Ways:
      return "a list of ways: `nat`, sites, appliances";
    case Type::Addresses:
      return "addresses";
    case Type::Duration:
      return "a duration";
    case Type::Date:
      return "a date";
    case Type::Length:
      return "the length of a prefix";
    case Type::Scale:
      return "a range of numbers";
  }
  return "a value";
}

}  // namespace

std::string describe(const Fact& fact) { return base_of(fact) + (fact.optional ? ", or `none`" : ""); }

std::string facts_module() {
  std::string out =
      "// What a rule can ask of each kind of thing: `require group g : g.zones >= 2`.\n"
      "// A list for each kind, with the names of its facts; the comment above it says what they are. The compiler's "
      "own\n"
      "// table and this file are held to each other by a test.\n";
  for (const KindFacts& table : all_facts()) {
    out += fmt::format("\n/// `{}`: {}\n///\n", keyword(table.kind), table.doc);
    std::vector<std::string> names;
    for (const Fact& fact : table.facts) {
      out += fmt::format("/// - `{}`: {}. {}\n", fact.name, describe(fact), fact.doc);
      names.push_back(fmt::format("\"{}\"", fact.name));
    }
    out += fmt::format("let {}_facts = [\n", keyword(table.kind));
    for (const auto& name : names) out += fmt::format("  {},\n", name);
    out += "]\n";
  }
  return out;
}

}  // namespace crenel::sema
