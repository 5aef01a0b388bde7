#include "compiler/verify/compare_declared.h"

#include <algorithm>

#include "compiler/model/data_paths.h"
#include "compiler/verify/data_names.h"

namespace crenel::verify {
net::Prefix shared_space() {
  constexpr std::uint32_t kBase = 100U << 24U | 64U << 16U;
  return {.address = {.family = net::Family::V4, .bits = kBase}, .length = 10};
}
std::vector<estate::Block> blocks_of(const model::Design& design, const BlockFamily& family) {
  std::vector<estate::Block> out;
  const auto add = [&](const Block& block) { out.push_back(family.block(block)); };
  for (const net::Prefix& block : net::private_blocks()) add(block);
  add(shared_space());
  for (const auto network : design.networks.ids()) {
    for (const auto& space : model::spaces_of(design, network)) add(space);
  }
  for (const model::Site& site : design.sites) {
    for (const auto& block : site.addresses) add(block);
  }
  for (const model::Flow& flow : design.flows) {
    for (const model::Endpoint* end : {&flow.from, &flow.to}) {
      const auto* blocks = std::get_if<model::Blocks>(end);
      if (blocks == nullptr) continue;
      for (const auto& block : blocks->blocks) add(block);
    }
    for (const auto& block : flow.except) add(block);
  }
  return out;
}

namespace {

/// What every service is asked by.
net::Traffic requests() {
  constexpr std::uint16_t kHttps = 443;
  return net::Traffic::of(net::Protocol::Tcp, kHttps, kHttps);
}

/// TCP to the port that the target is handed conversations on.
net::Traffic probe_of(const model::Forward& forward) {
  net::Traffic out;
  for (const net::ProtocolPorts& part : forward.to.parts()) {
    for (const net::Interval& range : part.ports) {
      out = out.united(net::Traffic::of(net::Protocol::Tcp, range.first, range.last));
    }
  }
  return out;
}

}  // namespace

std::vector<net::Traffic> traffics_of(const model::Design& design) {
  std::vector<net::Traffic> out;
  for (const model::Flow& flow : design.flows) out.push_back(flow.traffic);
  for (const model::Balancer& balancer : design.balancers) {
    for (const model::Forward& forward : balancer.forwards) out.push_back(probe_of(forward));
  }
  if (!design.private_paths.empty()) out.push_back(requests());
  return out;
}

DeclaredRelation::DeclaredRelation(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
                                   const reach::AddressTree& tree, const reach::Packets& packets)
    : design_(design), estate_(estate), family_(family), tree_(tree), packets_(packets) {
  for (std::size_t index = 0; index < design.flows.size(); ++index) add(index);
  add_probes();
  add_paths();
  number_parties();
}

/// Who has something to do with a service sends requests to the near end of a path that leads there, if its own tier
/// has the path.
void DeclaredRelation::add_paths() {
  const DataNames names(design_, estate_, family_.names());
  for (const auto id : estate_.private_paths.ids()) {
    if (!names.path(id)) continue;
    for (const model::DataFlow& flow : design_.data_flows) {
      const auto from = declared_as(design_, flow.from);
      if (!from || most_members(design_, *from) == 0 || !names.is_way(id, flow.from, flow.to)) continue;
      if (!names.is_asked_over(id, flow.actions)) continue;
      const std::pair ends(*from, estate_.private_paths[id].interface);
      auto& made = requests_.try_emplace(ends, Requests{.packets = reach::PacketSet(packets_.size()), .statements = {}})
                       .first->second;
      made.packets |= packets_.of(requests());
      made.statements.push_back(flow.statement);
    }
  }
}

void DeclaredRelation::add_probes() {
  for (const auto id : design_.balancers.ids()) {
    for (const model::Forward& forward : design_.balancers[id].forwards) {
      const std::pair ends(Declared(id), Declared(forward.target));
      probes_.try_emplace(ends, packets_.size()).first->second |= packets_.of(probe_of(forward));
    }
  }
}

void DeclaredRelation::add(std::size_t index) {
  const model::Flow& flow = design_.flows[index];
  const auto from = declared_as(design_, flow.from);
  const auto to = declared_as(design_, flow.to);
  if ((from && most_members(design_, *from) == 0) || (to && most_members(design_, *to) == 0)) return;
  if (from && to) {
    inside_.push_back({.from = *from, .to = *to, .packets = packets_.of(flow.traffic), .flow = index});
    const std::pair ends(*from, *to);
    between_members_.try_emplace(ends, packets_.size()).first->second |= inside_.back().packets;
  } else if (from) {
    add_outside(index, *from, true);
  } else if (to) {
    add_outside(index, *to, false);
  }
}

void DeclaredRelation::add_outside(std::size_t index, const Declared& member, bool outbound) {
  const model::Flow& flow = design_.flows[index];
  const model::Endpoint& far = outbound ? flow.to : flow.from;
  const model::NetworkId network = network_of(member);
  const reach::PacketSet packets = packets_.of(flow.traffic);
  std::optional<Declared> handed_to;
  for (const model::Hop& hop : flow.via) {
    if (const auto* appliance = std::get_if<model::ApplianceId>(&hop)) handed_to = *appliance;
  }
  for (reach::Cell cell = 0; cell < tree_.cells(); ++cell) {
    const net::Family family = tree_.family(cell);
    if (!model::has_family(design_, tier_of(member), family) || tree_.surely_empty(cell) || !holds(far, network, cell))
      continue;
    if (holds(flow.except, cell) || (handed_to && !holds(far, network_of(*handed_to), cell))) continue;
    const Way taken = way(flow, far, network, outbound, cell);
    // What a link leads to is reached by the link, whatever hands the rest on.
    const auto handed = taken.link ? std::nullopt : handed_to;
    outside_at_[{member, outbound, cell}].push_back(outside_.size());
    outside_.push_back({.member = member,
                        .outbound = outbound,
                        .cell = cell,
                        .way = taken,
                        .handed_to = handed,
                        .doors = doors(handed.value_or(member), taken, family),
                        .packets = packets,
                        .flow = index,
                        .required = is_required(far, taken, cell)});
  }
}

Way DeclaredRelation::way(const model::Flow& flow, const model::Endpoint& far, model::NetworkId network, bool outbound,
                          reach::Cell cell) const {
  const auto* site = std::get_if<model::SiteId>(&far);
  if (site != nullptr) {
    const auto link = model::link_between(design_, network, *site);
    const auto nearest = link_to(cell, network);
    if (link) return {.link = nearest ? nearest : link};
  } else if (std::holds_alternative<model::Blocks>(far)) {
    if (const auto link = link_to(cell, network)) return {.link = link};
  }
  for (const model::Hop& hop : flow.via) {
    const auto* through = std::get_if<model::SiteId>(&hop);
    if (through != nullptr && outbound) return {.link = model::link_between(design_, network, *through)};
  }
  return {};
}

bool DeclaredRelation::is_required(const model::Endpoint& far, const Way& way, reach::Cell cell) const {
  const bool shared = holds({shared_space()}, cell);
  if (way.link) return !std::holds_alternative<model::Internet>(far) || (!shared && !is_given(cell));
  const auto& hidden = net::private_blocks();
  return !shared && !holds({hidden.begin(), hidden.end()}, cell) && !is_given(cell);
}

/// Of the block of IPv6 of any network. To another one it is a part of the Internet, unless a route leads there.
bool DeclaredRelation::is_given(reach::Cell cell) const {
  return std::any_of(design_.networks.begin(), design_.networks.end(),
                     [&](const model::Network& each) { return each.ipv6 && holds({*each.ipv6}, cell); });
}

bool DeclaredRelation::holds(const std::vector<Block>& blocks, reach::Cell cell) const {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    const reach::CellRange range = tree_.range(family_.block(block));
    return range.first <= cell && cell < range.end;
  });
}

bool DeclaredRelation::holds(const model::Endpoint& far, model::NetworkId network, reach::Cell cell) const {
  if (std::holds_alternative<model::Internet>(far)) return on_internet(cell, network);
  if (const auto* site = std::get_if<model::SiteId>(&far)) return holds(model::addresses_of(design_, *site), cell);
  const auto* blocks = std::get_if<model::Blocks>(&far);
  return blocks != nullptr && holds(blocks->blocks, cell);
}

bool DeclaredRelation::on_internet(reach::Cell cell, model::NetworkId network) const {
  const auto& private_blocks = net::private_blocks();
  if (holds(std::vector<Block>(private_blocks.begin(), private_blocks.end()), cell)) return false;
  const bool own = std::any_of(design_.networks.begin(), design_.networks.end(),
                               [&](const model::Network& each) { return holds({each.space.base}, cell); }) ||
                   holds(model::spaces_of(design_, network), cell);
  return !own && !link_to(cell, network);
}

/// The link whose site has the addresses; of a site and a larger one around it, the inner one's.
std::optional<model::LinkId> DeclaredRelation::link_to(reach::Cell cell, model::NetworkId network) const {
  std::optional<model::LinkId> found;
  for (const auto id : design_.links.ids()) {
    const model::Link& link = design_.links[id];
    if (link.network != network || !holds(model::addresses_of(design_, link.site), cell)) continue;
    if (!found || is_within(link.site, design_.links[*found].site)) found = id;
  }
  return found;
}

bool DeclaredRelation::is_within(model::SiteId site, model::SiteId outer) const {
  std::optional<model::SiteId> at = site;
  for (std::size_t step = 0; at && step <= design_.sites.size(); ++step) {
    if (*at == outer) return true;
    at = design_.sites[*at].inside;
  }
  return false;
}

model::TierId DeclaredRelation::tier_of(const Declared& declared) const {
  return *model::tier_of(design_, endpoint_of(declared));
}

model::NetworkId DeclaredRelation::network_of(const Declared& declared) const {
  return design_.tiers[tier_of(declared)].network;
}

/// Each family has an ICMP of its own. Rules that name the other one, or every protocol, let nothing more in.
reach::PacketSet DeclaredRelation::possible(reach::PacketSet packets, net::Family family) const {
  packets -= packets_.of(net::Traffic::of(family == net::Family::V4 ? net::Protocol::Icmp6 : net::Protocol::Icmp));
  return packets;
}

/// A private tier leaves by the one door in IPv4, behind a NAT, and by another in IPv6.
bool DeclaredRelation::leads_through(estate::DoorId door, model::TierId tier, net::Family family) const {
  const auto* internet = std::get_if<estate::InternetDoor>(&estate_.doors[door].kind);
  const bool translated = std::holds_alternative<model::NatWayOut>(design_.tiers[tier].way_out);
  return internet == nullptr || internet->outward_only == (translated && family == net::Family::V6);
}

std::vector<estate::DoorId> DeclaredRelation::doors(const Declared& member, const Way& way, net::Family family) const {
  std::vector<estate::DoorId> out;
  for (const auto interface : family_.names().interfaces(member)) {
    const auto network = family_.names().network_of(interface);
    if (!network) continue;
    const auto found = way.link ? family_.names().doors(*network, *way.link) : family_.names().internet_doors(*network);
    for (const auto door : found) {
      if (!leads_through(door, tier_of(member), family)) continue;
      if (std::find(out.begin(), out.end(), door) == out.end()) out.push_back(door);
    }
  }
  return out;
}

reach::PacketSet DeclaredRelation::between(const reach::End& from, const reach::End& to) const {
  return between(from, to, false);
}

/// Whether some client of a balancer that sends what the forward listens to has addresses of the family.
bool DeclaredRelation::has_clients(model::BalancerId id, const model::Forward& forward, net::Family family) const {
  const auto of_family = [&](const std::vector<Block>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [&](const Block& block) { return model::family_of(design_, block) == family; });
  };
  return std::any_of(design_.flows.begin(), design_.flows.end(), [&](const model::Flow& flow) {
    if (flow.to != model::Endpoint(id) || !flow.traffic.overlaps(forward.listen)) return false;
    if (const auto tier = model::tier_of(design_, flow.from)) return model::has_family(design_, *tier, family);
    if (const auto* site = std::get_if<model::SiteId>(&flow.from))
      return of_family(model::addresses_of(design_, *site));
    const auto* blocks = std::get_if<model::Blocks>(&flow.from);
    return blocks == nullptr || of_family(blocks->blocks);
  });
}

/// What a balancer has to open with its targets. One of applications has conversations of its own with them, in IPv4;
/// any other one hands on what its clients send, in the families that they have.
reach::PacketSet DeclaredRelation::handed_on_by(model::BalancerId id, net::Family family) const {
  const model::Balancer& balancer = design_.balancers[id];
  reach::PacketSet out(packets_.size());
  for (const model::Forward& forward : balancer.forwards) {
    const bool application = balancer.layer == model::Layer::Application;
    if (application ? family == net::Family::V4 : has_clients(id, forward, family)) out |= packets_.of(forward.to);
  }
  return out;
}

reach::PacketSet DeclaredRelation::required(const reach::End& from, const reach::End& to) const {
  const net::Family family = tree_.family(from.cell);
  if (family != tree_.family(to.cell)) return reach::PacketSet(packets_.size());
  reach::PacketSet out = possible(between(from, to, true), family);
  const auto declared = from.interface ? family_.names().declared(*from.interface) : std::nullopt;
  const auto* balancer = declared ? std::get_if<model::BalancerId>(&*declared) : nullptr;
  if (balancer != nullptr) out &= handed_on_by(*balancer, family);
  return out;
}

bool DeclaredRelation::hands_on(const reach::End& from, const reach::End& to) const {
  if (!from.interface || !to.interface) return false;
  const auto balancer = family_.names().declared(*from.interface);
  const auto target = family_.names().declared(*to.interface);
  return balancer && target && probes_.contains({*balancer, *target}) && !required(from, to).empty();
}

reach::PacketSet DeclaredRelation::between(const reach::End& from, const reach::End& to, bool required) const {
  reach::PacketSet out(packets_.size());
  const auto declared = [&](const reach::End& end) {
    return end.interface ? family_.names().declared(*end.interface) : std::nullopt;
  };
  if (from.interface && to.interface) {
    const auto member_from = declared(from);
    const auto member_to = declared(to);
    if (member_from && !member_to) {
      const auto found = requests_.find({*member_from, *to.interface});
      if (found != requests_.end()) out |= found->second.packets;
    }
    if (!member_from || !member_to) return out;
    const std::pair ends(*member_from, *member_to);
    if (const auto found = between_members_.find(ends); found != between_members_.end()) out |= found->second;
    if (const auto found = probes_.find(ends); !required && found != probes_.end()) out |= found->second;
    return out;
  }
  const bool outbound = from.interface.has_value();
  const auto member = declared(outbound ? from : to);
  const reach::End& far = outbound ? to : from;
  if (!member || !far.door) return out;
  const auto found = outside_at_.find({*member, outbound, far.cell});
  if (found == outside_at_.end()) return out;
  for (const std::size_t index : found->second) {
    const Outside& each = outside_[index];
    if (required && !each.required) continue;
    if (std::find(each.doors.begin(), each.doors.end(), *far.door) != each.doors.end()) out |= each.packets;
  }
  return out;
}

std::vector<DeclaredRelation::Handed> DeclaredRelation::handed(const reach::End& from, const reach::End& to) const {
  std::vector<Handed> out;
  const bool outbound = from.interface.has_value();
  const auto member = outbound ? family_.names().declared(*from.interface) : std::nullopt;
  if (!member) return out;
  if (to.interface) {
    const auto far = family_.names().declared(*to.interface);
    const auto found = far ? between_members_.find({*member, *far}) : between_members_.end();
    if (found != between_members_.end()) out.push_back({.to = std::nullopt, .packets = found->second});
    return out;
  }
  const auto found = outside_at_.find({*member, true, to.cell});
  if (found == outside_at_.end()) return out;
  for (const std::size_t index : found->second) {
    const Outside& each = outside_[index];
    const bool here = to.door && std::find(each.doors.begin(), each.doors.end(), *to.door) != each.doors.end();
    if (here) out.push_back({.to = each.handed_to, .packets = each.packets});
  }
  return out;
}

std::vector<std::size_t> DeclaredRelation::flows(const reach::End& from, const reach::End& to,
                                                 const reach::PacketSet& packets) const {
  std::vector<std::size_t> out;
  const auto add = [&](const reach::PacketSet& declared, std::size_t flow) {
    reach::PacketSet common = declared;
    common &= packets;
    if (!common.empty() && std::find(out.begin(), out.end(), flow) == out.end()) out.push_back(flow);
  };
  const auto member = [&](const reach::End& end) {
    return end.interface ? family_.names().declared(*end.interface) : std::nullopt;
  };
  for (const Inside& each : inside_) {
    if (member(from) == each.from && member(to) == each.to) add(each.packets, each.flow);
  }
  for (const Outside& each : outside_) {
    const reach::End& near = each.outbound ? from : to;
    const reach::End& far = each.outbound ? to : from;
    if (member(near) == each.member && !far.interface && far.cell == each.cell) add(each.packets, each.flow);
  }
  return out;
}

std::vector<model::StatementId> DeclaredRelation::statements(const reach::End& from, const reach::End& to,
                                                             const reach::PacketSet& packets) const {
  std::vector<model::StatementId> out;
  for (const std::size_t flow : flows(from, to, packets)) {
    const model::StatementId statement = design_.flows[flow].statement;
    if (std::find(out.begin(), out.end(), statement) == out.end()) out.push_back(statement);
  }
  const auto member = from.interface ? family_.names().declared(*from.interface) : std::nullopt;
  if (!member || !to.interface) return out;
  const auto found = requests_.find({*member, *to.interface});
  if (found == requests_.end()) return out;
  for (const auto statement : found->second.statements) {
    if (std::find(out.begin(), out.end(), statement) == out.end()) out.push_back(statement);
  }
  return out;
}

std::string DeclaredRelation::name(const reach::End& end, const reach::End& other) const {
  const auto declared = [&](const reach::End& each) {
    return each.interface ? family_.names().declared(*each.interface) : std::nullopt;
  };
  if (end.interface) return family_.names().text(*end.interface);
  const auto seen_from = declared(other);
  const std::string known = seen_from ? name_of(end.cell, network_of(*seen_from)) : "";
  return known.empty() ? family_.text(tree_.block(end.cell)) : known;
}

std::string DeclaredRelation::name_of(reach::Cell cell, model::NetworkId network) const {
  std::string name;
  for (const auto id : design_.sites.ids()) {
    const bool inner = name.empty() || design_.sites[id].inside.has_value();
    if (inner && holds(design_.sites[id].addresses, cell)) name = model::to_string(design_.sites[id].origin.path);
  }
  if (name.empty() && on_internet(cell, network)) return "internet";
  return name;
}

}  // namespace crenel::verify
