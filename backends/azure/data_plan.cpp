#include "backends/azure/data_plan.h"

#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/existing.h"
#include "backends/azure/functions.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"
#include "compiler/base/ids.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {

using base::Overloaded;
using model::Design;
using model::Endpoint;

namespace {

constexpr std::string_view kHttps = "443";

std::string_view role_word(const Endpoint& service) {
  return std::visit(Overloaded{[](model::StoreId) { return std::string_view("Store"); },
                               [](model::QueueId) { return std::string_view("Queue"); },
                               [](model::TopicId) { return std::string_view("Topic"); },
                               [](model::TableId) { return std::string_view("Table"); },
                               [](model::VaultId) { return std::string_view("Vault"); },
                               [](model::FunctionId) { return std::string_view("App"); },
                               [](const auto&) { return std::string_view(""); }},
                    service);
}

bool application_balancers_in(const Design& design, model::TierId tier) {
  const auto all = model::balancers_in(design, tier);
  return std::any_of(all.begin(), all.end(),
                     [&](model::BalancerId id) { return design.balancers[id].layer == model::Layer::Application; });
}

}  // namespace

Endpoint as_endpoint(const model::Service& service) {
  return std::visit([](auto id) { return Endpoint(id); }, service);
}

bool is_used_from(const Design& design, model::NetworkId network, const Endpoint& service) {
  return std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
    const auto tier = model::tier_of(design, flow.from);
    return flow.to == service && tier && design.tiers[*tier].network == network;
  });
}

bool has_own_endpoint(const Endpoint& service) { return model::is_service(service); }

std::vector<PrivateEnd> private_ends(const Design& design) {
  std::vector<PrivateEnd> out;
  for (const model::PrivatePathId id : design.private_paths.ids()) {
    const model::PrivatePath& path = design.private_paths[id];
    // nothing in a gateways' tier could use it
    if (application_balancers_in(design, path.tier)) continue;
    const model::NetworkId network = design.tiers[path.tier].network;
    const bool elsewhere = !functions_in(design, path.tier).empty() || model::has_appliances(design, path.tier);
    const auto tier = elsewhere ? tier_for_ends(design, network) : std::optional(path.tier);
    if (!tier) continue;
    for (const model::Service& each : path.services) {
      const PrivateEnd end{.network = network, .tier = *tier, .path = id, .service = as_endpoint(each)};
      if (!has_own_endpoint(end.service)) continue;
      // Of a service made elsewhere the template has what is granted: a way that nobody takes would lead to nothing.
      if (is_existing(design, end.service) && !is_used_from(design, network, end.service)) continue;
      const auto same = [&](const PrivateEnd& other) {
        return other.network == end.network && other.service == end.service;
      };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back(end);
    }
  }
  return out;
}

std::optional<PrivateEnd> private_end(const Design& design, model::NetworkId network, const Endpoint& service) {
  for (const PrivateEnd& end : private_ends(design)) {
    if (end.network == network && end.service == service) return end;
  }
  return std::nullopt;
}

bool has_private_ends(const Design& design, model::TierId tier) {
  const auto all = private_ends(design);
  return !hosts_in(design, tier).empty() ||
         std::any_of(all.begin(), all.end(), [&](const PrivateEnd& end) { return end.tier == tier; });
}

model::Path path_of(const Design& design, const PrivateEnd& end) {
  return {pascal(design.private_paths[end.path].origin.path), pascal(model::origin_of(design, end.service).path)};
}

Term group_id_of(const Design& design, const PrivateEnd& end) {
  return resource_id(kApplicationSecurityGroup, resource_name(path_of(design, end), "Asg"));
}

model::Flow packets_of(const model::DataFlow& flow) {
  constexpr std::uint16_t kPort = 443;
  static_assert(kHttps == "443");
  return {.statement = flow.statement,
          .from = flow.from,
          .to = flow.to,
          .traffic = net::Traffic::of(net::Protocol::Tcp, kPort, kPort),
          .via = {}};
}

bool acts(const Design& design, const Endpoint& member) {
  // a function keeps its state as somebody
  return std::holds_alternative<model::FunctionId>(member) ||
         std::any_of(design.data_flows.begin(), design.data_flows.end(),
                     [&](const model::DataFlow& flow) { return flow.from == member; });
}

Term identity_id(const Design& design, const Endpoint& member) {
  return resource_id(kIdentity, resource_name(model::origin_of(design, member).path, "Identity"));
}

Term principal_of(const Term& identity) {
  const Term reference = call("reference", {identity, Term::literal(std::string(kIdentity.api_version))});
  return Term::expression(reference.text() + ".principalId");
}

// ---- names

std::string name_variable(const Design& design, const Endpoint& service) {
  return parameter_name(model::origin_of(design, service).path, std::string(role_word(service)) + "Name");
}

Term name_of_service(const Design& design, const Endpoint& service) {
  return is_existing(design, service) ? existing_name(design, service) : variable(name_variable(design, service));
}

std::string part_name(const model::Path& path) {
  constexpr std::size_t kLongest = 63;
  std::string out;
  for (const std::string& segment : path) {
    if (!out.empty()) out += '-';
    for (const char c : segment) {
      const bool capital = c >= 'A' && c <= 'Z';
      const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (capital) out += static_cast<char>(c - 'A' + 'a');
      if (kept) out += c;
      if (!capital && !kept && !out.empty() && out.back() != '-') out += '-';
    }
  }
  if (out.size() > kLongest) out.resize(kLongest);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.size() < 3 ? out + "-data" : out;
}

document::Value service_tags(const Design& design, const Endpoint& service) {
  std::vector<Term> own = {Term::literal("declared"), Term::literal(pascal(model::origin_of(design, service).path))};
  std::string labels;
  for (const std::string& label : model::labels_of(design, service)) labels += (labels.empty() ? "" : " ") + label;
  if (!labels.empty()) {
    own.push_back(Term::literal("labels"));
    own.push_back(Term::literal(labels));
  }
  return call("union", {variable("Tags"), call("createObject", own)}).value();
}

Term child_name(const Term& parent, const std::vector<std::string>& parts) {
  std::string form = "{0}";
  for (const std::string& part : parts) form += "/" + part;
  return call("format", {Term::literal(form), parent});
}

// ---- encryption

std::optional<model::VaultId> key_of(const Design& design, const Endpoint& service) {
  return std::visit(Overloaded{[&](model::StoreId id) { return design.stores[id].key; },
                               [&](model::QueueId id) { return design.queues[id].key; },
                               [&](model::TopicId id) { return design.topics[id].key; },
                               [&](model::TableId id) { return design.data_tables[id].key; },
                               [](const auto&) { return std::optional<model::VaultId>(); }},
                    service);
}

bool encrypts(const Design& design, model::VaultId vault) {
  const auto all = model::declared_endpoints(design);
  return std::any_of(all.begin(), all.end(), [&](const Endpoint& each) { return key_of(design, each) == vault; });
}

bool has_key(const Design& design, model::VaultId vault) {
  const auto uses_key = [](model::DataAction action) {
    return action == model::DataAction::Encrypt || action == model::DataAction::Decrypt;
  };
  return encrypts(design, vault) ||
         std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
           return flow.to == Endpoint(vault) && std::any_of(flow.actions.begin(), flow.actions.end(), uses_key);
         });
}

Term key_id(const Design& design, model::VaultId vault) {
  return resource_id(kVault, name_of_service(design, vault), {"keys", std::string(kKeyName)});
}

Term encryption_identity_id(const Design& design, model::VaultId vault) {
  return resource_id(kIdentity, resource_name(design.vaults[vault].origin.path, "Encryption"));
}

Term encryption_assignment_id(const Design& design, model::VaultId vault) {
  const Term scope = key_id(design, vault);
  const Term role = built_in_role(kEncryptionUser);
  return call("extensionResourceId", {scope, Term::literal(std::string(kRoleAssignment.name)),
                                      call("guid", {scope, encryption_identity_id(design, vault), role})});
}

Term vault_uri(const Design& design, model::VaultId vault) {
  return call("format", {Term::literal("https://{0}{1}"), name_of_service(design, vault),
                         Term::expression("environment().suffixes.keyvaultDns")});
}

// ---- the way in from outside

std::vector<const model::DataFlow*> flows_from_sites(const Design& design, const Endpoint& service) {
  std::vector<const model::DataFlow*> out;
  for (const model::DataFlow& flow : design.data_flows) {
    if (flow.to == service && model::is_place(flow.from)) out.push_back(&flow);
  }
  return out;
}

namespace {

/// "Configure Azure Storage firewalls": blocks of /31 and /32 are refused, their addresses are taken one by one.
void add_storage_block(const Design& design, const model::Late<net::Prefix>& block, std::vector<Term>& out) {
  constexpr int kLongestBlock = 30;
  const auto known = model::known(block);
  const auto add = [&](Term term) {
    if (std::find(out.begin(), out.end(), term) == out.end()) out.push_back(std::move(term));
  };
  if (!known) {
    const Term given = address(design, block);
    const Term whole = call("endsWith", {given, Term::literal("/32")});
    const Term alone = Term::expression(call("parseCidr", {given}).text() + ".network");
    return add(call("if", {whole, alone, given}));
  }
  if (known->length <= kLongestBlock) return add(Term::literal(net::to_string(*known)));
  for (std::uint32_t i = 0; i < (1U << (32 - known->length)); ++i) {
    const auto one = known->part(32, i);
    if (!one) continue;
    const std::string text = net::to_string(*one);
    add(Term::literal(text.substr(0, text.find('/'))));
  }
}

}  // namespace

std::vector<Term> source_blocks(const Design& design, const Endpoint& service) {
  std::vector<Term> out;
  for (const model::DataFlow* flow : flows_from_sites(design, service)) {
    if (const auto* site = std::get_if<model::SiteId>(&flow->from)) {
      for (const auto& block : model::addresses_of(design, *site)) add_storage_block(design, block, out);
    } else if (const auto* blocks = std::get_if<model::Blocks>(&flow->from)) {
      for (const auto& block : blocks->blocks) add_storage_block(design, block, out);
    }
  }
  return out;
}

bool is_logged_to(const Design& design, model::StoreId store) {
  return std::any_of(design.networks.begin(), design.networks.end(), [&](const model::Network& network) {
    return network.flow_logs && network.flow_log_store == store;
  });
}

bool is_private_only(const Design& design, const Endpoint& service) {
  return flows_from_sites(design, service).empty();
}

}  // namespace crenel::azure
