#include "backends/azure/lift_context.h"

#include <algorithm>
#include <array>

#include "compiler/net/prefix.h"

namespace crenel::azure::lifting {
namespace {

/// Properties that are lists wherever they stand. One that is not known as a list has elements that nobody saw.
constexpr std::array<std::string_view, 21> kLists = {
    "backendAddressPools",
    "backendHttpSettingsCollection",
    "frontendIPConfigurations",
    "frontendPorts",
    "gatewayIPConfigurations",
    "httpListeners",
    "inboundNatPools",
    "inboundNatRules",
    "ipConfigurations",
    "loadBalancingRules",
    "networkInterfaceConfigurations",
    "networkInterfaces",
    "outboundRules",
    "probes",
    "requestRoutingRules",
    "routes",
    "securityRules",
    "serviceEndpoints",
    "subnets",
    "urlPathMaps",
    "virtualNetworkPeerings",
};

bool holds(const auto& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view each) { return same_word(each, name); });
}

}  // namespace

View::View(const Value* value, const Resource* resource, std::string path)
    : value_(value == nullptr || value->null() ? nullptr : value), resource_(resource), path_(std::move(path)) {}

View View::at(std::string_view name) const {
  if (value_ == nullptr) return {};
  return {value_->find(name), resource_, path_ + "/" + std::string(name)};
}

std::vector<View> View::elements() const {
  std::vector<View> out;
  if (value_ == nullptr || value_->list() == nullptr) return out;
  std::size_t i = 0;
  for (const Value& each : *value_->list()) {
    const View view(&each, resource_, path_ + "/" + std::to_string(i++));
    if (view) out.push_back(view);
  }
  return out;
}

Place View::place() const {
  if (resource_ == nullptr) return {};
  const base::Span span = value_ != nullptr && value_->span.valid() ? value_->span : resource_->place.span;
  return {.resource = resource_->place.resource, .path = path_, .span = span};
}

std::string View::text() const { return value_ == nullptr ? "" : as_text(*value_).value_or(""); }
std::optional<std::int64_t> View::number() const { return value_ == nullptr ? std::nullopt : as_number(*value_); }
std::optional<bool> View::truth() const { return value_ == nullptr ? std::nullopt : as_truth(*value_); }
bool View::says(std::string_view word) const {
  return value_ != nullptr && value_->text() != nullptr && same_word(*value_->text(), word);
}
std::optional<ResourceId> View::id() const { return value_ == nullptr ? std::nullopt : id_of(*value_); }

View properties_of(const Resource& resource) { return view_of(resource, "properties"); }

View view_of(const Resource& resource, std::string_view member) {
  return {resource.body.find(member), &resource, resource.place.path + "/" + std::string(member)};
}

void Context::unknown(std::string what, Place place) {
  const auto same = [&](const estate::Unknown& each) { return each.what == what && each.place.path == place.path; };
  if (std::any_of(estate.unknowns.begin(), estate.unknowns.end(), same)) return;
  estate.unknowns.push_back({.what = std::move(what), .place = std::move(place)});
}

void Context::check(const View& object, std::string_view what, std::initializer_list<std::string_view> read,
                    std::initializer_list<std::string_view> irrelevant) {
  if (!object) return;
  const Fields* fields = object.value().fields();
  if (fields == nullptr) {
    const Open* open = object.value().open();
    const std::string why = open == nullptr     ? "is no object"
                            : open->why.empty() ? "is `" + written(object.value()) + "`, which only a deployment knows"
                                                : "cannot be read: " + open->why;
    return unknown("the " + std::string(what) + " " + why, object.place());
  }
  for (const Field& each : *fields) {
    if (each.value.null() || holds(irrelevant, each.name)) continue;
    if (holds(read, each.name)) {
      if (!holds(kLists, each.name) || each.value.list() != nullptr) continue;
      unknown("`" + each.name + "` of the " + std::string(what) + " is no list that can be read",
              object.at(each.name).place());
      continue;
    }
    // what the provider adds when a template is exported
    if (same_word(each.name, "provisioningState") || same_word(each.name, "resourceGuid")) continue;
    unknown("property `" + each.name + "` of the " + std::string(what) + " is not read", object.at(each.name).place());
  }
}

const Resource* Context::find(const ResourceId& id) const {
  const auto found = resources.find(id.key());
  return found == resources.end() ? nullptr : found->second;
}

std::vector<const Resource*> Context::all(std::string_view type) const {
  std::vector<const Resource*> out;
  for (const Resource& each : from.resources) {
    // of two resources of one name the last stays
    if (each.is(type) && !each.existing && find(each.id) == &each) out.push_back(&each);
  }
  return out;
}

SymbolId Context::symbol(const std::string& name, bool parameter, bool host, const Place& place) {
  const std::string key = (parameter ? "p " : "o ") + lower(name);
  const auto found = symbols.find(key);
  if (found != symbols.end()) {
    estate.symbols[found->second].host = estate.symbols[found->second].host || host;
    return found->second;
  }
  Place at = place;
  if (parameter) {
    const document::Entry* entry = find_entry(find_member(root, "parameters"), name);
    if (entry != nullptr) at = {.resource = "", .path = "/parameters/" + name, .span = entry->key_span};
  }
  const SymbolId id = estate.symbols.add({.name = name, .parameter = parameter, .host = host, .place = std::move(at)});
  symbols[key] = id;
  return id;
}

std::optional<net::Prefix> known_block(std::string_view text) {
  net::PrefixError error{};
  net::Prefix corrected;
  if (auto exact = net::parse_prefix(text, &error, &corrected)) return exact;
  // the provider takes the block that the address lies in
  if (error == net::PrefixError::HostBits) return corrected;
  if (const auto address = net::parse_address(text)) return net::host(*address);
  return std::nullopt;
}

std::optional<Block> Context::block(const View& value) {
  if (!value) return std::nullopt;
  if (const std::string* text = value.value().text()) {
    if (const auto known = known_block(*text)) return Block{.base = *known, .part = {}};
    unknown("`" + *text + "` is no block of addresses", value.place());
    return std::nullopt;
  }
  const Open* open = value.value().open();
  if (open == nullptr) {
    unknown("a block of addresses is no text", value.place());
    return std::nullopt;
  }
  if (const auto* given = std::get_if<Given>(&open->meaning)) {
    return Block{.base = symbol(given->parameter, true, false, value.place()), .part = {}};
  }
  if (const auto* cut = std::get_if<Cut>(&open->meaning)) {
    return Block{.base = symbol(cut->parameter, true, !cut->part, value.place()), .part = cut->part};
  }
  return Block{.base = symbol(written(value.value()), false, false, value.place()), .part = {}};
}

std::vector<Block> Context::blocks(const View& one, const View& many) {
  std::vector<Block> out;
  if (const auto known = block(one)) add_unique(out, *known);
  if (many && many.value().list() == nullptr) {
    if (const auto known = block(many)) add_unique(out, *known);
  }
  for (const View& each : many.elements()) {
    if (const auto known = block(each)) add_unique(out, *known);
  }
  return out;
}

std::optional<bool> is_ipv6(const Context& context, const View& configuration) {
  const auto id = configuration.at("publicIPAddress").id();
  const Resource* address = id ? context.find(*id) : nullptr;
  const View own = configuration.at("privateIPAddressVersion");
  const View of_address = address == nullptr ? View() : properties_of(*address).at("publicIPAddressVersion");
  for (const View& version : {own, of_address}) {
    if (version && !version.says("IPv4")) return version.says("IPv6") ? std::optional(true) : std::nullopt;
  }
  return false;
}

bool meets_ipv6(const Context& context, const estate::Interface& interface) {
  return std::any_of(interface.subnets.begin(), interface.subnets.end(), [&](SubnetId id) {
    const auto& blocks = context.estate.subnets[id].blocks;
    return std::any_of(blocks.begin(), blocks.end(), [](const Block& each) {
      const auto* known = std::get_if<net::Prefix>(&each.base);
      return known != nullptr && known->address.family == net::Family::V6;
    });
  });
}

bool alike(const std::vector<estate::Forward>& one, const std::vector<estate::Forward>& other) {
  const auto same = [](const estate::Forward& a, const estate::Forward& b) {
    return a.listen == b.listen && a.target == b.target && a.to == b.to && a.probe == b.probe &&
           a.probe_from_platform == b.probe_from_platform;
  };
  return std::is_permutation(one.begin(), one.end(), other.begin(), other.end(), same);
}

void put_down_frontend(Context& context, const Place& place) {
  context.unknown("a frontend of IPv6 is not read: who comes by it is not known", place);
}

bool is_everything(const Block& block) {
  const auto* prefix = std::get_if<net::Prefix>(&block.base);
  return prefix != nullptr && prefix->length == 0;
}

void add_unique(std::vector<Block>& to, const Block& block) {
  if (std::find(to.begin(), to.end(), block) == to.end()) to.push_back(block);
}

void fold_halves(std::vector<Block>& blocks) {
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    const net::Prefix whole = net::whole(family);
    const auto low = whole.part(1, 0);
    const auto high = whole.part(1, 1);
    if (!low || !high) continue;
    const Block first{.base = *low, .part = {}};
    const Block second{.base = *high, .part = {}};
    const bool both = std::find(blocks.begin(), blocks.end(), first) != blocks.end() &&
                      std::find(blocks.begin(), blocks.end(), second) != blocks.end();
    if (!both) continue;
    std::erase(blocks, first);
    std::erase(blocks, second);
    add_unique(blocks, {.base = whole, .part = {}});
  }
}

std::string stem_of(std::string_view name, std::initializer_list<std::string_view> roles) {
  for (const std::string_view role : roles) {
    if (name.size() > role.size() && name.ends_with(role))
      return std::string(name.substr(0, name.size() - role.size()));
  }
  return std::string(name);
}

}  // namespace crenel::azure::lifting
