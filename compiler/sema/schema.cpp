#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

Type of(Type::Base base) {
  Type type;
  type.base = base;
  return type;
}

Type list_of(Type element) {
  Type type = of(Type::Base::List);
  type.element.push_back(std::move(element));
  return type;
}

Type number(std::int64_t first, std::int64_t last) {
  Type type = of(Type::Base::Int);
  type.ints = IntRange{first, last};
  return type;
}

Type words(std::vector<std::string> all) {
  Type type = of(Type::Base::Words);
  type.words = std::move(all);
  return type;
}

Type open_words(std::string noun) {
  Type type = of(Type::Base::Words);
  type.open = true;
  type.noun = std::move(noun);
  return type;
}

Type tier_size() {
  Type type = of(Type::Base::PrefixLength);
  // The smallest subnet that both providers take is /28 and /29; a network has at most a /16.
  type.lengths = LengthRange{16, 29};
  return type;
}

}  // namespace

Type type_of(AttributeType type) {
  using Base = Type::Base;
  switch (type) {
    case AttributeType::Block:
      return of(Base::Cidr);
    case AttributeType::Space:
      return of(Base::Space);
    case AttributeType::Addresses:
      return of(Base::Addresses);
    case AttributeType::Address:
      return of(Base::Ip);
    case AttributeType::Zones:
      return number(1, 6);
    case AttributeType::Count:
      return number(1, 100);
    case AttributeType::Index:
      return number(0, 65535);
    case AttributeType::Retries:
      return number(0, 1000);
    case AttributeType::Bool:
      return of(Base::Bool);
    case AttributeType::Text:
      return of(Base::Text);
    case AttributeType::Texts:
      return list_of(of(Base::Text));
    case AttributeType::Identities:
      return list_of(of(Base::Identity));
    case AttributeType::Image:
      return of(Base::Image);
    case AttributeType::Certificate:
      return of(Base::Certificate);
    case AttributeType::Secret:
      return of(Base::Secret);
    case AttributeType::Scale:
      return of(Base::Scale);
    case AttributeType::TierSize:
      return tier_size();
    case AttributeType::Duration:
      return of(Base::Duration);
    case AttributeType::Acl:
      return words({"open", "strict"});
    case AttributeType::Layer:
      return words({"application", "network"});
    case AttributeType::Size:
      return words({"small", "medium", "large"});
    case AttributeType::Engine:
      return open_words("a database engine, such as `postgres16`");
    case AttributeType::Stage:
      return open_words("a stage, such as `prod`");
    case AttributeType::Region:
      return open_words("a region, such as `eu_west_1`");
    case AttributeType::Regions:
      return list_of(open_words("a region, such as `eu_west_1`"));
    case AttributeType::Providers:
      return list_of(open_words("a provider"));
    case AttributeType::Capabilities:
      return list_of(open_words("a capability, such as `ids`"));
    case AttributeType::Labels:
      return list_of(of(Base::Label));
    case AttributeType::FlowLogs:
      return of(Base::FlowLogs);
    case AttributeType::SiteRef:
      return entity_type({Kind::Site});
    case AttributeType::VaultRef:
      return entity_type({Kind::Vault});
    case AttributeType::TopicRef:
      return entity_type({Kind::Topic});
    case AttributeType::NetworkRefs:
      return list_of(entity_type({Kind::Network}));
    case AttributeType::AgentRefs:
      return list_of(entity_type({Kind::Agent}));
    case AttributeType::Receiver:
      return entity_type({Kind::Site, Kind::Group, Kind::Balancer});
    case AttributeType::Patterns:
    case AttributeType::Policies:
      return list_of(any_type());
  }
  return any_type();
}

const KindSchema* schema_of(std::string_view keyword) {
  for (const auto& schema : schemas()) {
    if (schema.keyword == keyword) return &schema;
  }
  return nullptr;
}

const Attribute* find(const KindSchema& schema, std::string_view name) {
  for (const auto& attribute : schema.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

std::optional<Value> default_of(const Attribute& attribute) {
  return std::visit(
      base::Overloaded{
          [](std::monostate) { return std::optional<Value>(); },
          [](std::string_view word) { return std::optional<Value>({.node = Word{std::string(word)}, .span = {}}); },
          [](const auto& value) { return std::optional<Value>({.node = value, .span = {}}); },
      },
      attribute.default_value);
}

}  // namespace crenel::sema
