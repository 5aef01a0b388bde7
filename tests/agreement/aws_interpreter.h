#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/agreement/packet.h"

/// Reads a CloudFormation template and answers, packet by packet, what Amazon VPC would do with it. Written from the
/// provider's documentation (each rule names its page of docs.aws.amazon.com), for tests only; slow and plain on
/// purpose. It knows the resource types that a test needs and throws on a property that it would have to guess.
namespace crenel::agreement {

/// The name under which the parameters have the block that Amazon gives a VPC: "MainIpv6" for "MainVpc".
[[nodiscard]] std::string ipv6_name(const std::string& vpc);
/// The names of everything that a template leaves to its deployment: its parameters, and the blocks that VPCs are
/// given.
[[nodiscard]] std::vector<std::string> names_left_open(const nlohmann::json& document);

class AwsInterpreter {
 public:
  AwsInterpreter(const nlohmann::json& document, const ParameterValues& parameters, Announcements announced = {});

  /// One host per subnet of every auto-scaling group, one node per subnet of every balancer.
  [[nodiscard]] const std::vector<Host>& hosts() const { return hosts_; }

  /// Where endpoints of services and functions have their interfaces: one in each of their subnets.
  [[nodiscard]] const std::vector<Host>& doors() const { return doors_; }

  /// Whether `packet` can open a conversation: it arrives, and the answers find their way back.
  [[nodiscard]] bool admits(const Packet& packet) const;

 private:
  struct Rule {
    int protocol = -1;  ///< -1: all
    int first_port = 0;
    int last_port = 65535;
    bool has_block = false;
    Cidr block;
    std::string group;  ///< logical id of the peer group, or empty
  };
  struct SecurityGroup {
    std::vector<Rule> ingress;
    std::vector<Rule> egress;
    bool egress_given = false;
  };
  struct AclEntry {
    int number = 0;
    int protocol = -1;
    int first_port = 0;
    int last_port = 65535;
    Cidr block;
    bool allow = false;
  };
  struct Acl {
    std::vector<AclEntry> in;
    std::vector<AclEntry> out;
  };
  struct Route {
    Cidr destination;
    enum class Target {
      Local,
      InternetGateway,
      Nat,
      VpnGateway,
      Peering,
      Appliance,
      Endpoint,
      Transit,
      EgressOnly
    } target = Target::Local;
    std::string nat;
    std::string peering = {};
    std::string appliance = {};  ///< the interface
    std::string transit = {};    ///< the gateway
    std::string endpoint = {};   ///< of a gateway load balancer
  };
  struct Subnet {
    std::string vpc;
    Cidr block;
    std::optional<Cidr> ipv6 = {};
    std::string acl;  ///< empty: the default ACL, which allows everything
    std::vector<Route> routes;
    std::set<std::string> spared = {};  ///< modes of its exclusions from VPC Block Public Access
  };
  /// Where a balancer hands a conversation on to.
  struct Target {
    std::string scaling_group;
    std::pair<int, int> listens;  ///< protocol and port
    std::pair<int, int> to;
    int check = 0;  ///< by TCP, on this port
    auto operator<=>(const Target&) const = default;
  };
  using Targets = std::set<Target>;
  struct Interface {
    std::string subnet;
    std::vector<std::string> groups;
    bool has_public_address = false;
    std::set<std::pair<int, int>> listeners;  ///< of a balancer: protocol and port
    Targets targets;                          ///< of a balancer
    bool shows_client = false;                ///< of a balancer: to its targets, in place of itself
    std::string scaling_group;
    bool hands_on = false;  ///< takes packets that are for others
  };

  nlohmann::json resolve(const nlohmann::json& value) const;
  [[nodiscard]] std::string text(const nlohmann::json& value) const;
  void read_networks();
  void read_routes();
  void read_security_groups();
  void read_acls();
  void read_scaling_groups();
  [[nodiscard]] std::string own_group(const std::string& vpc);
  void read_appliances();
  void read_transit();
  void read_inspection();
  void read_public_access();
  /// Whether VPC Block Public Access lets a subnet meet the Internet: by the Internet gateway itself, or by what only
  /// lets out, NAT and egress-only gateways.
  [[nodiscard]] bool meets_internet(const Subnet& subnet, bool outward_only) const;
  [[nodiscard]] bool speaks_geneve(const std::string& scaling_group, const std::string& group,
                                   const nlohmann::json& subnets) const;
  [[nodiscard]] bool by_endpoint(const Packet& packet, const Subnet& from, const std::string& endpoint) const;
  void read_databases();
  void read_balancers();
  void add_targets(const nlohmann::json& actions, const std::string& family, std::pair<int, int> listens,
                   Targets& to) const;
  void read_doors();
  void add_ipv6(Interface made, const std::string& id, bool balancer);
  [[nodiscard]] Rule read_rule(const nlohmann::json& properties, const char* peer) const;
  [[nodiscard]] const Interface* interface_at(Ip address) const;
  [[nodiscard]] const Route* route(const Subnet& subnet, Ip to) const;
  [[nodiscard]] bool groups_admit(const Interface& on, bool ingress, Ip other, const Interface* peer, int protocol,
                                  int port) const;
  [[nodiscard]] bool leads(const Subnet& from, const Subnet& to, const Packet& packet) const;
  [[nodiscard]] bool acl_admits(const Subnet& subnet, bool in, Ip other, int protocol, int port) const;
  [[nodiscard]] bool crosses(const Subnet& subnet, const Packet& packet, bool outgoing) const;
  [[nodiscard]] bool inside_conversation(const Packet& packet, const Interface& from, const Interface& to) const;
  /// What a balancer opens by itself: checks, and conversations where its targets do not see the client.
  [[nodiscard]] bool opens_itself(const Packet& packet, const Interface& from, const Interface& to) const;
  [[nodiscard]] bool opens_for_clients(const Packet& packet, const Interface& from, const Interface& to) const;
  /// Whether the packet comes as far as the balancer, by the rules there.
  [[nodiscard]] bool comes_to(const Packet& packet, const Interface& balancer) const;
  /// Whether some target takes what a client sends.
  [[nodiscard]] bool taken_behind(const Packet& packet, const Interface& balancer) const;
  [[nodiscard]] bool handed_on(Ip client, Ip balancer, Ip target, const Target& by) const;
  [[nodiscard]] std::vector<Ip> clients(Ip target) const;
  [[nodiscard]] bool outgoing_conversation(const Packet& packet, const Interface& from) const;
  [[nodiscard]] bool incoming_conversation(const Packet& packet, const Interface& to) const;
  [[nodiscard]] bool peering_leads(const Subnet& from, Ip to, const std::string& vpc) const;
  [[nodiscard]] bool leads_elsewhere(const Route& hop) const;
  [[nodiscard]] bool by_appliance(const Packet& packet, const Subnet& from, const std::string& appliance) const;
  /// The route at the far end of a transit gateway, by which a packet goes on; null where it is dropped.
  [[nodiscard]] const Route* across(const std::string& gateway, const std::string& vpc, Ip to) const;
  /// Whether packets of a subnet come to an address of another one, inside its network or over a transit gateway.
  [[nodiscard]] bool leads_inside(const Subnet& from, Ip to) const;
  [[nodiscard]] bool vpn_carries(const std::string& vpc, Ip address) const;

  nlohmann::json document_;
  ParameterValues parameters_;
  std::map<std::string, Cidr> vpcs_;
  std::map<std::string, Cidr> ipv6_of_vpc_;
  std::map<std::string, Subnet> subnets_;
  std::string block_mode_;  ///< of VPC Block Public Access; empty: none is set
  std::map<std::string, SecurityGroup> groups_;
  std::map<std::string, Acl> acls_;
  std::map<Ip, Interface> interfaces_;
  std::map<std::string, std::string> nat_subnets_;
  std::map<std::string, std::pair<std::string, std::string>> peerings_;  ///< the two VPCs
  Announcements announced_;
  std::map<std::string, std::vector<Cidr>> vpn_routes_;  ///< by VPC
  std::map<std::string, Ip> appliances_;                 ///< by the interface's id
  std::map<std::string, std::string> inspected_;         ///< by endpoint of a working gateway load balancer: its subnet
  struct TransitRoute {
    Cidr destination;
    std::string vpc;  ///< empty: dropped
  };
  std::map<std::pair<std::string, std::string>, std::vector<TransitRoute>> transit_routes_;  ///< by gateway and VPC
  std::map<std::string, std::string> transit_subnets_;  ///< by VPC: one that holds the attachment
  std::vector<Host> hosts_;
  std::vector<Host> doors_;
};

}  // namespace crenel::agreement
