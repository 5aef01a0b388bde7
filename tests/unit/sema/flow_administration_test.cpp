#include <doctest/doctest.h>

#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;

namespace {

/// The codes for one flow, in an office prepared by `prepare`.
template <class Prepare>
std::string codes(Prepare prepare) {
  Office office;
  prepare(office);
  return office.build().codes();
}

}  // namespace

TEST_SUITE("flow_passage: administration") {
  TEST_CASE("an immutable group is not administered") {
    Office office;
    office.set(office.app, "immutable", true);
    office.allow(office.web, office.app, tcp(22).united(tcp(443)));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0508");
    CHECK(out.first().message == "group `app` is immutable, and tcp/22 would administer it");
    for (const auto& traffic : {tcp(3389), udp(3389), tcp(5985), tcp(5986), tcp(23), tcp(5905),
                                net::Traffic::of(net::Protocol::Tcp), net::Traffic::all()}) {
      CHECK(codes([&](Office& o) {
              o.set(o.app, "immutable", true);
              o.allow(o.web, o.app, traffic);
            }) == "CRN0508");
    }
    CHECK(codes([](Office& o) {
            o.set(o.app, "immutable", true);
            o.allow(o.web, o.app, tcp(443));
          }).empty());
  }

  TEST_CASE("a forward cannot administer either") {
    CHECK(codes([](Office& o) {
            o.set(o.web, "immutable", true);
            o.forward(o.balancer("front", o.edge, "network"), tcp(22), o.web, tcp(22));
          }) == "CRN0508");
  }
}
