#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/reach/relation.h"

/// Estates made by hand, of known blocks only.
namespace crenel::reach_tests {

using estate::Block;
using estate::Kind;
using estate::Peers;

Block block(std::string_view text);
Kind tcp(std::uint16_t port);
Kind tcp(std::uint16_t first, std::uint16_t last);
Kind udp(std::uint16_t port);
Kind everything();

Peers anyone();
Peers at(std::initializer_list<std::string_view> blocks);
Peers tagged(estate::TagId tag);
Peers unknown();

estate::Rule allow(std::vector<Kind> kinds, Peers source, Peers destination, std::string name = "allow");
estate::Rule deny(std::vector<Kind> kinds, Peers source, Peers destination, std::string name = "deny");

/// An estate with one network, and what is asked of it.
class Scene {
 public:
  explicit Scene(std::string_view space = "10.0.0.0/16");

  estate::Estate estate;
  estate::NetworkId network;

  estate::RouteTableId table(estate::NetworkId of,
                             const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes);
  /// In the network, with a table of its own that knows the way inside, and these.
  estate::SubnetId subnet(std::string name, std::string_view blocks,
                          const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes = {});
  estate::SubnetId subnet_of(estate::NetworkId of, std::string name, std::string_view blocks,
                             const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes = {});
  estate::NetworkId further_network(std::string name, std::string_view space);
  estate::DoorId internet();
  estate::DoorId link(std::string name, std::initializer_list<std::string_view> prefixes);
  estate::RuleListId list(std::vector<estate::Rule> in, std::vector<estate::Rule> out, bool stateful = true);
  /// A list that lets everything pass.
  estate::RuleListId open_list();
  estate::InterfaceId member(std::string name, estate::SubnetId subnet, std::vector<estate::RuleListId> lists = {});
  estate::InterfaceId nat(estate::SubnetId subnet);

  /// The sides of a question: an interface's name, or "DoorName 203.0.113.9/32" with a block that is cut out for it.
  /// In words, what is surely admitted; what only may be is put behind a "?". "nothing" between ends that there are
  /// not. Asks all ends of both sides: where they differ the answer is "differs".
  std::string ask(const std::string& from, const std::string& to);
  /// "asks tcp/80, is answered no packet": a balancer's own checks, of known lists only.
  std::string checks(const std::string& balancer, const std::string& target);
  /// The steps of one packet, a line each.
  std::string trace(const std::string& from, const std::string& to, const Kind& packet);

 private:
  struct Asked;
  Asked prepare(const std::string& from, const std::string& to, const std::vector<net::Traffic>& traffics);
};

}  // namespace crenel::reach_tests
