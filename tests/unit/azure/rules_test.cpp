#include "backends/azure/rules.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;

namespace {

std::vector<model::Design> samples() {
  return {tests::public_network(),
          tests::for_azure(tests::public_network_direct()),
          tests::private_network(),
          tests::for_azure(tests::private_network_known()),
          tests::for_azure(tests::three_tiers()),
          tests::for_azure(tests::network_balancer()),
          tests::for_azure(tests::two_tiers_one_site())};
}

/// Every list of rules that a design comes to.
std::vector<std::vector<Rule>> rule_lists(const model::Design& design) {
  std::vector<std::vector<Rule>> out;
  for (const model::GroupId id : design.groups.ids()) out.push_back(rules_of_group(design, id));
  for (const model::TierId id : design.tiers.ids()) {
    out.push_back(rules_of_tier(design, id));
    out.push_back(rules_of_gateways(design, id));
  }
  return out;
}

std::vector<Rule> in_direction(const std::vector<Rule>& rules, Direction direction) {
  std::vector<Rule> out;
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(out),
               [&](const Rule& rule) { return rule.direction == direction; });
  return out;
}

const Rule* find_rule(const std::vector<Rule>& rules, const std::string& name) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
  return found == rules.end() ? nullptr : &*found;
}

bool admits_anyone(const Rule& rule) {
  return rule.access == Access::Allow && std::holds_alternative<AnyAddress>(rule.source);
}

}  // namespace

TEST_CASE("every list is closed in both directions above the defaults, and asked in order") {
  for (const model::Design& design : samples()) {
    for (const std::vector<Rule>& rules : rule_lists(design)) {
      for (const Direction direction : {Direction::Inbound, Direction::Outbound}) {
        const std::vector<Rule> half = in_direction(rules, direction);
        REQUIRE_FALSE(half.empty());
        const Rule& last = half.back();
        CHECK(last.access == Access::Deny);
        CHECK(last.priority == 4096);
        CHECK(last.protocol == "*");
        CHECK(last.ports == std::vector<std::string>{"*"});
        CHECK(std::holds_alternative<AnyAddress>(last.source));
        CHECK(std::holds_alternative<AnyAddress>(last.destination));
        for (std::size_t i = 1; i < half.size(); ++i) CHECK(half[i - 1].priority < half[i].priority);
        CHECK(half.front().priority >= 100);
      }
    }
  }
}

TEST_CASE("names are unlike each other, of legal characters and length; descriptions fit") {
  for (const model::Design& design : samples()) {
    for (const std::vector<Rule>& rules : rule_lists(design)) {
      std::set<std::string> names;
      for (const Rule& rule : rules) {
        CHECK(names.insert(rule.name).second);
        CHECK(rule.name.size() <= 80);
        CHECK(rule.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
              std::string::npos);
        CHECK(rule.description.size() <= 140);
      }
    }
  }
}

TEST_CASE("no rule admits just anyone, to a login least of all") {
  for (const model::Design& design : samples()) {
    for (const std::vector<Rule>& rules : rule_lists(design)) {
      for (const Rule& rule : in_direction(rules, Direction::Inbound)) CHECK_FALSE(admits_anyone(rule));
    }
  }
  const model::Design design = tests::for_azure(tests::public_network_direct());
  const std::vector<Rule> rules = rules_of_group(design, tests::group_named(design, "web"));
  const Rule* ssh = find_rule(rules, "AllowInDeskToWebTcp22");
  REQUIRE(ssh != nullptr);
  CHECK(std::holds_alternative<Prefixes>(ssh->source));
  CHECK(ssh->description == "management over the Internet, from one address (desk -> web : ssh)");
}

TEST_CASE("no rule uses a tag that stands for more than it seems to") {
  // VirtualNetwork takes in linked sites, peers and prefixes of routes
  for (const model::Design& design : samples()) {
    for (const std::vector<Rule>& rules : rule_lists(design)) {
      for (const Rule& rule : rules) {
        for (const Side* side : {&rule.source, &rule.destination}) {
          if (const auto* tag = std::get_if<ServiceTag>(side)) CHECK(tag->name != "VirtualNetwork");
        }
      }
    }
  }
}

TEST_CASE("members of a group reach each other only where a flow says so") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  const auto to_self = [&](const Rule& rule) {
    return rule.access == Access::Allow && rule.source == Side(Members{app}) && rule.destination == Side(Members{app});
  };
  const std::vector<Rule> before = rules_of_group(design, app);
  CHECK(std::none_of(before.begin(), before.end(), to_self));
  tests::add_flow(design, app, app, tests::tcp(9000), "app -> app : tcp/9000");
  const std::vector<Rule> after = rules_of_group(design, app);
  CHECK(std::count_if(after.begin(), after.end(), to_self) == 2);
}

TEST_CASE("private space and linked sites are denied before the Internet is admitted") {
  const model::Design design = tests::for_azure(tests::private_network_known());
  const std::vector<Rule> out =
      in_direction(rules_of_group(design, tests::group_named(design, "app")), Direction::Outbound);
  REQUIRE(out.size() == 3);
  CHECK(out[0].access == Access::Deny);
  const auto* denied = std::get_if<Prefixes>(&out[0].destination);
  REQUIRE(denied != nullptr);
  CHECK(denied->blocks == std::vector<Term>{Term::literal("10.0.0.0/8"), Term::literal("172.16.0.0/12"),
                                            Term::literal("192.168.0.0/16")});
  CHECK(out[1].access == Access::Allow);
  CHECK(out[1].ports == std::vector<std::string>{"443"});
  // over a link every other address is meant literally; the tag may be empty there
  CHECK(out[1].destination == Side(Prefixes{{Term::literal("0.0.0.0/0")}}));
}

TEST_CASE("a site that a flow names is admitted before private space is denied") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  tests::add_flow(design, app, design.sites.ids().front(), tests::tcp(443), "app -> datacenter : https");
  const std::vector<Rule> out = in_direction(rules_of_group(design, app), Direction::Outbound);
  const Rule* site = find_rule(out, "AllowOutAppToDatacenterTcp443");
  const Rule* denied = find_rule(out, "DenyOutNotInternet");
  REQUIRE(site != nullptr);
  REQUIRE(denied != nullptr);
  CHECK(site->priority < denied->priority);
}

TEST_CASE("behind a network balancer the clients themselves are admitted, and its probe") {
  const model::Design design = tests::for_azure(tests::network_balancer());
  const std::vector<Rule> in =
      in_direction(rules_of_group(design, tests::group_named(design, "play")), Direction::Inbound);
  REQUIRE(in.size() == 4);
  CHECK(in[1].source == Side(ServiceTag{"Internet"}));
  CHECK(in[1].ports == std::vector<std::string>{"7001"});
  CHECK(in[2].source == Side(ServiceTag{"AzureLoadBalancer"}));
  CHECK(in[2].ports == std::vector<std::string>{"7001"});
}

TEST_CASE("nothing else admits Azure's load balancer") {
  for (const model::Design& design :
       {tests::public_network(), tests::private_network(), tests::for_azure(tests::three_tiers())}) {
    for (const model::GroupId id : design.groups.ids()) {
      for (const Rule& rule : rules_of_group(design, id)) CHECK(rule.source != Side(ServiceTag{"AzureLoadBalancer"}));
    }
  }
}

TEST_CASE("behind an application balancer only its tier is admitted") {
  const model::Design design = tests::for_azure(tests::three_tiers());
  const std::vector<Rule> in =
      in_direction(rules_of_group(design, tests::group_named(design, "web")), Direction::Inbound);
  REQUIRE(in.size() == 2);
  CHECK(in[0].source == Side(Prefixes{{Term::literal("10.20.0.0/24")}}));
  CHECK(in[0].ports == std::vector<std::string>{"80"});
}

TEST_CASE("a gateway tier has what Azure requires and nothing of the network but its targets") {
  const model::Design design = tests::for_azure(tests::three_tiers());
  const model::TierId edge = design.balancers.begin()->tier;
  const std::vector<Rule> rules = rules_of_gateways(design, edge);
  const Rule* manager = find_rule(rules, "AllowGatewayManager");
  REQUIRE(manager != nullptr);
  CHECK(manager->ports == std::vector<std::string>{"65200-65535"});
  CHECK(find_rule(rules, "AllowAzureLoadBalancer") != nullptr);
  const std::vector<Rule> out = in_direction(rules, Direction::Outbound);
  REQUIRE(out.size() == 4);
  CHECK(out[0].destination == Side(Members{tests::group_named(design, "web")}));
  CHECK(out[1].access == Access::Deny);
  CHECK(out[2].destination == Side(ServiceTag{"Internet"}));
}

TEST_CASE("a strict tier's rules are those of its groups, each for its own group") {
  model::Design design = tests::private_network();
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId other = tests::add_group(design, "other", design.groups[app].tier);
  tests::add_flow(design, app, other, tests::tcp(8443), "app -> other : tcp/8443");
  const std::vector<Rule> rules = rules_of_tier(design, design.groups[app].tier);
  for (const Rule& rule : in_direction(rules, Direction::Inbound)) {
    if (rule.access == Access::Allow) CHECK(std::holds_alternative<Members>(rule.destination));
  }
  CHECK(find_rule(rules, "AllowInDatacenterToAppTcp22-443") != nullptr);
  CHECK(find_rule(rules, "AllowInAppToOtherTcp8443") != nullptr);
  CHECK(find_rule(rules, "AllowOutAppToOtherTcp8443") != nullptr);
}

TEST_CASE("services become protocols with their ports; everything is everything") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  design.flows.clear();
  const net::Traffic mixed = net::Traffic::of(net::Protocol::Tcp, 5985, 5986)
                                 .united(tests::tcp(22))
                                 .united(net::Traffic::of(net::Protocol::Udp, 3389, 3389))
                                 .united(net::Traffic::of(net::Protocol::Icmp));
  tests::add_flow(design, app, data, mixed, "app -> data : mixed");
  const std::vector<Rule> in = in_direction(rules_of_group(design, data), Direction::Inbound);
  REQUIRE(in.size() == 4);
  CHECK(in[0].protocol == "Tcp");
  CHECK(in[0].ports == std::vector<std::string>{"22", "5985-5986"});
  CHECK(in[1].protocol == "Udp");
  CHECK(in[2].protocol == "Icmp");
  CHECK(in[2].ports == std::vector<std::string>{"*"});
  design.flows.clear();
  tests::add_flow(design, app, data, net::Traffic::all(), "app -> data : packets");
  const std::vector<Rule> all = in_direction(rules_of_group(design, data), Direction::Inbound);
  CHECK(all[0].protocol == "*");
  CHECK(all[0].ports == std::vector<std::string>{"*"});
}

TEST_CASE("one conversation said twice is one rule; two that would share a name are two names") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  const std::size_t before = rules_of_group(design, data).size();
  tests::add_flow(design, app, data, tests::tcp(5432), "app -> data : postgres");
  CHECK(rules_of_group(design, data).size() == before);

  net::Traffic many;
  for (std::uint16_t port = 1000; port < 1100; port = static_cast<std::uint16_t>(port + 2)) {
    many = many.united(tests::tcp(port));
  }
  tests::add_flow(design, app, data, many, "many");
  tests::add_flow(design, app, data, many.united(tests::tcp(2000)), "more");
  std::set<std::string> names;
  for (const Rule& rule : rules_of_group(design, data)) {
    CHECK(names.insert(rule.name).second);
    CHECK(rule.name.size() <= 80);
  }
}

TEST_CASE("hundreds of rules keep their order and their band") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  for (std::uint16_t port = 1000; port < 1900; ++port) {
    tests::add_flow(design, app, data, tests::tcp(port), "app -> data : tcp/" + std::to_string(port));
  }
  const std::vector<Rule> in = in_direction(rules_of_group(design, data), Direction::Inbound);
  for (std::size_t i = 1; i < in.size(); ++i) CHECK(in[i - 1].priority < in[i].priority);
  CHECK(in[in.size() - 2].priority < 2000);
}
