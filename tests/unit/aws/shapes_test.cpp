#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the samples are taken as they are") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    CHECK(codes(design).empty());
  }
}

TEST_CASE("a VPC is /16 to /28, for every value of its parameter") {
  model::Design design = crenel::tests::private_network();
  design.parameters[model::ParameterId(0)].shortest = 8;
  const auto found = diagnosed(design);
  REQUIRE(found.all().size() == 1);
  CHECK(found.all().front().code == "CRN1003");
  CHECK(found.all().front().message == "the space of `main` can be /8; AWS takes /16 to /28 here");
  CHECK(found.all().front().help.find("cidr(/16../20)") != std::string::npos);
}

TEST_CASE("a subnet is no smaller than /28, and /27 with a balancer in it") {
  model::Design design = crenel::tests::private_network_known();
  for (model::Block& zone : design.tiers[model::TierId(0)].zone_blocks) zone.base = block("10.1.0.0/29");
  CHECK(codes(design) == Lines{"CRN1003"});

  design = crenel::tests::public_network_direct();
  for (model::Block& zone : design.tiers[model::TierId(0)].zone_blocks) zone.base = block("10.0.0.0/28");
  const auto found = diagnosed(design);
  REQUIRE(found.all().size() == 1);
  CHECK(found.all().front().message == "a zone's part of `main.edge` can be /28; AWS takes /16 to /27 here");
}

TEST_CASE("a tier has an address for every instance that its groups can grow to") {
  model::Design design = crenel::tests::private_network_known();
  design.tiers[model::TierId(0)].zone_blocks[0].base = block("10.1.0.0/28");
  design.tiers[model::TierId(0)].zone_blocks[1].base = block("10.1.0.16/28");
  design.groups[model::GroupId(0)].scale.max = 22;
  CHECK(codes(design).empty());
  design.groups[model::GroupId(0)].scale.max = 23;
  CHECK(codes(design) == Lines{"CRN1012"});
}

TEST_CASE("trap 22, 29: ports of SCTP, ICMPv6 and SCTP through NAT are refused") {
  const auto with = [](const net::Traffic& traffic, const std::vector<model::Hop>& via) {
    model::Design design = crenel::tests::three_tiers();
    for (model::Flow& flow : design.flows) {
      if (!std::holds_alternative<model::Internet>(flow.to)) continue;
      flow.traffic = traffic;
      flow.via = via;
    }
    return codes(design);
  };
  CHECK(with(net::Traffic::of(net::Protocol::Sctp, 80, 90), {}) == Lines{"CRN1005"});
  CHECK(with(net::Traffic::of(net::Protocol::Icmp6), {}) == Lines{"CRN1005"});
  CHECK(with(net::Traffic::of(net::Protocol::Sctp), {model::ViaNat{}}) == Lines{"CRN1005"});
  CHECK(with(net::Traffic::of(net::Protocol::Icmp), {model::ViaNat{}}).empty());
}

TEST_CASE("values of other providers, and ids of a wrong shape") {
  model::Design design = crenel::tests::private_network_known();
  auto& image = design.groups[model::GroupId(0)].image;
  image = std::string("ami-0abc");
  CHECK(codes(design) == Lines{"CRN1009"});
  image = std::string("/subscriptions/x/images/y");
  CHECK(codes(design) == Lines{"CRN1014"});
  image = std::string("resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64");
  CHECK(codes(design).empty());

  design = crenel::tests::public_network();
  design.balancers[model::BalancerId(0)].certificate = std::string("https://vault.example/secrets/c");
  CHECK(codes(design) == Lines{"CRN1014"});
}

TEST_CASE("settings have their range") {
  model::Design design = crenel::tests::three_tiers();
  design.environment->settings["aws"]["account"] = std::string("12345");
  CHECK(codes(design) == Lines{"CRN1010"});
  design = crenel::tests::public_network();
  design.networks[model::NetworkId(0)].settings["aws"]["log_retention_days"] = std::int64_t{31};
  CHECK(codes(design) == Lines{"CRN1010"});
  design.networks[model::NetworkId(0)].settings["aws"]["log_retention_days"] = std::int64_t{30};
  CHECK(codes(design).empty());
  model::Store store;
  store.origin.path = {"packets"};
  design.networks[model::NetworkId(0)].flow_log_store = design.stores.add(store);
  CHECK(codes(design) == Lines{"CRN1010"});
}

TEST_CASE("a Region is spelt with underscores") {
  for (const char* good : {"eu_west_1", "us_gov_east_1", "ap_southeast_4"}) {
    model::Design design = crenel::tests::three_tiers();
    design.region = good;
    CHECK(codes(design).empty());
  }
  for (const char* bad : {"westeurope", "eu_west", "eu-west-1", "eu__1", "_west_1", "eu_west_"}) {
    CAPTURE(bad);
    model::Design design = crenel::tests::three_tiers();
    design.region = bad;
    CHECK(codes(design) == Lines{"CRN1011"});
  }
}

TEST_CASE("a design without a network and without a service makes no template") {
  model::Design design;
  design.name = "later";
  CHECK(codes(design) == Lines{"CRN1015"});
  model::Store inbox;
  inbox.origin.path = {"inbox"};
  design.stores.add(inbox);
  CHECK(codes(design).empty());
}
