#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/agreement/packet.h"

/// Reads an ARM template and answers, packet by packet, what an Azure virtual network would do with it. Written from
/// the provider's documentation (learn.microsoft.com, Azure Virtual Network), for tests only; slow and plain on
/// purpose.
namespace crenel::agreement {

/// The tag VirtualNetwork "might also contain default routes": a template must be right under both readings.
enum class TagReading { Narrow, Wide };

/// Azure's own address in every network: probes, name resolution.
inline constexpr Ip kPlatform = (168U << 24) | (63U << 16) | (129U << 8) | 16U;

class AzureInterpreter {
 public:
  AzureInterpreter(const nlohmann::json& document, const ParameterValues& parameters, TagReading reading,
                   const Announcements& announced = {});

  /// One host per scale set, one per application gateway; a load balancer stands at its frontend.
  [[nodiscard]] const std::vector<Host>& hosts() const { return hosts_; }
  [[nodiscard]] bool admits(const Packet& packet) const;

 private:
  struct End {
    std::vector<std::string> prefixes;  ///< blocks, tags or "*"
    std::vector<std::string> groups;    ///< application security groups
  };
  struct Rule {
    int priority = 0;
    bool inbound = true;
    bool allow = false;
    int protocol = -1;
    std::vector<std::pair<int, int>> ports;
    End source;
    End destination;
  };
  using SecurityGroup = std::vector<Rule>;  ///< by priority
  struct Route {
    Cidr destination;
    std::string hop;  ///< VnetLocal, VirtualNetworkPeering, PeeringElsewhere, Internet, VirtualNetworkGateway, None
    int rank = 0;     ///< on a tie the greater wins: own route 2, gateway 1, system 0
    Ip next = 0;      ///< of a VirtualAppliance
  };
  struct Subnet {
    std::string network;
    Cidr block;
    std::optional<Cidr> ipv6 = {};
    std::string security_group;
    bool nat = false;
    bool filters_ends = false;  ///< asks its rules about private endpoints, too
    std::vector<Route> routes;
  };
  struct Interface {
    std::string resource;
    std::string subnet;
    std::string security_group;
    std::set<std::string> groups;
    bool has_public_address = false;
    bool forwards = false;  ///< takes packets that are for others
    bool gateway = false;   ///< an application gateway
    bool takes_only = false;
    bool private_end = false;  ///< of a private endpoint
    std::set<std::pair<int, int>> listeners;
    std::set<std::pair<std::string, std::pair<int, int>>> targets;  ///< backend pool id, protocol, port
    std::set<std::string> pools;                                    ///< that the interface is a member of
  };
  struct LoadBalancerRule {
    int protocol = kTcp;
    int frontend_port = 0;
    int backend_port = 0;
    std::string pool;
    std::optional<int> probe;  ///< the port at which members are asked how they are
  };
  struct LoadBalancer {
    bool is_public = false;
    std::vector<LoadBalancerRule> rules;
  };

  void read_security_groups();
  void read_gateways(const Announcements& announced);
  void read_own_routes();
  void read_subnets();
  void read_peerings(const std::map<std::string, std::vector<Cidr>>& spaces_of);
  void read_scale_sets();
  void add_members(const Interface& made, const Cidr& block);
  void read_databases();
  void read_application_gateways();
  void read_load_balancers();
  [[nodiscard]] bool is_ipv6_frontend(const nlohmann::json& frontend) const;
  [[nodiscard]] Rule read_rule(const nlohmann::json& rule) const;
  [[nodiscard]] const nlohmann::json* find(const std::string& type, const std::string& name) const;
  [[nodiscard]] bool prefix_holds(const std::string& prefix, Ip address, const Subnet& of) const;
  [[nodiscard]] bool end_holds(const End& end, Ip address, const Subnet& of) const;
  [[nodiscard]] bool passes(const std::string& security_group, const Subnet& of, const Packet& packet,
                            bool inbound) const;
  [[nodiscard]] const Route* route(const Subnet& subnet, Ip to) const;
  [[nodiscard]] bool by_appliance(const Packet& packet, const Subnet& from, Ip next) const;
  [[nodiscard]] bool hands_on(const Packet& packet, const Subnet& from, Ip own, const Interface& appliance) const;
  [[nodiscard]] std::string hop(const Subnet& subnet, Ip to) const;
  [[nodiscard]] bool leaves(const Packet& packet, const Interface& from) const;
  [[nodiscard]] bool arrives(const Packet& packet, const Interface& to) const;
  [[nodiscard]] bool inside_network(const Packet& packet, const Interface& from, const Interface& to) const;
  [[nodiscard]] bool by_gateway(const std::string& network, Ip far) const;
  [[nodiscard]] bool handed_on(Ip client, Ip frontend, const LoadBalancer& balancer, const LoadBalancerRule& rule,
                               Ip target) const;
  [[nodiscard]] std::vector<Ip> clients(bool ipv6) const;
  [[nodiscard]] bool through_load_balancer(const Packet& packet, const LoadBalancer& balancer) const;
  [[nodiscard]] bool from_load_balancer(const Packet& packet, const LoadBalancer& balancer) const;

  nlohmann::json resources_;  ///< evaluated
  TagReading reading_;
  std::vector<Cidr> spaces_;
  std::vector<Cidr> own_routes_;      ///< prefixes of user-defined routes
  std::vector<Cidr> learned_routes_;  ///< beyond the sites' prefixes: the default site's
  /// What is behind the gateways of a network.
  struct Beyond {
    std::vector<Cidr> prefixes;
    bool rest = false;  ///< a default site
  };
  std::map<std::string, Beyond> beyond_;  ///< by network
  std::map<std::string, SecurityGroup> security_groups_;
  std::map<std::string, Subnet> subnets_;  ///< by id
  std::map<Ip, Interface> interfaces_;
  std::map<Ip, LoadBalancer> load_balancers_;
  std::vector<Cidr> far_spaces_;           ///< of peered networks that stand in no template
  std::map<Ip, std::string> hops_;         ///< addresses that routes name, and the pool behind each
  std::set<std::string> takes_forwarded_;  ///< networks that take from a peer what is none of its own
  std::vector<Host> hosts_;
};

}  // namespace crenel::agreement
