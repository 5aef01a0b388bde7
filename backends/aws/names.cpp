#include "backends/aws/names.h"

#include <algorithm>
#include <cassert>

#include "compiler/base/ids.h"

namespace crenel::aws {
namespace {

std::string named(const model::Path& path, std::string_view role) { return pascal_case(path) + std::string(role); }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string protocol_name(net::Protocol protocol) {
  std::string name = net::to_string(protocol);
  name.front() = upper(name.front());
  return name;
}

}  // namespace

std::string pascal_case(const model::Path& path) {
  std::string out;
  for (const std::string& part : path) {
    bool start = true;
    for (const char c : part) {
      if (c == '_') {
        start = true;
      } else {
        out += start ? upper(c) : c;
        start = false;
      }
    }
  }
  return out;
}

std::string parameter_id(const model::Design& design, model::ParameterId id) {
  return pascal_case(design.parameters[id].origin.path);
}

std::string network_name(const model::Design& design, model::NetworkId id, std::string_view role) {
  return named(design.networks[id].origin.path, role);
}

std::string tier_name(const model::Design& design, model::TierId id, std::string_view role) {
  return named(design.tiers[id].origin.path, role);
}

std::string zone_name(const model::Design& design, model::TierId id, int zone, std::string_view role) {
  return tier_name(design, id, "Zone") + std::to_string(zone) + std::string(role);
}

std::string site_name(const model::Design& design, model::SiteId id, std::string_view role) {
  return named(design.sites[id].origin.path, role);
}

std::string link_name(const model::Design& design, model::LinkId id, std::string_view role) {
  return named(design.links[id].origin.path, role);
}

std::string peering_name(const model::Design& design, model::PeeringId id) {
  return pascal_case(design.peerings[id].origin.path) + "Peering";
}

std::string member_name(const model::Design& design, const Member& member, std::string_view role) {
  return named(origin_of(design, member).path, role);
}

std::string security_group_name(const model::Design& design, const Member& member, std::size_t part) {
  return member_name(design, member, part == 0 ? "SecurityGroup" : "SecurityGroup" + std::to_string(part + 1));
}

std::string kind_name(const PacketKind& kind) {
  if (!kind.protocol) return "AllTraffic";
  std::string name = protocol_name(*kind.protocol);
  if (kind.all_numbers()) return name;
  const std::string first = name + std::to_string(kind.numbers.first);
  return kind.numbers.first == kind.numbers.last ? first : first + "To" + std::to_string(kind.numbers.last);
}

std::string address_name(const model::Design& design, const model::Late<net::Prefix>& block) {
  if (const auto* id = std::get_if<model::ParameterId>(&block)) return parameter_id(design, *id);
  std::string text = net::to_string(std::get<net::Prefix>(block));
  std::replace(text.begin(), text.end(), '.', 'x');
  std::replace(text.begin(), text.end(), '/', 'p');
  return text;
}

std::string rule_name(const model::Design& design, const Member& owner, bool ingress, const Member& peer,
                      const PacketKind& kind) {
  return member_name(design, owner, ingress ? "IngressFrom" : "EgressTo") + member_name(design, peer, "") +
         kind_name(kind);
}

const model::Origin& origin_of(const model::Design& design, const Member& member) {
  return model::origin_of(design, std::visit([](auto id) { return model::Endpoint(id); }, member));
}

std::string_view kind_of(const Member& member) {
  return std::visit(base::Overloaded{[](model::GroupId) { return std::string_view("group"); },
                                     [](model::BalancerId) { return std::string_view("balancer"); },
                                     [](model::DatabaseId) { return std::string_view("database"); },
                                     [](model::FunctionId) { return std::string_view("function"); }},
                    member);
}

std::string path_of(const model::Design& design, const Member& member) {
  return model::to_string(origin_of(design, member).path);
}

}  // namespace crenel::aws
