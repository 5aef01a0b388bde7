#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/data_paths.h"
#include "compiler/verify/compare_data.h"
#include "compiler/verify/data_names.h"

namespace crenel::verify {
namespace {

using model::Endpoint;
using Sure = DataRelation::Sure;

constexpr const char* kOpenAddresses = "the bounds of the parameters do not tell which addresses these are";

std::optional<net::Prefix> known(const estate::Block& block) {
  const auto* prefix = std::get_if<net::Prefix>(&block.base);
  return prefix == nullptr || block.part ? std::nullopt : std::optional(*prefix);
}

net::AddressSet known(const std::vector<estate::Block>& blocks) {
  std::vector<net::Prefix> out;
  for (const auto& block : blocks) {
    if (const auto prefix = known(block)) out.push_back(*prefix);
  }
  return net::AddressSet(out);
}

}  // namespace

DataRelation::DataRelation(const model::Design& design, const estate::Estate& estate, const BlockFamily& family)
    : design_(design), estate_(estate), family_(family), names_(design, estate, family.names()) {}

// ---- who ------------------------------------------------------------------------------------------------------------
std::vector<Request> DataRelation::requests(const estate::Access& access) const {
  if (const auto* id = std::get_if<estate::IdentityId>(&access.who)) {
    std::vector<Request> out;
    for (const Endpoint& actor : names_.actors(*id)) {
      out.push_back({.from = actor, .name = model::name_of(design_, actor), .sites = {}});
    }
    // Nobody declared acts as it: an undeclared resource does, or whoever is given it.
    const bool others =
        std::any_of(estate_.identities[*id].interfaces.begin(), estate_.identities[*id].interfaces.end(),
                    [&](estate::InterfaceId interface) { return !family_.names().declared(interface).has_value(); });
    if (others || (out.empty() && !names_.is_named(*id))) {
      out.push_back({.from = {}, .name = names_.text(access.who), .sites = {}});
    }
    return out;
  }
  if (const auto* id = std::get_if<estate::ServiceId>(&access.who)) {
    return {{.from = names_.service(*id), .name = names_.text(access.who), .sites = {}}};
  }
  return named(access.who, access);
}

std::vector<Request> DataRelation::named(const estate::Who& who, const estate::Access& access) const {
  Request out{.from = {}, .name = names_.text(who), .sites = {}};
  for (const auto site : design_.sites.ids()) {
    const auto& identities = design_.sites[site].identities;
    const auto* named = std::get_if<estate::Named>(&who);
    const bool own = named != nullptr && std::any_of(identities.begin(), identities.end(),
                                                     [&](const auto& each) { return names_.is(named->who, each); });
    const bool account = std::holds_alternative<estate::Account>(who) && is_account(access, site);
    if (own || account) out.sites.push_back(site);
  }
  // Of several sites the first with a flow gives its name.
  for (const auto site : out.sites) {
    const bool flows = std::any_of(design_.data_flows.begin(), design_.data_flows.end(),
                                   [&](const model::DataFlow& flow) { return flow.from == Endpoint(site); });
    if (!flows && out.sites.size() > 1) continue;
    out.from = site;
    out.name = model::name_of(design_, site);
    break;
  }
  return {out};
}

/// Without identities a site is whoever of the account comes from its addresses.
bool DataRelation::is_account(const estate::Access& access, model::SiteId site) const {
  if (!design_.sites[site].identities.empty() || access.anywhere || access.from.empty()) return false;
  const Blocks own = addresses(site);
  const auto meet = [&](const Blocks& inner, const Blocks& outer) {
    return std::any_of(inner.begin(), inner.end(),
                       [&](const estate::Block& block) { return within(block, outer) != Sure::No; });
  };
  return meet(access.from, own) || meet(own, access.from);
}

std::vector<std::size_t> DataRelation::flows(const Request& request, const estate::Access& access,
                                             estate::Action action) const {
  std::vector<std::size_t> out;
  const auto service = names_.service(access.service);
  const auto asked = action_of(action);
  if (!service || !asked) return out;
  for (std::size_t i = 0; i < design_.data_flows.size(); ++i) {
    const model::DataFlow& flow = design_.data_flows[i];
    if (flow.to != *service || !contains(flow.actions, *asked)) continue;
    const auto* site = std::get_if<model::SiteId>(&flow.from);
    const bool same = site == nullptr ? request.from == flow.from : contains(request.sites, *site);
    if (same) out.push_back(i);
  }
  return out;
}

// ---- from where -----------------------------------------------------------------------------------------------------
DataRelation::Blocks DataRelation::addresses(model::SiteId site) const {
  Blocks out;
  for (const auto& block : model::addresses_of(design_, site)) out.push_back(family_.block(block));
  return out;
}

Sure DataRelation::within(const estate::Block& block, const Blocks& blocks) const {
  if (const auto prefix = known(block); prefix && known(blocks).contains(net::AddressSet(*prefix))) return Sure::Yes;
  Sure out = Sure::No;
  for (const estate::Block& each : blocks) {
    switch (family_.order(block, each)) {
      case reach::Order::Same:
      case reach::Order::Inside:
      case reach::Order::StrictlyInside:
        return Sure::Yes;
      case reach::Order::Open:
      case reach::Order::OpenShorter:
      case reach::Order::OpenLonger:
      case reach::Order::Around:
        if (!known(block) || !known(each)) out = Sure::Perhaps;
        break;
      case reach::Order::Apart:
      case reach::Order::StrictlyAround:
        break;
    }
  }
  return out;
}

DataRelation::Beyond DataRelation::beyond(const estate::Access& access, const std::vector<std::size_t>& flows) const {
  bool any_way = false;
  bool by_path = false;
  Blocks allowed;
  for (const std::size_t index : flows) {
    const model::DataFlow& flow = design_.data_flows[index];
    const auto* site = std::get_if<model::SiteId>(&flow.from);
    const Blocks own = site == nullptr ? Blocks() : addresses(*site);
    const model::DataWay way = model::way_to(design_, flow.from, flow.to);
    any_way = any_way || (way == model::DataWay::Site ? own.empty() : way != model::DataWay::PrivatePath);
    by_path = by_path || way == model::DataWay::PrivatePath;
    allowed.insert(allowed.end(), own.begin(), own.end());
  }
  if (any_way) return {};
  if (access.anywhere) return {.surely = " from anywhere", .perhaps = ""};
  Beyond out;
  // A site comes from its addresses. Whoever comes by a path is in the network.
  if (!by_path) {
    for (const auto path : access.paths) {
      out.surely += fmt::format("{} {}", out.surely.empty() ? " by" : ",", estate_.private_paths[path].name);
    }
  }
  for (const estate::Block& block : access.from) {
    const Sure sure = within(block, allowed);
    std::string& text = sure == Sure::No ? out.surely : out.perhaps;
    if (sure != Sure::Yes) text += fmt::format("{} {}", text.empty() ? " from" : ",", family_.text(block));
  }
  return out;
}

/// Whether a request of the flow comes by one of the access's ways. Addresses of sites are looked at together.
Sure DataRelation::comes(const estate::Access& access, const model::DataFlow& flow) const {
  if (access.anywhere) return Sure::Yes;
  switch (model::way_to(design_, flow.from, flow.to)) {
    case model::DataWay::Event:
      return Sure::Yes;
    case model::DataWay::Site:
      return Sure::No;
    case model::DataWay::Internet:
      return access.from.empty() ? Sure::No : Sure::Perhaps;
    case model::DataWay::PrivatePath:
      break;
  }
  const bool by_path = std::any_of(access.paths.begin(), access.paths.end(),
                                   [&](estate::PathId id) { return names_.is_way(id, flow.from, flow.to); });
  return by_path ? Sure::Yes : Sure::No;
}

// ---- what must be admitted ------------------------------------------------------------------------------------------
/// What one of those who should do it may do.
void DataRelation::join(Verdict& into, const model::DataFlow& flow, estate::Action action,
                        const std::vector<estate::ServiceId>& services, const DataNames::Actor* actor,
                        const model::Late<std::string>* identity) const {
  const auto* site = std::get_if<model::SiteId>(&flow.from);
  Sure best = Sure::No;
  std::string why;
  Blocks from;
  Blocks perhaps_from;
  for (std::size_t i = 0; i < estate_.accesses.size(); ++i) {
    const estate::Access& access = estate_.accesses[i];
    if (!contains(services, access.service) || !contains(access.actions, action)) continue;
    const auto* as = std::get_if<estate::IdentityId>(&access.who);
    const auto* named = std::get_if<estate::Named>(&access.who);
    const auto* by_itself = std::get_if<estate::ServiceId>(&access.who);
    const bool acts = actor != nullptr || site != nullptr;
    const bool anyone = acts && std::holds_alternative<estate::Anyone>(access.who);
    const bool theirs = actor != nullptr      ? as != nullptr && names_.acts_as(*actor, *as)
                        : identity != nullptr ? named != nullptr && names_.is(named->who, *identity)
                        : site != nullptr     ? std::holds_alternative<estate::Account>(access.who)
                                              : by_itself != nullptr && names_.service(*by_itself) == flow.from;
    if (!theirs && !anyone) continue;
    into.nearest = access.place;
    const Sure sure = comes(access, flow);
    Blocks& blocks = access.doubt.empty() ? from : perhaps_from;
    if (site != nullptr) blocks.insert(blocks.end(), access.from.begin(), access.from.end());
    if (sure == Sure::No && (site == nullptr || access.from.empty())) continue;
    into.by.push_back(i);
    if (sure == Sure::Yes && access.doubt.empty()) best = Sure::Yes;
    if (best == Sure::No && sure != Sure::No) {
      best = Sure::Perhaps;
      why = access.doubt.empty() ? "it is not known whether these are the addresses that NAT gives it" : access.doubt;
    }
    if (!access.doubt.empty() && why.empty()) why = access.doubt;
  }
  if (best != Sure::Yes && site != nullptr && !(from.empty() && perhaps_from.empty())) {
    Blocks all = from;
    all.insert(all.end(), perhaps_from.begin(), perhaps_from.end());
    const net::AddressSet hidden(net::private_blocks());
    Sure covered = Sure::Yes;
    for (const estate::Block& block : addresses(*site)) {
      const auto prefix = known(block);
      if (prefix && hidden.contains(net::AddressSet(*prefix))) continue;  // nobody comes from there over the Internet
      const Sure surely = within(block, from);
      const Sure sure = surely == Sure::Yes ? Sure::Yes : std::min(within(block, all), Sure::Perhaps);
      if (sure != Sure::Yes && why.empty()) why = kOpenAddresses;
      covered = std::min(covered, sure);
    }
    best = std::max(best, addresses(*site).empty() ? Sure::No : covered);
  }
  if (best < into.sure) {
    into.sure = best;
    into.why = why;
  }
}

DataRelation::Verdict DataRelation::admits(const model::DataFlow& flow, model::DataAction action) const {
  Verdict out{.sure = Sure::Yes, .why = {}, .by = {}, .nearest = {}};
  const estate::Action asked = action_of(action);
  const auto services = names_.services(flow.to);
  const auto* site = std::get_if<model::SiteId>(&flow.from);
  if (site != nullptr) {
    const auto& identities = design_.sites[*site].identities;
    for (const auto& identity : identities) join(out, flow, asked, services, nullptr, &identity);
    if (identities.empty()) join(out, flow, asked, services, nullptr, nullptr);
  } else if (model::is_service(flow.from)) {
    join(out, flow, asked, services, nullptr, nullptr);
  } else {
    for (const auto& actor : names_.actors_of(flow.from)) join(out, flow, asked, services, &actor, nullptr);
  }
  if (!out.nearest && !services.empty()) out.nearest = estate_.services[services.front()].place;
  return out;
}

}  // namespace crenel::verify
