#include "compiler/driver/selection.h"

#include <doctest/doctest.h>

#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

using Strings = std::vector<std::string>;

const std::vector<sema::Target>& targets() {
  static const std::vector<sema::Target> all = {
      {.name = "private_network", .providers = {"east", "west"}, .origin = sema::Target::Origin::Handbook},
      {.name = "shop.dev", .providers = {"east"}, .origin = sema::Target::Origin::Stack},
      {.name = "shop.prod", .providers = {"east"}, .variant = 1, .origin = sema::Target::Origin::Stack}};
  return all;
}

struct Selected {
  Strings names;  ///< "shop.prod east"
  Strings codes;
  Strings help;
};

Selected selected(const Request& request) {
  diagnostics::Diagnostics diagnostics;
  Selected out;
  for (const auto& job : select(targets(), tests::fake_backends(), request, diagnostics)) {
    for (const auto* backend : job.backends) out.names.push_back(job.target.name + " " + std::string(backend->name));
  }
  for (const auto& diagnostic : diagnostics.all()) {
    out.codes.emplace_back(diagnostic.code);
    out.help.push_back(diagnostic.help);
  }
  return out;
}

}  // namespace

TEST_CASE("without a choice, everything") {
  CHECK(selected({}).names ==
        Strings{"private_network east", "private_network west", "shop.dev east", "shop.prod east"});
}

TEST_CASE("targets are chosen by name, with or without a provider") {
  CHECK(selected({.targets = {"shop.prod"}}).names == Strings{"shop.prod east"});
  CHECK(selected({.targets = {"private_network"}}).names == Strings{"private_network east", "private_network west"});
  CHECK(selected({.targets = {"private_network.west"}}).names == Strings{"private_network west"});
  CHECK(selected({.targets = {"shop.dev", "private_network.east"}}).names ==
        Strings{"private_network east", "shop.dev east"});
}

TEST_CASE("an environment chooses its stacks and nothing else") {
  CHECK(selected({.environments = {"prod"}}).names == Strings{"shop.prod east"});
  CHECK(selected({.environments = {"dev", "prod"}}).names == Strings{"shop.dev east", "shop.prod east"});
}

TEST_CASE("a provider leaves out what is not for it") {
  const auto west = selected({.providers = {"west"}});
  CHECK(west.names == Strings{"private_network west"});
  CHECK(west.codes.empty());
}

TEST_CASE("what chooses nothing is reported with what there is") {
  const auto near = selected({.targets = {"shop.prd"}});
  CHECK(near.codes == Strings{"CRN0750"});
  CHECK(near.help == Strings{"did you mean `shop.prod`?"});
  const auto far = selected({.targets = {"warehouse"}});
  CHECK(far.help == Strings{"there are private_network, shop.dev and shop.prod"});
  const auto environment = selected({.environments = {"prod", "staging"}});
  CHECK(environment.codes == Strings{"CRN0751"});
  CHECK(environment.help == Strings{"there are dev and prod"});
  CHECK(selected({.targets = {"shop.prod"}, .environments = {}}).codes.empty());
  CHECK(selected({.providers = {"west"}, .targets = {"shop.prod"}}).codes == Strings{"CRN0752"});
}

TEST_CASE("after an error nothing more is said about what is missing") {
  constexpr diagnostics::DiagnosticKind<> kEarlier{"CRN0001", diagnostics::Severity::Error, "earlier", "earlier"};
  diagnostics::Diagnostics diagnostics;
  diagnostics.report(kEarlier, {});
  CHECK(select(targets(), tests::fake_backends(), {.targets = {"warehouse"}}, diagnostics).empty());
  CHECK(diagnostics.all().size() == 1);
}

}  // namespace crenel::driver
