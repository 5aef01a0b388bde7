#pragma once

#include "tests/unit/verify/compare_scene.h"
#include "tests/unit/verify/scene.h"

namespace crenel::verify::tests {

using crenel::tests::block;
using crenel::tests::Scene;
using A = model::DataAction;

/// Workers that read one store and write another by a private path, a site that fills the first, a trigger.
struct Depot : Scene {
  model::VaultId keys = vault("keys");
  model::StoreId inbox = store("inbox");
  model::StoreId results = store("results");
  model::QueueId jobs = queue("jobs");
  model::GroupId worker = group("worker");
  model::FunctionId sorter = function("sorter");
  model::ParameterId clerk = identity("clerk");
  model::SiteId office = somebody("office", {clerk}, {block("198.51.100.0/24")});
  model::SiteId lab = somebody("lab", {std::string("arn:lab")});
  model::SiteId desk = site("desk", {block("192.0.2.0/28")});

  Depot() {
    design.stores[inbox].key = keys;
    design.stores[inbox].archive_after_seconds = 30 * 86400;
    design.stores[results].lock_seconds = 7 * 86400;
    design.queues[jobs].retry = 3;
    endpoint("data", {inbox, results, jobs});
    may(office, inbox, {A::Write});
    may(worker, inbox, {A::Read, A::Archive});
    may(worker, results, {A::Write});
    may(worker, jobs, {A::Receive});
    may(inbox, sorter, {A::Invoke});
    may(sorter, jobs, {A::Send});
    may(lab, results, {A::Read});
    may(desk, results, {A::Delete});
  }
  [[nodiscard]] estate::Estate made() const { return estate_of(design); }
};

/// An access that a test adds, from anywhere.
inline estate::Access added(estate::Who who, estate::ServiceId service, std::vector<estate::Action> actions) {
  return {.who = std::move(who),
          .service = service,
          .actions = std::move(actions),
          .anywhere = true,
          .paths = {},
          .from = {},
          .doubt = {},
          .place = {.resource = "Added", .path = "/Resources/Added", .span = {}}};
}

}  // namespace crenel::verify::tests
