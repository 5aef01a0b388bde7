#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/model/alert_emails.h"
#include "compiler/model/public_access.h"
#include "compiler/verify/compare_data.h"
#include "compiler/verify/compare_names.h"

namespace crenel::verify {
namespace {

class GuardComparer {
 public:
  GuardComparer(const model::Design& design, const estate::Estate& estate, const DataNames& names)
      : design_(design), estate_(estate), names_(names) {}

  std::vector<Difference> run() {
    for (const model::Guard& promised : design_.guards) compare(promised);
    for (const estate::Guard& made : estate_.guards) {
      if (!is_declared(made)) about(Kind::Undeclared, made.name, "", made.place);
    }
    return std::move(out_);
  }

 private:
  using Kind = Difference::Kind;

  static std::string made_name(const model::Guard& guard) { return pascal_case(guard.origin.path); }

  [[nodiscard]] bool is_declared(const estate::Guard& made) const {
    return std::any_of(design_.guards.begin(), design_.guards.end(),
                       [&](const model::Guard& guard) { return made_name(guard) == made.name; });
  }

  void about(Kind kind, const std::string& name, std::string why, const estate::Place& place) {
    Difference made;
    made.kind = kind;
    made.data = true;
    made.from = name;
    made.why = std::move(why);
    made.place = place;
    out_.push_back(std::move(made));
  }

  void compare(const model::Guard& promised) {
    const std::string name = model::to_string(promised.origin.path);
    const auto made = std::find_if(estate_.guards.begin(), estate_.guards.end(),
                                   [&](const estate::Guard& each) { return each.name == made_name(promised); });
    if (made == estate_.guards.end()) return about(Kind::Missing, name, "", {});
    for (const estate::Weakness& weak : made->weaknesses) {
      const estate::Place& place = weak.place.path.empty() ? made->place : weak.place;
      if (weak.sure) {
        about(Kind::Weaker, name, weak.what, place);
      } else {
        about(Kind::Undecided, name, fmt::format("it is not known whether `{}` {}", name, weak.what), place);
      }
    }
    told(promised, *made, name);
    exempt(promised, *made, name);
    mailed(promised, *made, name);
    undone(promised, *made, name);
    if (promised.prevent != made->forbidding) {
      about(Kind::Weaker, name,
            promised.prevent ? "forbids nobody a change" : "forbids changes; the design says that it does not",
            made->place);
    }
    blocked(promised, *made, name);
  }

  void told(const model::Guard& promised, const estate::Guard& made, const std::string& name) {
    if (!promised.alert) return;
    if (!made.told) return about(Kind::Weaker, name, "tells nobody of a change", made.place);
    if (names_.service(*made.told) == model::Endpoint(*promised.alert)) return;
    about(Kind::Weaker, name,
          fmt::format("tells `{}` of a change; the design says `{}`", names_.text(*made.told),
                      model::name_of(design_, *promised.alert)),
          made.place);
  }

  void exempt(const model::Guard& promised, const estate::Guard& made, const std::string& name) {
    const auto lacks = [](const std::vector<std::string>& all, const std::string& who) {
      return std::find(all.begin(), all.end(), who) == all.end();
    };
    for (const std::string& who : made.exempt) {
      if (lacks(promised.exempt, who)) {
        about(Kind::Weaker, name, fmt::format("leaves alone what `{}` changes", who), made.place);
      }
    }
    for (const std::string& who : promised.exempt) {
      if (lacks(made.exempt, who)) {
        about(Kind::Weaker, name, fmt::format("does not leave alone what `{}` changes", who), made.place);
      }
    }
  }

  void mailed(const model::Guard& promised, const estate::Guard& made, const std::string& name) {
    if (!made.mailed) return;  // this provider has no such means
    const std::vector<std::string> wanted = model::alert_emails(promised);
    for (const std::string& who : wanted) {
      if (!std::binary_search(made.mailed->begin(), made.mailed->end(), who)) {
        about(Kind::Weaker, name, fmt::format("mails `{}` of no change", who), made.place);
      }
    }
    for (const std::string& who : *made.mailed) {
      if (!std::binary_search(wanted.begin(), wanted.end(), who)) {
        about(Kind::Weaker, name, fmt::format("mails `{}` of changes; the design does not name it", who), made.place);
      }
    }
  }

  void undone(const model::Guard& promised, const estate::Guard& made, const std::string& name) {
    if (!promised.revert_seconds) {
      if (made.undoing) about(Kind::Weaker, name, "undoes changes; the design says that it does not", made.place);
      return;
    }
    if (!made.undoing) return about(Kind::Weaker, name, "undoes no change", made.place);
    if (made.undoing->within_seconds > *promised.revert_seconds) {
      about(Kind::Weaker, name,
            fmt::format("takes {} seconds to undo a change; the design says {}", made.undoing->within_seconds,
                        *promised.revert_seconds),
            made.place);
    }
    std::set<std::string> should;
    for (const model::NetworkId id : promised.networks) {
      const model::Network& network = design_.networks[id];
      // of one without subnets there is nothing to put back
      if (!network.tiers.empty()) should.insert(pascal_case(network.origin.path));
    }
    for (const std::string& is : made.undoing->networks) {
      if (should.erase(is) == 0) about(Kind::Weaker, name, fmt::format("undoes changes of `{}`, too", is), made.place);
    }
    for (const std::string& lacking : should) {
      about(Kind::Weaker, name, fmt::format("undoes no change of `{}`", lacking), made.place);
    }
  }

  void blocked(const model::Guard& promised, const estate::Guard& made, const std::string& name) {
    if (!made.blocking) return;  // this provider has no such means
    if (!model::blocks_public_access(promised)) {
      if (*made.blocking) {
        about(Kind::Weaker, name, "blocks public access; the design says that it does not", made.place);
      }
      return;
    }
    if (!*made.blocking) return about(Kind::Weaker, name, "blocks no public access", made.place);
    left_open(name);
  }

  /// Subnets that meet the Internet in more ways than the flows need.
  void left_open(const std::string& name) {
    const std::vector<model::InternetUse> uses = model::internet_use(design_);
    for (const estate::Subnet& subnet : estate_.subnets) {
      auto use = model::InternetUse::None;
      for (const model::TierId tier : design_.tiers.ids()) {
        if (pascal_case(design_.tiers[tier].origin.path) == subnet.stem) use = uses[tier.index()];
      }
      const estate::InternetAccess access = subnet.internet;
      if (use == model::InternetUse::Both || access == estate::InternetAccess::Closed) continue;
      if (use == model::InternetUse::Outward && access == estate::InternetAccess::Translated) continue;
      const bool known = access != estate::InternetAccess::Unknown;
      about(known ? Kind::Weaker : Kind::Undecided, name,
            known ? fmt::format("leaves `{}` more open to the Internet than any flow needs", subnet.name)
                  : fmt::format("it is not known whether `{}` leaves `{}` open to the Internet", name, subnet.name),
            subnet.place);
    }
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const DataNames& names_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> compare_guards(const model::Design& design, const estate::Estate& estate,
                                       const DataNames& names) {
  return GuardComparer(design, estate, names).run();
}

}  // namespace crenel::verify
