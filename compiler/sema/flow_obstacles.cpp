#include "compiler/sema/flow_obstacles.h"

#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/sema/build_attributes.h"

namespace crenel::sema {
namespace {

using diagnostics::Diagnostic;
using model::to_string;

class Reporter {
 public:
  Reporter(BuildContext& context, const FlowPlace& place, const Candidate& flow, const Obstacle& obstacle)
      : context_(context), design_(context.design), place_(place), flow_(flow), obstacle_(obstacle) {}

  /// Null when what is missing was reported before.
  Diagnostic* report() {
    switch (obstacle_.kind) {
      case ObstacleKind::OutsideDesign:
        return outside_design();
      case ObstacleKind::InsideNetwork:
        return inside_network();
      case ObstacleKind::SiteWithoutAddresses:
        return site_without_addresses();
      case ObstacleKind::NoIpv4:
        return no_ipv4();
      case ObstacleKind::Immutable:
        return immutable();
      case ObstacleKind::NotReachedFromInternet:
        return not_reached();
      case ObstacleKind::NoPublicAddress:
        return no_public_address();
      case ObstacleKind::NoWayNamed:
        return no_way_named();
      case ObstacleKind::NatNeedsPublicTier:
        return nat_needs_public_tier();
      case ObstacleKind::ViaFromPublicTier:
        return via_from_public_tier();
      case ObstacleKind::ViaNotLinked:
        return via_not_linked();
      case ObstacleKind::ViaMisplaced:
        return via_misplaced();
      case ObstacleKind::ViaChain:
        return via_chain();
      case ObstacleKind::Isolated:
        return isolated();
      case ObstacleKind::NotLinked:
        return not_linked();
      case ObstacleKind::NotPeered:
        return not_peered();
      case ObstacleKind::NotForwarded:
        return not_forwarded();
      case ObstacleKind::BalancerOpens:
        return balancer_opens();
      case ObstacleKind::TakesNoPackets:
        return takes_no_packets();
      case ObstacleKind::FunctionOutside:
        return function_outside();
      case ObstacleKind::DatabaseOpens:
        return database_opens();
      case ObstacleKind::NotListened:
        return not_listened();
      case ObstacleKind::DatabaseNotPublic:
        return database_not_public();
      case ObstacleKind::LinkedBeyond:
        return linked_beyond();
    }
    return nullptr;
  }

 private:
  // ---- pieces
  [[nodiscard]] std::string name(const model::Endpoint& end) const { return model::name_of(design_, end); }
  [[nodiscard]] std::string member() const { return name(*obstacle_.member); }
  [[nodiscard]] const model::Tier& tier() const { return design_.tiers[*obstacle_.tier]; }
  [[nodiscard]] std::string tier_name() const { return to_string(tier().origin.path); }
  [[nodiscard]] const model::Network& network() const { return design_.networks[*obstacle_.network]; }
  [[nodiscard]] std::string network_name() const { return to_string(network().origin.path); }
  [[nodiscard]] const model::Site& site() const { return design_.sites[*obstacle_.site]; }
  [[nodiscard]] std::string_view tier_kind() const {
    switch (tier().kind) {
      case model::TierKind::Public:
        return "public";
      case model::TierKind::Private:
        return "private";
      case model::TierKind::Isolated:
        return "isolated";
    }
    return {};
  }
  void note_tier(Diagnostic& report) const {
    report.notes.push_back(
        {tier().origin.span, fmt::format("tier `{}` is declared {} here", tier_name(), tier_kind())});
  }
  void note_member(Diagnostic& report) const {
    report.notes.push_back(
        {model::origin_of(design_, *obstacle_.member).span, fmt::format("`{}` is declared here", member())});
  }
  [[nodiscard]] base::Span via_span() const { return place_.via.valid() ? place_.via : place_.span; }

  void offer_via(Diagnostic& report, const std::string& hop) const {
    if (!place_.actions.valid() || place_.via.valid()) return;
    const base::Span end{.source = place_.actions.source, .begin = place_.actions.end, .end = place_.actions.end};
    report.fixes.push_back({.title = fmt::format("go via {}", hop), .edits = {{end, " via " + hop}}, .safe = false});
  }
  void offer_without_via(Diagnostic& report) const {
    if (!place_.actions.valid() || !place_.via.valid()) return;
    const base::Span rest{.source = place_.actions.source, .begin = place_.actions.end, .end = place_.via.end};
    report.fixes.push_back({.title = "take the `via` away", .edits = {{rest, ""}}, .safe = false});
  }

  // ---- the two ends
  Diagnostic* outside_design() {
    auto& report =
        context_.diagnostics.report(diagnostics::kOutsideDesign, place_.span, name(flow_.from), name(flow_.to));
    report.help = "a flow joins a group or balancer with something else";
    return &report;
  }

  Diagnostic* inside_network() {
    const bool source = std::holds_alternative<model::Blocks>(flow_.from);
    auto& report = context_.diagnostics.report(diagnostics::kInsideNetwork, source ? place_.from : place_.to,
                                               name(source ? flow_.from : flow_.to), network_name());
    report.notes.push_back({network().origin.span, "the network is declared here"});
    std::vector<std::string> groups;
    for (const model::Group& group : design_.groups) {
      if (design_.tiers[group.tier].network == *obstacle_.network) groups.push_back(to_string(group.origin.path));
    }
    report.help = groups.empty() ? "name a group" : fmt::format("name {}", base::list_in_words(groups, "or"));
    return &report;
  }

  Diagnostic* site_without_addresses() {
    auto& report =
        context_.diagnostics.report(diagnostics::kSiteWithoutAddresses, place_.span, to_string(site().origin.path));
    report.notes.push_back({site().origin.span, "the site is declared here"});
    report.help = "give the site `addresses = […]`";
    return &report;
  }

  Diagnostic* no_ipv4() {
    auto& report = context_.diagnostics.report(diagnostics::kNoIpv4, place_.span, member());
    report.help = "say `ipv6 = true` in the network, or name the IPv4 addresses of the place";
    return &report;
  }

  Diagnostic* immutable() {
    auto& report = context_.diagnostics.report(diagnostics::kImmutableAdministered, place_.span, member(),
                                               net::to_string(flow_.traffic.intersected(administration())));
    const auto& group = std::get<model::GroupId>(*obstacle_.member);
    report.notes.push_back({attribute_span(context_.declared(group), "immutable"), "it is immutable by this"});
    report.help = "replace its members instead of logging in, or declare it `immutable = false`";
    return &report;
  }

  // ---- the Internet
  Diagnostic* not_reached() {
    auto& report = context_.diagnostics.report(diagnostics::kNotReachedFromInternet, place_.span, name(flow_.from),
                                               member(), tier_name(), std::string(tier_kind()));
    note_tier(report);
    report.help = std::holds_alternative<model::Internet>(flow_.from)
                      ? "put a balancer in a public tier before it"
                      : fmt::format("link network `{}` to the place, or put a balancer in a public tier before it",
                                    network_name());
    return &report;
  }

  Diagnostic* no_public_address() {
    auto& report = context_.diagnostics.report(diagnostics::kNoPublicAddress, place_.span, member());
    if (std::holds_alternative<model::FunctionId>(*obstacle_.member)) {
      note_member(report);
      report.help = "providers give a function none: put it in a private tier, and say `via nat`";
      return &report;
    }
    const Declared& group = context_.declared(std::get<model::GroupId>(*obstacle_.member));
    const Value* given = attribute(group, "public_address");
    const bool written = given != nullptr && given->span.valid() && given->span.source == group.span.source &&
                         given->span.begin >= group.span.begin && given->span.end <= group.span.end;
    report.notes.push_back(
        {written ? given->span : group.name_span, written ? "it has none by this" : "the group is declared here"});
    report.help = "`public_address = true` gives each member one";
    if (written) {
      report.fixes.push_back({.title = "give it a public address", .edits = {{given->span, "true"}}, .safe = false});
    }
    return &report;
  }

  Diagnostic* no_way_named() {
    auto& report =
        context_.diagnostics.report(diagnostics::kNoWayNamed, place_.span, member(), name(flow_.to), tier_name());
    note_tier(report);
    std::vector<std::string> ways;
    // what an appliance hands on needs a way from there: that is what the `via` lacks
    if (place_.via.valid()) {
      report.help = "say how its packets go on from there: `via APPLIANCE, nat`";
      return &report;
    }
    for (const model::TierId id : network().tiers) {
      if (design_.tiers[id].kind != model::TierKind::Public) continue;
      ways.emplace_back("nat");
      break;
    }
    for (const model::Link& link : design_.links) {
      if (link.network == *obstacle_.network) ways.push_back(to_string(design_.sites[link.site].origin.path));
    }
    for (const std::string& way : ways) offer_via(report, way);
    for (std::string& way : ways) way = fmt::format("`via {}`", way);
    report.help = ways.empty() ? "`via nat` needs a public tier in the network, `via SITE` a link to that site"
                               : fmt::format("say {}", base::list_in_words(ways, "or"));
    return &report;
  }

  Diagnostic* nat_needs_public_tier() {
    auto& report = context_.diagnostics.report(diagnostics::kNatNeedsPublicTier, via_span(), network_name());
    report.notes.push_back({network().origin.span, "the network is declared here"});
    report.help = "declare a public subnet in it, even an empty one";
    return &report;
  }

  Diagnostic* via_from_public_tier() {
    auto& report = context_.diagnostics.report(diagnostics::kViaFromPublicTier, via_span(), member(), tier_name());
    note_tier(report);
    report.help = "put the group in a private tier, or take the `via` away and give it a public address";
    offer_without_via(report);
    return &report;
  }

  Diagnostic* via_not_linked() {
    auto& report = context_.diagnostics.report(diagnostics::kViaNotLinked, via_span(), network_name(),
                                               to_string(site().origin.path));
    report.notes.push_back({network().origin.span, "the network is declared here"});
    report.help = fmt::format("declare `link {} to {} by vpn {{ … }}`", network_name(), to_string(site().origin.path));
    return &report;
  }

  Diagnostic* via_misplaced() {
    auto& report = context_.diagnostics.report(diagnostics::kViaMisplaced, via_span(), obstacle_.text);
    offer_without_via(report);
    return &report;
  }

  Diagnostic* via_chain() {
    auto& report = context_.diagnostics.report(diagnostics::kViaChain, via_span());
    report.help = "name one of them; an appliance may stand before `nat`";
    return &report;
  }

  Diagnostic* linked_beyond() {
    const model::Network& beyond = design_.networks[*obstacle_.other_network];
    const std::string far = to_string(beyond.origin.path);
    auto& report = context_.diagnostics.report(diagnostics::kLinkedBeyond, place_.span, name(flow_.to), far,
                                               to_string(site().origin.path));
    report.notes.push_back({beyond.origin.span, "the appliance's network is declared here"});
    report.notes.push_back({site().origin.span, "the site is declared here"});
    report.help = fmt::format("name addresses that are not the site's, or link `{}` to it", network_name());
    return &report;
  }

  // ---- sites, networks, balancers
  Diagnostic* isolated() {
    auto& report = context_.diagnostics.report(diagnostics::kIsolated, place_.span, member(), tier_name());
    note_tier(report);
    report.help = "an isolated tier has no route out of its network; a private one gets those that its flows need";
    return &report;
  }

  Diagnostic* not_linked() {
    const std::string far = obstacle_.site ? to_string(site().origin.path)
                                           : name(model::tier_of(design_, flow_.from) ? flow_.to : flow_.from);
    auto& report = context_.diagnostics.report(diagnostics::kNotLinked, place_.span, network_name(), far,
                                               fmt::format("{} is private", obstacle_.text));
    report.notes.push_back({network().origin.span, "the network is declared here"});
    const bool elsewhere = obstacle_.site && site().network;
    if (obstacle_.site) {
      report.notes.push_back(
          {site().origin.span, elsewhere ? "what was made elsewhere is declared here" : "the site is declared here"});
    }
    report.help = elsewhere        ? fmt::format("declare `peer {} with {}`", network_name(), far)
                  : obstacle_.site ? fmt::format("declare `link {} to {} by vpn {{ … }}`", network_name(), far)
                                   : "declare a site with these addresses and a link to it";
    return &report;
  }

  Diagnostic* not_peered() {
    const model::Network& other = design_.networks[*obstacle_.other_network];
    auto& report =
        context_.diagnostics.report(diagnostics::kNotPeered, place_.span, network_name(), to_string(other.origin.path));
    report.notes.push_back({network().origin.span, "one network is declared here"});
    report.notes.push_back({other.origin.span, "the other one is declared here"});
    report.help = fmt::format("declare `peer {} with {}`, or put both ends in one network", network_name(),
                              to_string(other.origin.path));
    return &report;
  }

  Diagnostic* not_forwarded() {
    const auto& balancer = design_.balancers[std::get<model::BalancerId>(*obstacle_.member)];
    const net::Traffic heard = listened_on(balancer);
    // A forward in error is reported already, and so is a balancer without any.
    const auto& declared = context_.declared(std::get<model::BalancerId>(*obstacle_.member));
    if (balancer.forwards.empty() || declared.forwards.size() != balancer.forwards.size()) return nullptr;
    auto& report = context_.diagnostics.report(diagnostics::kNotForwarded, place_.span, member(),
                                               net::to_string(flow_.traffic.without(heard)), net::to_string(heard));
    for (const model::Forward& forward : balancer.forwards) {
      report.notes.push_back({forward.span, fmt::format("it forwards {}", net::to_string(forward.listen))});
    }
    report.help = "name a service that it forwards, or add a `forward`";
    return &report;
  }

  Diagnostic* balancer_opens() {
    auto& report = context_.diagnostics.report(diagnostics::kBalancerOpens, place_.span, member());
    note_member(report);
    report.help = "a `forward` line grants the way to its target; nothing else leaves a balancer";
    return &report;
  }

  // ---- services and functions
  Diagnostic* takes_no_packets() {
    const bool target = model::is_service(flow_.to) || std::holds_alternative<model::FunctionId>(flow_.to);
    const model::Endpoint& service = target ? flow_.to : flow_.from;
    if (!target) {
      return &context_.diagnostics.report(diagnostics::kCannotAct, place_.span, name(service), name(flow_.to),
                                          std::string("a service opens nothing"));
    }
    auto& report = context_.diagnostics.report(
        diagnostics::kActionNotTaken, place_.actions.valid() ? place_.actions : place_.span,
        net::to_string(flow_.traffic), name(service), model::to_string(model::actions_of(service)));
    report.notes.push_back(
        {model::origin_of(design_, service).span, fmt::format("`{}` is declared here", name(service))});
    return &report;
  }

  Diagnostic* function_outside() {
    auto& report = context_.diagnostics.report(diagnostics::kFunctionPackets, place_.span, member(),
                                               net::to_string(flow_.traffic));
    note_member(report);
    report.help = fmt::format("put it in a tier, or admit all: `allow {} -> internet : packets`", member());
    return &report;
  }

  // ---- databases
  Diagnostic* database_opens() {
    auto& report = context_.diagnostics.report(diagnostics::kDatabaseOpens, place_.span, member());
    note_member(report);
    report.help = "turn the flow round: whoever reads or writes calls the database";
    return &report;
  }

  Diagnostic* not_listened() {
    auto& report = context_.diagnostics.report(diagnostics::kNotListened, place_.span, member(),
                                               net::to_string(flow_.traffic), obstacle_.text);
    note_member(report);
    report.help = "name the service that its engine speaks";
    return &report;
  }

  Diagnostic* database_not_public() {
    auto& report =
        context_.diagnostics.report(diagnostics::kDatabaseNotPublic, place_.span, name(flow_.from), member());
    note_member(report);
    report.help = "let a group stand before it, or link its network to the place";
    return &report;
  }

  BuildContext& context_;
  const model::Design& design_;
  const FlowPlace& place_;
  const Candidate& flow_;
  const Obstacle& obstacle_;
};

}  // namespace

void report_obstacle(BuildContext& context, const FlowPlace& place, const Candidate& flow, const Obstacle& obstacle,
                     const std::string& collective) {
  Diagnostic* report = Reporter(context, place, flow, obstacle).report();
  if (report == nullptr || collective.empty()) return;
  report->notes.push_back({{},
                           fmt::format("nobody that {} stands for can take part; this is what {} lacks", collective,
                                       model::name_of(context.design, obstacle.member.value_or(flow.from)))});
}

}  // namespace crenel::sema
