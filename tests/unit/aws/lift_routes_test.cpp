#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::lifted;
using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kTable =
    "  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
    "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.1.0/24}}\n"
    "  Own: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Main}}\n"
    "  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Own}}\n";

constexpr const char* kGateway =
    "  Igw: {Type: AWS::EC2::InternetGateway}\n"
    "  At: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Main, InternetGatewayId: !Ref Igw}}\n";

constexpr const char* kVpn =
    "  Vgw: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}\n"
    "  VpnAt: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Main, VpnGatewayId: !Ref Vgw}}\n"
    "  Cgw: {Type: AWS::EC2::CustomerGateway, Properties: {BgpAsn: 65000, IpAddress: 203.0.113.9, Type: ipsec.1}}\n";

std::string connection(const std::string& id, bool is_static) {
  return "  " + id +
         ": {Type: AWS::EC2::VPNConnection, Properties: {Type: ipsec.1, VpnGatewayId: !Ref Vgw, CustomerGatewayId: "
         "!Ref Cgw, StaticRoutesOnly: " +
         (is_static ? "true" : "false") + "}}\n";
}

std::string far_block(const std::string& id, const std::string& connection, const std::string& block) {
  return "  " + id + ": {Type: AWS::EC2::VPNConnectionRoute, Properties: {VpnConnectionId: !Ref " + connection +
         ", DestinationCidrBlock: " + block + "}}\n";
}

std::string route(const std::string& id, const std::string& block, const std::string& target) {
  return "  " + id + ": {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Own, DestinationCidrBlock: " + block +
         ", " + target + "}}\n";
}

constexpr const char* kPropagation =
    "  Learn:\n    Type: AWS::EC2::VPNGatewayRoutePropagation\n    DependsOn: VpnAt\n"
    "    Properties: {RouteTableIds: [!Ref Own], VpnGatewayId: !Ref Vgw}\n";

Lines routes_of(const std::string& more) {
  const Lifted made = lifted_resources(kTable + more);
  Lines out;
  const std::string part = made.part("routes Own");
  std::size_t from = part.find('\n') + 1;
  for (std::size_t end = part.find('\n', from); end != std::string::npos; end = part.find('\n', from)) {
    out.push_back(part.substr(from + 2, end - from - 2));
    from = end + 1;
  }
  return out;
}

const std::string kLocal = "10.0.0.0/16 -> local, rank 2";

}  // namespace

TEST_CASE("a subnet has the table that is given it, else the main one, which leads nowhere but home") {
  const Lifted made = lifted_resources(kTable);
  CHECK(made.part("subnet A").find("routes Own") != std::string::npos);
  CHECK(made.part("subnet B").find("routes main route table of Main") != std::string::npos);
  CHECK(made.part("routes main route table of Main") == "routes main route table of Main\n  " + kLocal + "\n");
}

TEST_CASE("a subnet leads to the Internet by a route to a gateway that is attached") {
  CHECK(routes_of(kGateway + route("Out", "0.0.0.0/0", "GatewayId: !Ref Igw")) ==
        Lines{kLocal, "0.0.0.0/0 -> door Igw, rank 1"});
  CHECK(routes_of("  Igw: {Type: AWS::EC2::InternetGateway}\n" + route("Out", "0.0.0.0/0", "GatewayId: !Ref Igw")) ==
        Lines{kLocal, "0.0.0.0/0 -> nowhere, rank 1"});
}

TEST_CASE("IPv6 has routes of its own, and a gateway that only leads outward") {
  const Lines routes = routes_of(
      "  Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Main, AmazonProvidedIpv6CidrBlock: true}}\n"
      "  Eigw: {Type: AWS::EC2::EgressOnlyInternetGateway, Properties: {VpcId: !Ref Main}}\n"
      "  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Own, DestinationIpv6CidrBlock: '::/0', "
      "EgressOnlyInternetGatewayId: !Ref Eigw}}\n");
  CHECK(routes == Lines{kLocal, "<${Main.Ipv6CidrBlocks}[0]> -> local, rank 2", "::/0 -> door Eigw, rank 1"});
}

TEST_CASE("a route to a NAT gateway leads to its interface, which stands in its own subnet") {
  const Lifted made = lifted_resources(
      std::string(kTable) + kGateway +
      "  Eip: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}\n"
      "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref B, AllocationId: !GetAtt Eip.AllocationId}}\n" +
      route("Out", "0.0.0.0/0", "NatGatewayId: !Ref Nat"));
  CHECK(made.part("routes Own").find("0.0.0.0/0 -> interface Nat, rank 1") != std::string::npos);
  CHECK(made.part("interface Nat, nat") ==
        "interface Nat, nat\n  stem Nat\n  subnets B\n  public yes, of IPv6 no\n  translates tcp, udp, icmp\n"
        "  how many: 1 to 1\n");
}

TEST_CASE("a NAT gateway without a subnet is not modelled") {
  const Lifted made = lifted_resources(
      std::string(kTable) +
      "  Nat: {Type: AWS::EC2::NatGateway, Properties: {AvailabilityMode: regional, VpcId: !Ref Main}}\n");
  CHECK(made.unknowns().find("`Nat` is a NAT gateway in no subnet") != std::string::npos);
}

TEST_CASE("peered networks hear nothing of each other until a table has a route") {
  const std::string peers =
      "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}\n"
      "  Both: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Main, PeerVpcId: !Ref Far}}\n";
  CHECK(routes_of(peers) == Lines{kLocal});
  CHECK(routes_of(peers + route("Over", "10.9.0.0/16", "VpcPeeringConnectionId: !Ref Both")) ==
        Lines{kLocal, "10.9.0.0/16 -> network Far, rank 1"});
  CHECK(lifted_resources(kTable + peers).lines("peering") == Lines{"peering Main, Far"});
}

TEST_CASE("a route over a peering of two other networks leads nobody knows where") {
  const std::string peers =
      "  Far: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}\n"
      "  Third: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}\n"
      "  Others: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Third, PeerVpcId: !Ref Far}}\n"
      "  Outside: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Third, PeerVpcId: vpc-1}}\n";
  for (const char* peering : {"Others", "Outside"}) {
    const std::string over = route("Over", "10.9.0.0/16", std::string("VpcPeeringConnectionId: !Ref ") + peering);
    CHECK(lifted_resources(kTable + peers + over).part("routes Own").find("leads over a peering of other networks") !=
          std::string::npos);
  }
}

TEST_CASE("a network that is in no template is a place outside, where what routes say lies") {
  const std::string peering =
      std::string(kTable) +
      "  Both: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Main, PeerVpcId: vpc-1}}\n";
  const Lifted made = lifted_resources(peering + route("Over", "10.9.0.0/16", "VpcPeeringConnectionId: !Ref Both"));
  CHECK(made.part("routes Own").find("10.9.0.0/16 -> door Both, rank 1") != std::string::npos);
  CHECK(made.part("door Both").find("10.9.0.0/16") != std::string::npos);
  CHECK(made.part("door Both").find("learns") == std::string::npos);
  const Lifted open = lifted_resources(peering + route("Over", "0.0.0.0/0", "VpcPeeringConnectionId: !Ref Both"));
  CHECK(open.part("door Both").find("learns") != std::string::npos);
}

TEST_CASE("a static connection carries what it is told; propagation hands that on and yields to the network's own") {
  const std::string link = std::string(kVpn) + connection("ToOffice", true) +
                           far_block("One", "ToOffice", "172.16.0.0/12") + far_block("Two", "ToOffice", "10.0.5.0/24");
  CHECK(routes_of(link) == Lines{kLocal});
  CHECK(routes_of(link + kPropagation) == Lines{kLocal, "172.16.0.0/12 -> door ToOffice, rank 0, yields to local",
                                                "10.0.5.0/24 -> door ToOffice, rank 0, yields to local"});
  CHECK(routes_of(link + route("Over", "172.16.0.0/12", "GatewayId: !Ref Vgw")) ==
        Lines{kLocal, "172.16.0.0/12 -> door ToOffice, rank 1"});
}

TEST_CASE("in IPv6 a VPN gateway leads over no connection, and over a line") {
  const std::string six =
      "  Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Main, AmazonProvidedIpv6CidrBlock: true}}\n";
  const std::string local = "<${Main.Ipv6CidrBlocks}[0]> -> local, rank 2";
  const std::string over =
      "  Over: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Own, DestinationIpv6CidrBlock: '2001:db8::/32', "
      "GatewayId: !Ref Vgw}}\n";
  const std::string line =
      "  Line: {Type: AWS::DirectConnect::DirectConnectGatewayAssociation, Properties: {AssociatedGatewayId: !Ref Vgw, "
      "DirectConnectGatewayId: 0c1a2b3c-0000-1111-2222-333344445555}}\n";
  CHECK(routes_of(six + kVpn + connection("ToOffice", true) + over) ==
        Lines{kLocal, local, "2001:db8::/32 -> nowhere, rank 1"});
  CHECK(routes_of(six + kVpn + line + over) == Lines{kLocal, local, "2001:db8::/32 -> door Line, rank 1"});
  // What comes over it is told by BGP in both families.
  const Lines told = routes_of(six + kVpn + line + kPropagation);
  REQUIRE(told.size() == 4);
  CHECK(told[2].starts_with("0.0.0.0/0 -> unknown: `Learn` hands on routes from the far end"));
  CHECK(told[3].starts_with("::/0 -> unknown: `Learn` hands on routes from the far end"));
  CHECK(routes_of(six + kVpn + connection("ToOffice", false) + kPropagation).size() == 3);
}

TEST_CASE("what a far end tells by BGP may be narrower than every route but the network's own") {
  const Lines routes = routes_of(std::string(kGateway) + kVpn + connection("ToOffice", false) +
                                 route("Out", "0.0.0.0/0", "GatewayId: !Ref Igw") + kPropagation);
  REQUIRE(routes.size() == 3);
  CHECK(routes[0] == kLocal);
  CHECK(routes[1].starts_with("0.0.0.0/0 -> unknown: `Learn` hands on routes from the far end"));
  CHECK(routes[2].starts_with("0.0.0.0/0 -> unknown: `Learn` hands on routes from the far end"));
}

TEST_CASE("of several connections of one gateway each carries its own blocks") {
  const Lines routes = routes_of(std::string(kVpn) + connection("East", true) + connection("West", true) +
                                 far_block("One", "East", "172.16.0.0/16") + far_block("Two", "West", "172.17.0.0/16") +
                                 route("Over", "172.16.0.0/15", "GatewayId: !Ref Vgw"));
  CHECK(routes == Lines{kLocal, "172.16.0.0/16 -> door East, rank 0, of what is sent by 172.16.0.0/15",
                        "172.17.0.0/16 -> door West, rank 0, of what is sent by 172.16.0.0/15",
                        "172.16.0.0/15 -> unknown: `Over` leads to a gateway with several connections, rank 1"});
}

TEST_CASE("of connections around a block the narrowest carries it, unless a line may announce what is narrower") {
  const std::string both = std::string(kVpn) + connection("East", true) + connection("West", true) +
                           far_block("All", "East", "0.0.0.0/0") + far_block("Some", "West", "172.16.0.0/16");
  const std::string inner = route("Over", "172.16.5.0/24", "GatewayId: !Ref Vgw");
  const std::string same = route("Over", "172.16.0.0/16", "GatewayId: !Ref Vgw");
  CHECK(routes_of(both + inner) == Lines{kLocal, "172.16.5.0/24 -> door West, rank 1"});
  CHECK(routes_of(both + same) == Lines{kLocal, "172.16.0.0/16 -> door West, rank 1"});
  const std::string line =
      "  Line: {Type: AWS::DirectConnect::DirectConnectGatewayAssociation, Properties: {AssociatedGatewayId: !Ref Vgw, "
      "DirectConnectGatewayId: 0c1a2b3c-0000-1111-2222-333344445555}}\n";
  CHECK(routes_of(both + line + inner) ==
        Lines{kLocal, "172.16.5.0/24 -> unknown: `Over` leads to a gateway with several connections, rank 1"});
  CHECK(routes_of(both + line + same) == Lines{kLocal, "172.16.0.0/16 -> door West, rank 1"});
}

TEST_CASE("targets that are not read are unknown, in words") {
  CHECK(routes_of(route("Over", "10.9.0.0/16", "TransitGatewayId: tgw-1")) ==
        Lines{kLocal, "10.9.0.0/16 -> unknown: `Over` leads to a transit gateway that is not in the template, rank 1"});
  CHECK(routes_of(route("Over", "10.9.0.0/16", "GatewayId: !ImportValue gateway")) ==
        Lines{kLocal, "10.9.0.0/16 -> unknown: `Over` leads to a gateway that is not in the template, rank 1"});
  const Lifted made =
      lifted_resources(std::string(kTable) + "  Hub: {Type: AWS::EC2::TransitGatewayPeeringAttachment}\n");
  CHECK(made.unknowns() ==
        "`Hub` may change which packets pass: resources of type `AWS::EC2::TransitGatewayPeeringAttachment` are not "
        "read\n");
}

TEST_CASE("a static route of a connection that learns, or of none, is said") {
  const auto unknowns = [](const std::string& more) {
    return lifted_resources(std::string(kTable) + kVpn + more).unknowns();
  };
  const std::string some = far_block("Some", "East", "172.16.0.0/16");
  CHECK(unknowns(connection("East", true) + some).empty());
  CHECK(unknowns(connection("East", false) + some) ==
        "`Some` is a static route of `East`, which may learn its routes: what it carries then is not known\n");
  CHECK(unknowns(some) == "`Some` is a static route of a VPN connection that is not in the template\n");
}

TEST_CASE("a second route for one block is said") {
  const Lifted made = lifted_resources(kTable + (kGateway + route("One", "0.0.0.0/0", "GatewayId: !Ref Igw")) +
                                       route("Two", "0.0.0.0/0", "GatewayId: !Ref Igw"));
  CHECK(made.unknowns() == "`Two` is a second route for the same addresses: EC2 refuses it\n");
}

TEST_CASE("which of two routes for one block there is, is not known, whatever the second leads to") {
  CHECK(routes_of(kGateway + route("One", "10.9.0.0/16", "GatewayId: !Ref Igw") +
                  route("Two", "10.9.0.0/16", "TransitGatewayId: tgw-1"))
            .back() == "10.9.0.0/16 -> unknown: `Two` is a second route for the same addresses, rank 1");
}

TEST_CASE("a second route is seen where the first one leads to a gateway that decides by itself") {
  const std::string first = kVpn + connection("One", true) + far_block("Far", "One", "172.16.0.0/16") +
                            connection("Two", false) + route("Out", "0.0.0.0/0", "GatewayId: !Ref Vgw");
  CHECK(routes_of(kGateway + first + route("Zoo", "0.0.0.0/0", "GatewayId: !Ref Igw")).back() ==
        "0.0.0.0/0 -> unknown: `Zoo` is a second route for the same addresses, rank 1");
}

TEST_CASE("a route that only some deployments have is unknown") {
  const Lifted made =
      lifted("Parameters: {Stage: {Type: String}}\nConditions: {Open: !Equals [!Ref Stage, dev]}\nResources:\n" +
             std::string(kTable) + kGateway +
             "  Out: {Type: AWS::EC2::Route, Condition: Open, Properties: {RouteTableId: !Ref Own, "
             "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}}\n");
  CHECK(made.part("routes Own").find("0.0.0.0/0 -> unknown: `Out` depends on a condition, rank 1") !=
        std::string::npos);
}
