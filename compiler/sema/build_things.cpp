#include "compiler/sema/build_things.h"

#include <fmt/format.h>

#include <cassert>
#include <map>

#include "compiler/diagnostics/catalogue/existing.h"
#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/network_space.h"

namespace crenel::sema {
namespace {

using model::to_string;

bool is_elsewhere(const Declared& declared) {
  return declared.kind == Kind::Network && flag(declared, "existing", false);
}

/// A network that was made elsewhere is a place outside, as a site is: it is known by its addresses.
std::optional<model::SiteId> add_network_elsewhere(BuildContext& context, const Declared& declared) {
  if (!is_elsewhere(declared)) return std::nullopt;
  model::Site site;
  site.origin = origin_from(declared);
  site.addresses = blocks(declared, "space");
  auto id = late<std::string>(declared, "id");
  if (site.addresses.empty() || !id) return std::nullopt;
  site.network = model::Existing{.id = std::move(*id), .span = attribute_span(declared, "id")};
  const std::string name = to_string(site.origin.path);
  context.design.assumptions.push_back(
      fmt::format("`{}` is made elsewhere: it has the addresses that are said here, and what it lets in, and what it "
                  "hands on from others, is its owner's.",
                  name));
  return context.design.sites.add(std::move(site));
}

std::optional<model::NetworkId> add_network(BuildContext& context, const Declared& declared) {
  if (is_elsewhere(declared)) return std::nullopt;
  model::Network network;
  network.origin = origin_from(declared);
  if (!read_space(context, declared, network)) return std::nullopt;
  if (const auto* zones = attribute_as<std::int64_t>(declared, "zones")) network.zones = static_cast<int>(*zones);
  network.flow_logs = flag(declared, "flow_logs", true);
  network.settings = declared.settings;
  return context.design.networks.add(std::move(network));
}

std::optional<model::TierId> add_tier(BuildContext& context, const Declared& declared) {
  const auto network = context.id_of<model::NetworkId>(declared.home.value());
  if (!network) return std::nullopt;
  model::Tier tier;
  tier.origin = origin_from(declared);
  tier.network = *network;
  tier.kind = declared.tier_kind;
  tier.strict_acl = word(declared, "acl") == "strict";
  if (tier.kind == model::TierKind::Public) tier.way_out = model::DirectWayOut{};
  tier.settings = declared.settings;
  const model::TierId id = context.design.tiers.add(std::move(tier));
  context.design.networks[*network].tiers.push_back(id);
  return id;
}

std::optional<model::SiteId> add_site(BuildContext& context, const Declared& declared) {
  model::Site site;
  site.origin = origin_from(declared);
  site.addresses = blocks(declared, "addresses");
  site.device = late<net::Address>(declared, "device");
  site.identities = texts(declared, "identities");
  site.strong_authentication = flag(declared, "strong_authentication", false);
  return context.design.sites.add(std::move(site));
}

/// `inside`, once every site has an id.
void nest_sites(BuildContext& context) {
  for (const model::SiteId id : context.design.sites.ids()) {
    const auto* outer = attribute_as<EntityRef>(context.declared(id), "inside");
    const auto outer_id = outer == nullptr ? std::nullopt : context.id_of<model::SiteId>(outer->id);
    if (!outer_id) continue;
    assert(model::root_of(context.design, *outer_id) != id);  // a circle is one of values: elaboration refuses it
    context.design.sites[id].inside = *outer_id;
  }
}

void check_vpn(BuildContext& context, const Declared& declared, const model::Link& link) {
  const model::Site& site = context.design.sites[link.site];
  if (!site.device) {
    auto& report =
        context.diagnostics.report(diagnostics::kLinkWithoutDevice, declared.name_span, to_string(site.origin.path));
    report.notes.push_back({site.origin.span, "the site is declared here"});
    report.help = "`device = ADDRESS` on the site is the public address of its VPN device";
  }
  if (link.key.has_value() == link.certificate.has_value()) {
    auto& report =
        context.diagnostics.report(diagnostics::kLinkWithoutKey, declared.name_span, to_string(site.origin.path));
    report.help = "`key = PARAMETER` takes a parameter of type `secret`";
  }
}

bool is_linked(BuildContext& context, const Declared& declared, model::NetworkId network, model::SiteId site) {
  for (const model::LinkId other : context.design.links.ids()) {
    const model::Link& link = context.design.links[other];
    if (link.network != network || root_of(context.design, link.site) != root_of(context.design, site)) continue;
    auto& report = context.diagnostics.report(diagnostics::kLinkedTwice, declared.name_span,
                                              to_string(context.design.networks[network].origin.path),
                                              to_string(context.design.sites[link.site].origin.path));
    report.notes.push_back({link.origin.span, "by this link"});
    return true;
  }
  return false;
}

/// What only the owner of a network made elsewhere can ask for it.
void report_owners(BuildContext& context, DeclaredId network, base::Span span, const char* why) {
  context.diagnostics
      .report(diagnostics::kElsewhere, span, to_string(context.in.declared[network].path), std::string(why))
      .help = "peer a network of this design with it";
}

std::optional<model::LinkId> add_link(BuildContext& context, const Declared& declared) {
  const auto network = context.id_of<model::NetworkId>(declared.first);
  const auto site = context.id_of<model::SiteId>(declared.second);
  if (context.id_of<model::SiteId>(declared.first)) {
    report_owners(context, declared.first, declared.name_span, "what it is linked to is for its owner to say");
  }
  if (!network || !site || is_linked(context, declared, *network, *site)) return std::nullopt;
  model::Link link;
  link.origin = origin_from(declared);
  link.network = *network;
  link.site = *site;
  link.kind = declared.link_kind;
  if (const auto* key = attribute_as<Deferred>(declared, "key")) link.key = key->id;
  link.certificate = late<std::string>(declared, "certificate");
  if (link.kind == model::LinkKind::Direct && flag(declared, "encrypted", false)) {
    context.design.assumptions.push_back(fmt::format(
        "The line of the direct link from `{}` to `{}` is encrypted where it is ordered.",
        to_string(context.design.networks[*network].origin.path), to_string(context.design.sites[*site].origin.path)));
  }
  link.settings = declared.settings;
  if (link.kind == model::LinkKind::Vpn) check_vpn(context, declared, link);
  return context.design.links.add(std::move(link));
}

/// A peering with a network that was made elsewhere is the way to a place outside, as a link is.
std::optional<model::LinkId> add_peering_elsewhere(BuildContext& context, const Declared& declared) {
  const auto first = context.id_of<model::SiteId>(declared.first);
  const auto second = context.id_of<model::SiteId>(declared.second);
  if (first && second) {
    report_owners(context, declared.first, declared.name_span, "what it is peered with is for its owner to say");
    return std::nullopt;
  }
  const auto network = context.id_of<model::NetworkId>(first ? declared.second : declared.first);
  const auto site = first ? first : second;
  if (!network || !site || is_linked(context, declared, *network, *site)) return std::nullopt;
  model::Link link;
  link.origin = origin_from(declared);
  link.network = *network;
  link.site = *site;
  link.kind = model::LinkKind::Peering;
  link.settings = declared.settings;
  return context.design.links.add(std::move(link));
}

std::optional<model::PeeringId> add_peering(BuildContext& context, const Declared& declared) {
  const auto first = context.id_of<model::NetworkId>(declared.first);
  const auto second = context.id_of<model::NetworkId>(declared.second);
  if (!first || !second) return std::nullopt;
  const auto name = [&](model::NetworkId id) { return to_string(context.design.networks[id].origin.path); };
  if (*first == *second) {
    context.diagnostics.report(diagnostics::kPeeredWithItself, declared.name_span, name(*first)).help =
        "the members of one network reach each other without it";
    return std::nullopt;
  }
  if (const auto other = model::peering_between(context.design, *first, *second)) {
    context.diagnostics.report(diagnostics::kPeeredTwice, declared.name_span, name(*first), name(*second))
        .notes.push_back({context.design.peerings[*other].origin.span, "by this"});
    return std::nullopt;
  }
  return context.design.peerings.add(
      {.origin = origin_from(declared), .first = *first, .second = *second, .settings = declared.settings});
}

model::Scale scale_from(const Declared& declared) {
  model::Scale scale;
  const Value* value = attribute(declared, "scale");
  if (value == nullptr) return scale;
  const auto* driven = std::get_if<Driven>(&value->node);
  const Value& numbers = driven == nullptr ? *value : *driven->value;
  if (const auto* range = std::get_if<IntRange>(&numbers.node)) {
    assert(0 <= range->first && range->first <= range->last && range->last <= INT32_MAX);
    scale.min = static_cast<int>(range->first);
    scale.max = static_cast<int>(range->last);
  }
  if (driven == nullptr) return scale;
  if (const auto* percent = std::get_if<Percent>(&driven->argument->node)) scale.cpu_percent = percent->value;
  return scale;
}

/// Reports a public address that no route would serve.
void check_public_address(BuildContext& context, const Declared& declared, const model::Tier& tier) {
  if (tier.kind == model::TierKind::Public) return;
  const std::string kind = tier.kind == model::TierKind::Private ? "private" : "isolated";
  auto& report =
      context.diagnostics.report(diagnostics::kPublicAddressOutside, attribute_span(declared, "public_address"),
                                 to_string(declared.path), to_string(tier.origin.path), kind);
  report.notes.push_back({tier.origin.span, "the tier is declared here"});
  report.help = "put the group in a public tier, or drop `public_address`";
}

std::optional<model::GroupId> add_group(BuildContext& context, const Declared& declared) {
  const auto tier = context.id_of<model::TierId>(declared.home.value());
  const auto image = late<std::string>(declared, "image");
  if (!tier || !image) return std::nullopt;
  model::Group group;
  group.origin = origin_from(declared);
  group.tier = *tier;
  group.image = *image;
  group.size = size_from(declared);
  group.scale = scale_from(declared);
  group.boot = text(declared, "boot");
  group.immutable = flag(declared, "immutable", false);
  group.ephemeral = flag(declared, "ephemeral", false);
  group.public_address = flag(declared, "public_address", false);
  group.agents = agents_of(context, declared);
  group.labels = words(declared, "labels");
  group.settings = declared.settings;
  if (group.public_address) check_public_address(context, declared, context.design.tiers[*tier]);
  return context.design.groups.add(std::move(group));
}

std::optional<model::ApplianceId> add_appliance(BuildContext& context, const Declared& declared) {
  const auto tier = context.id_of<model::TierId>(declared.home.value());
  const auto image = late<std::string>(declared, "image");
  if (!tier || !image) return std::nullopt;
  model::Appliance appliance;
  appliance.origin = origin_from(declared);
  appliance.tier = *tier;
  appliance.image = *image;
  appliance.size = size_from(declared);
  if (const auto* count = attribute_as<std::int64_t>(declared, "count")) appliance.count = static_cast<int>(*count);
  appliance.labels = words(declared, "labels");
  appliance.settings = declared.settings;
  return context.design.appliances.add(std::move(appliance));
}

bool is_placed(Kind kind) {
  return kind == Kind::Group || kind == Kind::Balancer || kind == Kind::Appliance || kind == Kind::Function ||
         kind == Kind::Database;
}

/// A tier holds one sort of thing: providers give most sorts a subnet of their own.
void check_mixtures(BuildContext& context) {
  std::map<model::TierId, const Declared*> first_in;
  std::map<model::TierId, bool> reported;
  for (const Declared& declared : context.in.declared) {
    if (!declared.home || !is_placed(declared.kind)) continue;
    const auto tier = context.id_of<model::TierId>(*declared.home);
    if (!tier) continue;
    const Declared*& first = first_in.try_emplace(*tier, &declared).first->second;
    if (first->kind == declared.kind || reported[*tier]) continue;
    reported[*tier] = true;
    auto& report = context.diagnostics.report(diagnostics::kMixedTier, declared.name_span,
                                              to_string(context.design.tiers[*tier].origin.path),
                                              fmt::format("{} `{}`", keyword(declared.kind), to_string(declared.path)),
                                              fmt::format("{} `{}`", keyword(first->kind), to_string(first->path)));
    report.notes.push_back({first->name_span, fmt::format("`{}` is in it already", to_string(first->path))});
    report.help = "declare another tier for it";
  }
}

}  // namespace

model::Size size_from(const Declared& declared) {
  const auto size = word(declared, "size");
  if (size == "medium") return model::Size::Medium;
  return size == "large" ? model::Size::Large : model::Size::Small;
}

void build_things(BuildContext& context) {
  each<model::NetworkId>(context, Kind::Network, context.declared_network,
                         [&](const Declared& declared) { return add_network(context, declared); });
  each<model::TierId>(context, Kind::Subnet, context.declared_tier,
                      [&](const Declared& declared) { return add_tier(context, declared); });
  each<model::SiteId>(context, Kind::Site, context.declared_site,
                      [&](const Declared& declared) { return add_site(context, declared); });
  each<model::SiteId>(context, Kind::Network, context.declared_site,
                      [&](const Declared& declared) { return add_network_elsewhere(context, declared); });
  nest_sites(context);
  each<model::LinkId>(context, Kind::Link, context.declared_link,
                      [&](const Declared& declared) { return add_link(context, declared); });
  each<model::LinkId>(context, Kind::Peer, context.declared_link,
                      [&](const Declared& declared) { return add_peering_elsewhere(context, declared); });
  each<model::PeeringId>(context, Kind::Peer, context.declared_peering,
                         [&](const Declared& declared) { return add_peering(context, declared); });
  each<model::AgentId>(context, Kind::Agent, [&](const Declared& declared) { return build_agent(context, declared); });
  each<model::GroupId>(context, Kind::Group, context.declared_group,
                       [&](const Declared& declared) { return add_group(context, declared); });
  build_balancers(context);
  each<model::ApplianceId>(context, Kind::Appliance, context.declared_appliance,
                           [&](const Declared& declared) { return add_appliance(context, declared); });
  build_services(context);
  each<model::DatabaseId>(context, Kind::Database,
                          [&](const Declared& declared) { return build_database(context, declared); });
  each<model::GuardId>(context, Kind::Guard, [&](const Declared& declared) { return build_guard(context, declared); });
  set_receivers(context);
  check_mixtures(context);
}

}  // namespace crenel::sema
