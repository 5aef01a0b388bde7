#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

using Type = AttributeType;

Attribute required(std::string_view name, Type type, std::string_view doc) {
  return {.name = name, .type = type, .required = true, .default_value = {}, .doc = doc};
}
Attribute optional(std::string_view name, Type type, std::string_view doc, Default value = {}) {
  return {.name = name, .type = type, .required = false, .default_value = std::move(value), .doc = doc};
}
Attribute labels() { return optional("labels", Type::Labels, "Labels that policies and claims refer to.", List{}); }
Attribute key() { return optional("key", Type::VaultRef, "The vault whose key encrypts it."); }

std::vector<KindSchema> networks() {
  return {
      {.keyword = "network",
       .doc = "A virtual network of the provider.",
       .attributes = {required("space", Type::Space, "The addresses of the network."),
                      optional("zones", Type::Zones, "In how many zones its tiers stand.", std::int64_t{2}),
                      optional("ipv6", Type::Bool, "Whether the network has IPv6 addresses too.", false),
                      optional("flow_logs", Type::FlowLogs, "Whether, or to which store, its traffic is logged.",
                               true)}},
      {.keyword = "subnet",
       .doc = "A tier: one subnet per zone on AWS, one subnet on Azure, over the same block.",
       .attributes = {optional("size", Type::TierSize, "The size of its part of one zone."),
                      optional("space", Type::Block, "Its whole block, where it is not placed by size."),
                      optional("at", Type::Index, "Pins the tier to the N-th block of its own size."),
                      optional("acl", Type::Acl, "`strict` adds a rule list at the subnet's edge.",
                               std::string_view("open"))}},
      {.keyword = "site",
       .doc = "A place outside, known by its addresses or identities.",
       .attributes = {optional("addresses", Type::Addresses, "The addresses of the place."),
                      optional("device", Type::Address, "The public address of its VPN device."),
                      optional("identities", Type::Identities, "Who acts from there, for data actions."),
                      optional("inside", Type::SiteRef, "The larger site that this is a part of."),
                      optional("strong_authentication", Type::Bool, "Whether the place demands a second factor.",
                               false)}},
      {.keyword = "link",
       .doc = "A hybrid connection from a network to a site.",
       .attributes = {optional("key", Type::Secret, "The pre-shared key of a VPN."),
                      optional("certificate", Type::Certificate, "The certificate of a VPN."),
                      optional("encrypted", Type::Bool, "Whether a direct link is encrypted.", false)}},
      {.keyword = "peer", .doc = "A connection of two networks; not transitive.", .attributes = {}},
      {.keyword = "endpoint", .doc = "A private path from a tier to named resources and no others.", .attributes = {}},
  };
}

std::vector<KindSchema> hosts() {
  return {
      {.keyword = "group",
       .doc = "Instances with one function.",
       .attributes = {required("image", Type::Image, "The machine image that every member starts from."),
                      optional("size", Type::Size, "How large an instance is.", std::string_view("small")),
                      optional("scale", Type::Scale, "How many members, and what drives the number.", IntRange{1, 1}),
                      optional("boot", Type::Text, "A script for the first start of an instance."),
                      optional("agents", Type::AgentRefs, "Host agents on every member.", List{}),
                      optional("immutable", Type::Bool, "Whether nobody ever logs in: a change replaces.", false),
                      optional("ephemeral", Type::Bool, "Whether members end when their work is done.", false),
                      optional("public_address", Type::Bool, "Whether members have a public address.", false),
                      labels()}},
      {.keyword = "balancer",
       .doc = "Hands conversations to the members of a group.",
       .attributes = {optional("layer", Type::Layer,
                               "`application` ends the connection; `network` passes the client's address on.",
                               std::string_view("application")),
                      optional("certificate", Type::Certificate, "The certificate of its TLS listeners."), labels()}},
      {.keyword = "appliance",
       .doc = "Forwards what flows send via it.",
       .attributes = {required("image", Type::Image, "The machine image of the appliance."),
                      optional("size", Type::Size, "How large an instance is.", std::string_view("small")),
                      optional("count", Type::Count, "How many instances.", std::int64_t{1}), labels()}},
      {.keyword = "function",
       .doc = "Code that an event starts.",
       .attributes = {required("code", Type::Text, "The source text."),
                      required("runtime", Type::Text, "The language and its version."), labels()}},
      {.keyword = "agent",
       .doc = "A program on every instance of the groups that name it.",
       .attributes = {optional("install", Type::Text, "The script that installs it."),
                      optional("token", Type::Secret, "What it registers with."),
                      optional("reports_to", Type::Receiver, "Where its findings go."),
                      optional("cloud_native", Type::Bool, "Whether it survives automatic scaling.", false),
                      optional("provides", Type::Capabilities, "What it can do.", List{})}},
      {.keyword = "guard",
       .doc = "Detects, reports and undoes changes that were made outside the pipeline.",
       .attributes = {required("watch", Type::NetworkRefs, "The networks it watches."),
                      optional("alert", Type::TopicRef, "Where a finding is published."),
                      optional("revert", Type::Duration, "How soon a change is undone.", Duration{300}),
                      optional("prevent", Type::Bool,
                               "Whether a policy is made that forbids the changes to everybody but those left alone.",
                               false),
                      optional("exempt", Type::Texts, "Whose changes are left alone.", List{})}},
  };
}

std::vector<KindSchema> services() {
  return {
      {.keyword = "store",
       .doc = "An object store: encrypted, never public.",
       .attributes = {key(), optional("archive_after", Type::Duration, "When an object goes to cold storage."),
                      optional("lock", Type::Duration, "How long an object cannot be changed."), labels()}},
      {.keyword = "queue",
       .doc = "A message queue.",
       .attributes = {key(), optional("retry", Type::Retries, "How often a message is tried again."),
                      optional("retain", Type::Duration, "How long a message is kept."), labels()}},
      {.keyword = "topic", .doc = "A topic that messages are published on.", .attributes = {key(), labels()}},
      {.keyword = "table", .doc = "A table of items with a key.", .attributes = {key(), labels()}},
      {.keyword = "vault", .doc = "Keeps keys and secrets.", .attributes = {labels()}},
      {.keyword = "database",
       .doc = "A managed database with an address in the network.",
       .attributes = {required("engine", Type::Engine, "The engine and its version."),
                      optional("size", Type::Size, "How large it is.", std::string_view("small")),
                      optional("backup", Type::Duration, "How long backups are kept."), labels()}},
  };
}

std::vector<KindSchema> organisation() {
  return {
      {.keyword = "environment",
       .doc = "Where a stack is deployed: stage, accounts, people.",
       .attributes = {optional("stage", Type::Stage, "dev, test, prod …"),
                      optional("regions", Type::Regions, "The regions that may be used.", List{}),
                      optional("network_admins", Type::Texts, "Who may change networks here.", List{}),
                      optional("owner", Type::Text, "Who answers for it."),
                      optional("waivers", Type::Text, "The file whose waivers count here.")}},
      {.keyword = "stack",
       .doc = "Patterns and declarations of one application, bound to a provider.",
       .attributes = {required("region", Type::Region, "The region it is deployed to.")}},
      {.keyword = "handbook",
       .doc = "The approved patterns, compiled for every provider.",
       .attributes = {optional("version", Type::Text, "The edition."),
                      optional("owner", Type::Text, "Who answers for it."),
                      optional("providers", Type::Providers, "The providers it is compiled for; all when absent."),
                      required("patterns", Type::Patterns, "The patterns, each with arguments where it needs them."),
                      optional("policies", Type::Policies, "The policies that its patterns must keep.")}},
  };
}

std::vector<KindSchema> all() {
  std::vector<KindSchema> out;
  for (auto& part : {networks(), hosts(), services(), organisation()}) out.insert(out.end(), part.begin(), part.end());
  return out;
}

}  // namespace

const std::vector<KindSchema>& schemas() {
  static const std::vector<KindSchema> kSchemas = all();
  return kSchemas;
}

}  // namespace crenel::sema
