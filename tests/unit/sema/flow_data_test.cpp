#include <doctest/doctest.h>

#include "compiler/base/text.h"
#include "compiler/model/data_paths.h"
#include "tests/unit/sema/front.h"

/// Services, what is done with them, and the ways of the requests.
namespace crenel::tests {
namespace {

/// A pattern with a public, a private and an isolated tier, a group in each but the first, and two services.
std::string with_services(const std::string& statements) {
  return "import std/services { https, ssh }\n"
         "pattern p(image : image, clerk : identity) {\n"
         "  site desk { addresses = [203.0.113.0/28]  identities = [clerk] }\n"
         "  network main { space = 10.0.0.0/16  subnet edge : public { size = /26 }  subnet app : private { size = /26 "
         "}\n"
         "    subnet work : isolated { size = /26 } }\n"
         "  vault keys\n"
         "  store inbox { key = keys  archive_after = 30d  lock = 7d  labels = [records] }\n"
         "  queue jobs { retry = 3  retain = 4d }\n"
         "  endpoint data in main.work for inbox, jobs\n"
         "  group web in main.app { image = image }\n"
         "  group worker in main.work { image = image  scale = 0..4 by queued(jobs) }\n" +
         statements + "\n}\nlabel records\n";
}

struct Built {
  std::optional<model::Design> design;
  std::string codes;
  /// "worker -> inbox : read", one a line.
  [[nodiscard]] std::string flows() const {
    std::vector<std::string> out;
    for (const model::DataFlow& flow : design.value().data_flows) {
      out.push_back(model::name_of(*design, flow.from) + " -> " + model::name_of(*design, flow.to) + " : " +
                    model::to_string(flow.actions) + (flow.via.empty() ? "" : " via nat"));
    }
    return base::join(out, "; ");
  }
};

Built built(const std::string& statements) {
  Front front(with_services(statements));
  Built out;
  const auto all = front.check();
  if (!all.empty() && all.front()) out.design = sema::build_design(*all.front(), front.found);
  for (const auto& one : front.found.all()) {
    if (one.code != "CRN0220") out.codes += (out.codes.empty() ? "" : " ") + std::string(one.code);
  }
  return out;
}

TEST_CASE("services, functions and endpoints become a part of the design") {
  const Built out = built(
      "function sorter in main.work2 { code = \"x\"  runtime = \"python3.12\"  on created(inbox) }\n"
      "topic done\n table items\n allow worker -> inbox : read\n");
  CHECK(out.codes.find("CRN02") == 0);  // no such tier
  const Built good = built("topic done\n table items { key = keys }\n allow worker -> inbox : read\n");
  REQUIRE(good.design);
  const model::Design& design = *good.design;
  REQUIRE(design.stores.size() == 1);
  const model::Store& inbox = design.stores[model::StoreId(0)];
  CHECK(inbox.key == model::VaultId(0));
  CHECK(inbox.archive_after_seconds == 30 * 86400);
  CHECK(inbox.lock_seconds == 7 * 86400);
  CHECK(inbox.labels == std::vector<std::string>{"records"});
  CHECK(design.queues[model::QueueId(0)].retry == 3);
  CHECK(design.queues[model::QueueId(0)].retain_seconds == 4 * 86400);
  CHECK(design.data_tables[model::TableId(0)].key == model::VaultId(0));
  CHECK(design.topics.size() == 1);
  REQUIRE(design.private_paths.size() == 1);
  CHECK(design.private_paths[model::PrivatePathId(0)].services.size() == 2);
  CHECK(design.groups[model::GroupId(1)].scale.queued == model::QueueId(0));
  CHECK(model::way_to(design, model::GroupId(1), model::StoreId(0)) == model::DataWay::PrivatePath);
  CHECK(model::way_to(design, model::GroupId(0), model::StoreId(0)) == model::DataWay::Internet);
}

TEST_CASE("a network's traffic is logged to a store") {
  Front front(
      "pattern p() { store logs\n network main { space = 10.0.0.0/16  flow_logs = logs  subnet a : private { size = "
      "/26 } "
      "} }\n");
  const auto all = front.check();
  REQUIRE(all.front());
  const auto design = sema::build_design(*all.front(), front.found);
  REQUIRE(design);
  CHECK(design->networks[model::NetworkId(0)].flow_log_store == model::StoreId(0));
}

TEST_CASE("actions are typed by their destination") {
  CHECK(built("allow worker -> inbox : read, write\n allow worker -> jobs : receive").flows() ==
        "worker -> inbox : read, write; worker -> jobs : receive");
  CHECK(built("allow worker -> inbox, jobs : read, receive").flows() ==
        "worker -> inbox : read; worker -> jobs : receive");
  CHECK(built("allow worker -> inbox : any").flows() == "worker -> inbox : read, write, delete, archive");
  CHECK(built("allow worker -> inbox : receive").codes == "CRN0551");
  CHECK(built("allow worker -> inbox : read, receive").codes == "CRN0551");
  CHECK(built("allow worker -> inbox : https").codes == "CRN0551");
  CHECK(built("allow worker -> web : read").codes == "CRN0551");
  CHECK(built("allow worker -> web, inbox : https, read").flows() == "worker -> inbox : read");
}

TEST_CASE("who acts, and by which way") {
  CHECK(built("allow internet -> inbox : read").codes == "CRN0552");
  CHECK(built("allow 198.51.100.0/24 -> inbox : read").codes == "CRN0552");
  CHECK(built("allow jobs -> inbox : read").codes == "CRN0552");
  CHECK(built("allow web -> inbox : read").codes == "CRN0553");
  CHECK(built("allow worker -> keys : encrypt").codes == "CRN0553");
  CHECK(built("allow worker -> inbox : read via nat").codes == "CRN0517");
  CHECK(built("allow desk -> inbox : read via nat").codes == "CRN0517");
  CHECK(built("allow web -> inbox : read via nat").codes == "CRN0554");
  CHECK(built("allow web -> inbox : read via nat\n allow web -> internet : https via nat").flows() ==
        "web -> inbox : read via nat");
  CHECK(built("allow desk -> inbox : read").flows() == "desk -> inbox : read");
  CHECK(built("site cellar { addresses = [172.16.0.0/24] }\n allow cellar -> inbox : read").codes == "CRN0555");
  CHECK(built("site cellar { addresses = [172.16.0.0/24]  identities = [clerk] }\n allow cellar -> inbox : read")
            .flows() == "cellar -> inbox : read");
}

TEST_CASE("collective names range over those who can take part") {
  CHECK(built("allow inside -> inbox : read").flows() == "worker -> inbox : read");
  CHECK(built("allow worker -> records : read").flows() == "worker -> inbox : read");
  CHECK(built("allow desk -> main.work : read").codes == "CRN0551");
  CHECK(built("allow main.app -> inbox : read").codes == "CRN0553");
}

TEST_CASE("a trigger is a flow, and a function outside every tier has the provider's way") {
  const std::string sorter = "code = \"x\"  runtime = \"python3.12\"  on created(inbox) }\n";
  CHECK(built("function sorter in main.work { " + sorter).codes == "CRN0418");  // groups are in that tier
  CHECK(built("function sorter { " + sorter).codes == "CRN0557");
  CHECK(built("function sorter { " + sorter + " allow sorter -> internet : https").codes == "CRN0558");
  // nothing listens in a function
  CHECK(built("function sorter { " + sorter + " allow sorter -> internet : packets\n allow worker -> sorter : https")
            .codes == "CRN0551");
  const Built out =
      built("function sorter { " + sorter + " allow sorter -> internet : packets\n allow sorter -> jobs : send");
  CHECK(out.codes.empty());
  CHECK(out.flows() == "inbox -> sorter : invoke; sorter -> jobs : send");
  CHECK(out.design->statements[out.design->data_flows.front().statement].implied);
  CHECK(
      built("function sorter { " + sorter + " allow sorter -> internet : packets\n deny inbox -> sorter : any").codes ==
      "CRN0556");
  CHECK(built("function sorter { " + sorter + " allow sorter -> internet : packets\n deny any -> 198.51.100.0/24 : any")
            .codes == "CRN0557");
}

TEST_CASE("a deny takes data actions away") {
  CHECK(built("allow worker -> inbox : read, write\n deny any -> inbox : write").flows() == "worker -> inbox : read");
  CHECK(built("allow worker -> inbox : read\n deny worker -> inbox : any").flows().empty());
  CHECK(built("allow desk -> inbox : read\n deny internet -> inbox : any").flows().empty());
  CHECK(built("allow desk -> inbox : read\n deny 203.0.113.8/29 -> inbox : read").flows().empty());
  CHECK(built("allow desk -> inbox : read\n deny 198.51.100.0/24 -> inbox : read").flows() == "desk -> inbox : read");
  CHECK(built("allow worker -> inbox : read\n deny worker -> inbox : write").codes == "CRN0528");
  const Built out = built("allow worker -> inbox : read, write\n deny any -> inbox : write");
  REQUIRE(out.design->denials.size() > 0);
  CHECK(out.design->denials.front().actions == model::DataActions{model::DataAction::Write});
  CHECK(out.design->denials.front().traffic.empty());
}

TEST_CASE("claims have data actions, and a named destination takes some of them") {
  const Built out = built("allow worker -> inbox : read\n only worker -> inbox : read\n never any -> inbox");
  REQUIRE(out.design);
  REQUIRE(out.design->claims.size() == 2);
  CHECK(out.design->claims[0].actions == model::DataActions{model::DataAction::Read});
  REQUIRE(out.design->claims[0].traffic);
  CHECK(out.design->claims[0].traffic->empty());
  CHECK(!out.design->claims[1].traffic);
  CHECK(out.design->claims[1].actions.empty());
  CHECK(built("never any -> inbox : send").codes == "CRN0551");
  CHECK(built("never any -> inbox : https").codes == "CRN0551");
  CHECK(built("never any -> inside : send").codes.empty());
}

}  // namespace
}  // namespace crenel::tests
