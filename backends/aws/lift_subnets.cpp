#include <algorithm>
#include <iterator>
#include <utility>

#include "backends/aws/lift_acls.h"
#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::NetworkId;
using estate::PublicAddress;
using estate::RouteTableId;

constexpr int kLocalRank = 2;

/// A table with what the service puts into each: the way to the network's own blocks.
estate::RouteTable local_table(const Reading& reading, std::string name, NetworkId network, const Place& place) {
  estate::RouteTable table;
  table.name = std::move(name);
  table.place = place;
  for (const estate::Block& space : reading.estate.networks[network].spaces) {
    estate::Route route;
    route.destination = space;
    route.target = estate::LocalTarget{};
    route.rank = kLocalRank;
    route.place = place;
    table.routes.push_back(std::move(route));
  }
  return table;
}

/// Which table, or list, a subnet has.
template <class Id>
using BySubnet = std::map<std::string, Id>;

/// AWSEC2/latest/APIReference/API_AssociateRouteTable.html: both are of one VPC.
void check_association(Reading& reading, const Item& item, const Item& subnet) {
  const Item* table = reading.target(item["RouteTableId"], kRouteTable.name);
  if (table == nullptr || reading.network((*table)["VpcId"]) == reading.network(subnet["VpcId"])) return;
  reading.unknown(item.place(),
                  "`" + item.id() + "` gives `" + subnet.id() + "` the route table of another network: EC2 refuses it");
}

BySubnet<RouteTableId> associated_tables(Reading& reading) {
  BySubnet<RouteTableId> out;
  for (const Item* item : reading.of(kRouteTableAssociation.name)) {
    const Item* subnet = reading.target((*item)["SubnetId"], kSubnet.name);
    if (subnet == nullptr) {
      reading.unknown(item->place(),
                      "`" + item->id() + "` gives a route table to a subnet that is not in the template");
      continue;
    }
    check_association(reading, *item, *subnet);
    const bool twice = out.contains(subnet->id());
    if (item->certain && !twice) {
      out[subnet->id()] = reading.table((*item)["RouteTableId"]);
      continue;
    }
    const Place& place = item->place();
    out[subnet->id()] = reading.table(
        {.what = Unread{"a route table of `" + subnet->id() + "` that depends on a condition"}, .place = place});
  }
  return out;
}

RouteTableId main_table(Reading& reading, NetworkId network, std::map<NetworkId, RouteTableId>& tables) {
  if (const auto found = tables.find(network); found != tables.end()) return found->second;
  const estate::Network& of = reading.estate.networks[network];
  const RouteTableId id =
      reading.estate.route_tables.add(local_table(reading, "main route table of " + of.name, network, of.place));
  tables.emplace(network, id);
  return id;
}

/// What a subnet says about addresses that its interfaces are given: none where it says nothing.
PublicAddress mapped_address(const Value& said) {
  if (said.absent()) return PublicAddress::No;
  const auto flag = known_flag(said);
  if (!flag) return PublicAddress::Unknown;
  return *flag ? PublicAddress::Yes : PublicAddress::No;
}

void add_block(Reading& reading, const Item& item, const Value& value, estate::Subnet& subnet) {
  if (value.absent()) return;
  if (const auto block = block_of(value, reading.estate)) {
    subnet.blocks.push_back(*block);
    return;
  }
  const Late name{"addresses of " + item.id(), false};
  subnet.blocks.push_back({.base = symbol_of(name, false, value.place, reading.estate), .part = std::nullopt});
  reading.unknown(value.place, "the addresses `" + words(value) + "` are not read");
}

/// Whether two blocks have addresses in common, as far as that is known.
bool meet(const estate::Block& a, const estate::Block& b) {
  const auto* known_a = std::get_if<net::Prefix>(&a.base);
  const auto* known_b = std::get_if<net::Prefix>(&b.base);
  if (known_a != nullptr && known_b != nullptr) return known_a->overlaps(*known_b);
  if (!(a.base == b.base)) return false;
  if (!a.part || !b.part) return true;
  if (a.part->from_end != b.part->from_end) return false;
  const estate::Part& wide = a.part->length <= b.part->length ? *a.part : *b.part;
  const estate::Part& narrow = a.part->length <= b.part->length ? *b.part : *a.part;
  const int bits = narrow.length - wide.length;
  return (bits >= 32 ? 0U : narrow.index >> static_cast<unsigned>(bits)) == wide.index;
}

/// EC2 refuses a subnet whose addresses another one of its network has.
void check_blocks(Reading& reading) {
  const auto ids = reading.estate.subnets.ids();
  for (auto one = ids.begin(); one != ids.end(); ++one) {
    const estate::Subnet& first = reading.estate.subnets[*one];
    for (auto other = std::next(one); other != ids.end(); ++other) {
      const estate::Subnet& second = reading.estate.subnets[*other];
      if (first.network != second.network) continue;
      const bool common = std::any_of(first.blocks.begin(), first.blocks.end(), [&](const estate::Block& block) {
        return std::any_of(second.blocks.begin(), second.blocks.end(),
                           [&](const estate::Block& its) { return meet(block, its); });
      });
      if (!common) continue;
      reading.unknown(second.place, "`" + second.name + "` has addresses that `" + first.name +
                                        "` has too: EC2 refuses it, and which of them has which is not known");
    }
  }
}

/// "MainWeb" of "MainWebZone1Subnet"; else the whole.
std::string stem_of_subnet(const std::string& id) {
  constexpr std::string_view kRole = "Subnet";
  constexpr std::string_view kZone = "Zone";
  if (!id.ends_with(kRole)) return id;
  std::string stem = id.substr(0, id.size() - kRole.size());
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  return stem.ends_with(kZone) ? stem.substr(0, stem.size() - kZone.size()) : id;
}

}  // namespace

void read_subnets(Reading& reading) {
  for (const Item* item : reading.of(kRouteTable.name)) {
    const NetworkId network = reading.network((*item)["VpcId"]);
    const RouteTableId id = reading.estate.route_tables.add(local_table(reading, item->id(), network, item->place()));
    reading.put_table(item->id(), id, network);
  }
  const BySubnet<RouteTableId> tables = associated_tables(reading);
  const BySubnet<std::vector<estate::RuleListId>> lists = read_acls(reading);
  std::map<NetworkId, RouteTableId> main_tables;
  for (const Item* item : reading.of(kSubnet.name)) {
    estate::Subnet subnet;
    subnet.name = item->id();
    subnet.stem = stem_of_subnet(item->id());
    subnet.place = item->place();
    subnet.network = reading.network((*item)["VpcId"]);
    add_block(reading, *item, (*item)["CidrBlock"], subnet);
    add_block(reading, *item, (*item)["Ipv6CidrBlock"], subnet);
    for (const Item* further : reading.of(kSubnetBlock)) {
      if (reading.target((*further)["SubnetId"], kSubnet.name) == item) {
        add_block(reading, *item, (*further)["Ipv6CidrBlock"], subnet);
      }
    }
    const auto table = tables.find(item->id());
    subnet.routes = table == tables.end() ? main_table(reading, subnet.network, main_tables) : table->second;
    if (const auto list = lists.find(item->id()); list != lists.end()) {
      subnet.lists = list->second;
    } else if (const auto standard = default_acl(reading, subnet.network)) {
      subnet.lists = {*standard};
    }
    const estate::SubnetId id = reading.estate.subnets.add(std::move(subnet));
    reading.put_subnet(item->id(), id);
    reading.put_default_address(id, mapped_address((*item)["MapPublicIpOnLaunch"]));
    reading.v6_subnets.emplace(id, mapped_address((*item)["AssignIpv6AddressOnCreation"]));
  }
  check_blocks(reading);
}

}  // namespace crenel::aws::reading
