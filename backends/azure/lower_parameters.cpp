#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/boot.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "compiler/base/text.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::ParameterKind;

Value described(const char* type, std::string_view description) {
  return document::object({{"type", type}, {"metadata", document::object({{"description", literal(description)}})}});
}

/// The shortest and longest text that a value of the parameter can be. Azure checks lengths and no patterns.
void set_lengths(const model::Parameter& parameter, bool is_key, Value& definition) {
  switch (parameter.kind) {
    case ParameterKind::Cidr:  // 0.0.0.0/0 to 255.255.255.255/32
      definition.set("minLength", 9);
      definition.set("maxLength", 18);
      return;
    case ParameterKind::Ip:
      definition.set("minLength", 7);
      definition.set("maxLength", 15);
      return;
    case ParameterKind::Secret:
      if (!is_key) {
        definition.set("minLength", 1);
        return;
      }
      // a pre-shared key of a VPN (learn.microsoft.com, "VPN Gateway FAQ": up to 128 printable ASCII characters)
      definition.set("minLength", 16);
      definition.set("maxLength", 128);
      return;
    default:
      definition.set("minLength", 1);
  }
}

/// What is to be given, with the bounds that the design was proved for.
std::string description_of(const model::Parameter& parameter) {
  std::string out = parameter.origin.doc.empty() ? "`" + model::to_string(parameter.origin.path) + "` of the design."
                                                 : parameter.origin.doc;
  switch (parameter.kind) {
    case ParameterKind::Cidr:
      out += " An IPv4 block of /" + std::to_string(parameter.shortest) + " to /" + std::to_string(parameter.longest);
      break;
    case ParameterKind::Ip:
      out += " An IPv4 address";
      break;
    case ParameterKind::Image:
      return out + " The resource id of an image of a Linux, generation 2.";
    case ParameterKind::Certificate:
      return out + " The address of a secret in a key vault, without its version.";
    case ParameterKind::Text:
      return parameter.pattern.empty() ? out : out + " It matches " + parameter.pattern + ".";
    default:
      return out;
  }
  std::vector<std::string> within;
  for (const net::Prefix& prefix : parameter.within) within.push_back(net::to_string(prefix));
  return out + (within.empty() ? "." : " within " + base::list_in_words(within, "or") + ".");
}

/// Whether the secret is the key of a VPN.
bool is_key(const Design& design, model::ParameterId id) {
  return std::any_of(design.links.begin(), design.links.end(), [&](const model::Link& link) { return link.key == id; });
}

TemplateParameter lower_parameter(const Design& design, model::ParameterId id) {
  const model::Parameter& parameter = design.parameters[id];
  const bool secret = parameter.kind == ParameterKind::Secret;
  Value definition = described(secret ? "securestring" : "string", description_of(parameter));
  set_lengths(parameter, is_key(design, id), definition);
  if (parameter.default_value && !secret) definition.set("defaultValue", literal(*parameter.default_value));
  return {.name = parameter_name(parameter.origin.path),
          .definition = std::move(definition),
          .cause = cause_of(parameter.origin, "parameter")};
}

TemplateParameter location(const Design& design) {
  Value definition = described("string", "The region that everything is made in.");
  if (design.region.empty()) {
    definition.set("defaultValue", Term::expression("resourceGroup().location").value());
  } else {
    definition.set("defaultValue", design.region);
    definition.set("allowedValues", document::array({design.region}));
  }
  return {.name = "Location", .definition = std::move(definition), .cause = {"the region", {}}};
}

void add_watcher(Template& out) {
  Value name = described("string", "The network watcher of the region, which the flow logs become a part of.");
  name.set("defaultValue", call("format", {Term::literal("NetworkWatcher_{0}"), parameter("Location")}).value());
  Value group = described("string", "The resource group of the network watcher.");
  group.set("defaultValue", "NetworkWatcherRG");
  out.parameters.push_back({.name = "NetworkWatcherName", .definition = name, .cause = {"the network watcher", {}}});
  out.parameters.push_back(
      {.name = "NetworkWatcherResourceGroup", .definition = group, .cause = {"the network watcher", {}}});
}

TemplateParameter required(const model::Origin& origin, std::string_view kind, std::string_view role,
                           const std::string& description) {
  Value definition = described("string", description);
  definition.set("minLength", 1);
  return {.name = parameter_name(origin.path, role), .definition = definition, .cause = cause_of(origin, kind)};
}

void add_balancer_parameters(const model::Balancer& balancer, Template& out) {
  const std::string path = "`" + model::to_string(balancer.origin.path) + "`";
  out.parameters.push_back(required(balancer.origin, "balancer", "CertificateIdentity",
                                    "The resource id of a managed identity that may read the certificate of balancer " +
                                        path + " (role Key Vault Secrets User)."));
  out.parameters.push_back(required(balancer.origin, "balancer", "TargetHostName",
                                    "The host name in the certificates of the servers behind balancer " + path + "."));
  out.parameters.push_back(required(balancer.origin, "balancer", "TargetRootCertificate",
                                    "The root certificate (Base64 of the .cer file) that signs those of the servers "
                                    "behind balancer " +
                                        path + "."));
}

}  // namespace

void lower_variables(const Design& design, Template& out) {
  Value tags = document::object({{"design", literal(design.name)}});
  if (design.environment) {
    const model::Environment& environment = *design.environment;
    tags.set("environment", literal(model::to_string(environment.origin.path)));
    if (!environment.stage.empty()) tags.set("stage", literal(environment.stage));
    if (!environment.owner.empty()) tags.set("owner", literal(environment.owner));
  }
  out.variables.insert(out.variables.begin(), {"Tags", tags});
  for (auto& each : part_variables(design)) out.variables.push_back(std::move(each));
  add_boot_variables(design, out);
  add_agent_variables(design, out);
  const std::set<std::string> used = names_used(out, "variables");
  std::erase_if(out.variables, [&](const auto& each) { return !used.contains(each.first); });
}

void lower_parameters(const Design& design, Template& out) {
  out.parameters.push_back(location(design));
  for (const model::ParameterId id : design.parameters.ids()) out.parameters.push_back(lower_parameter(design, id));
  for (const model::Group& group : design.groups) {
    const bool appliance =
        std::any_of(design.appliances.begin(), design.appliances.end(),
                    [&](const model::Appliance& each) { return each.origin.path == group.origin.path; });
    out.parameters.push_back(required(group.origin, appliance ? "appliance" : "group", "AdminPublicKey",
                                      "The SSH public key of the administrator of `" +
                                          model::to_string(group.origin.path) +
                                          "`. Azure wants one even where no flow leads to a login."));
  }
  for (const model::Balancer& balancer : design.balancers) add_balancer_parameters(balancer, out);
  for (const model::Database& database : design.databases) {
    Value definition = described("securestring", "The password of the first user of database `" +
                                                     model::to_string(database.origin.path) +
                                                     "`: letters of both kinds, digits and other characters.");
    definition.set("minLength", 16);
    definition.set("maxLength", 128);
    out.parameters.push_back({.name = parameter_name(database.origin.path, "AdminPassword"),
                              .definition = std::move(definition),
                              .cause = cause_of(database.origin, "database")});
  }
  for (const model::Link& link : design.links) {
    out.parameters.push_back(required(link.origin, "link", "Circuit",
                                      "The resource id of the ExpressRoute circuit to `" +
                                          model::to_string(design.sites[link.site].origin.path) +
                                          "`, which whoever deploys may use."));
  }
  add_watcher(out);
  const std::set<std::string> used = names_used(out, "parameters");
  std::erase_if(out.parameters, [&](const TemplateParameter& each) { return !used.contains(each.name); });
}

}  // namespace crenel::azure
