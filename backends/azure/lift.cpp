#include "backends/azure/lift.h"

#include <algorithm>

#include "backends/azure/diagnostics.h"
#include "backends/azure/lift_context.h"
#include "backends/azure/lift_data.h"
#include "backends/azure/lift_sites.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"
#include "backends/document/reader.h"

namespace crenel::azure {
namespace {

using document::Node;
using lifting::Context;

/// Why the document is no template of Azure; empty when it is one.
std::string fault_of(const Node& root) {
  if (root.mapping() == nullptr) return "it is no object";
  const Node* schema = root.find("$schema");
  const Node* resources = lifting::find_member(root, "resources");
  if (schema == nullptr) {
    const bool plain = resources != nullptr && lifting::find_member(root, "contentVersion") != nullptr;
    return plain ? "" : "it has no `$schema`";
  }
  const std::string name = schema->scalar() == nullptr ? "" : lifting::lower(schema->scalar()->text);
  if (name.find("deploymentparameters") != std::string::npos) return "it is a file of parameters";
  if (name.find("deploymenttemplate") == std::string::npos) return "its `$schema` is another one";
  if (resources == nullptr) return "it has no `resources`";
  if (resources->sequence() == nullptr && resources->mapping() == nullptr) return "its `resources` are no list";
  return "";
}

estate::Estate lift_template(const lifting::Template& from, const Node& root) {
  Context context{.from = from,
                  .root = root,
                  .estate = {},
                  .resources = {},
                  .networks = {},
                  .subnets = {},
                  .subnet_order = {},
                  .tags = {},
                  .pools = {},
                  .ipv6_pools = {},
                  .tag_members = {},
                  .network_infos = {},
                  .symbols = {},
                  .rule_lists = {},
                  .hops = {},
                  .hop_addresses = {},
                  .takes_forwarded = {},
                  .nats = {},
                  .interfaces_of = {}};
  context.estate.unknowns = from.unknowns;
  for (const lifting::Resource& each : from.resources) {
    const lifting::Resource*& known = context.resources[each.id.key()];
    if (known != nullptr && each.existing) continue;
    const bool matters = lifting::reading_of(each.id.type) == lifting::Reading::Read && !each.is(kDeployment.name);
    if (known != nullptr && !known->existing && matters) {
      context.unknown("`" + each.id.name() + "` is made twice: which of the two stays is not known", each.place);
    }
    known = &each;
  }
  lifting::lift_types(context);
  lifting::lift_tags(context);
  lifting::count_tag_members(context);
  lifting::lift_networks(context);
  lifting::lift_doors(context);
  lifting::lift_peerings(context);
  lifting::lift_routes(context);
  lifting::lift_subnet_lists(context);
  lifting::lift_interfaces(context);
  lifting::lift_databases(context);
  lifting::lift_app_interfaces(context);
  lifting::lift_services(context);
  lifting::lift_load_balancers(context);
  lifting::lift_application_gateways(context);
  lifting::lift_hops(context);
  lifting::lift_data(context);
  return std::move(context.estate);
}

}  // namespace

std::optional<estate::Estate> lift(const base::Sources& sources, base::SourceId source,
                                   diagnostics::Diagnostics& diagnostics) {
  const std::optional<document::Document> document = document::read(sources, source, diagnostics);
  if (!document) return std::nullopt;
  const Node& root = document->root();
  if (const std::string fault = fault_of(root); !fault.empty()) {
    diagnostics.report(kNoTemplate, root.span, fault).help =
        "an Azure Resource Manager template begins with its `$schema`, and lists its `resources`";
    return std::nullopt;
  }
  return lift_template(lifting::flatten(root), root);
}

}  // namespace crenel::azure
