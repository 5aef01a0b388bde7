#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/schema.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

using model::Path;
using model::TierId;

constexpr const char* kPerProvider = "leave it a parameter, so that whoever deploys gives it for each provider";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string quoted(const Path& path) { return "`" + model::to_string(path) + "`"; }

/// The shortest and the longest prefix that a block can turn out to have.
std::pair<int, int> lengths_of(const model::Design& design, const model::Block& block) {
  if (const auto prefix = model::known(block)) return {prefix->length, prefix->length};
  if (block.part) return {block.part->length, block.part->length};
  const model::Parameter& parameter = design.parameters[std::get<model::ParameterId>(block.base)];
  return {parameter.shortest, parameter.longest};
}

class Checker {
 public:
  Checker(const model::Design& design, diagnostics::Diagnostics& diagnostics)
      : design_(design), diagnostics_(diagnostics) {}

  void run() {
    region();
    settings();
    for (const model::Network& network : design_.networks) {
      size("the space of " + quoted(network.origin.path), network.space, kSmallestBlock, network.origin);
    }
    for (const TierId tier : design_.tiers.ids()) tier_shapes(tier);
    for (const model::Balancer& balancer : design_.balancers) balancer_shapes(balancer);
    for (const model::Group& group : design_.groups) image(group);
    std::set<model::StatementId> seen;
    for (const model::Flow& flow : design_.flows) {
      if (seen.insert(flow.statement).second) traffic(flow);
    }
  }

 private:
  void region() {
    if (design_.region.empty()) return;
    std::vector<std::string> parts(1);
    for (const char c : design_.region) {
      if (c == '_') {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    const auto words = [](const std::string& part) {
      return !part.empty() && std::all_of(part.begin(), part.end(), is_lower);
    };
    const bool good = parts.size() >= 3 && std::all_of(parts.begin(), parts.end() - 1, words) &&
                      !parts.back().empty() && std::all_of(parts.back().begin(), parts.back().end(), is_digit);
    if (good) return;
    diagnostics_.report(kRegionName, design_.region_span, design_.region).help =
        "write the Region with underscores: `eu_west_1` is eu-west-1";
  }

  void settings() {
    for (const model::Network& network : design_.networks) {
      const auto days = number_setting(network.settings, kLogRetention);
      if (days && network.flow_log_store) {
        diagnostics_.report(kSetting, network.origin.span, std::string(kLogRetention), std::to_string(*days),
                            "left out, for `" + model::to_string(design_.stores[*network.flow_log_store].origin.path) +
                                "` keeps its objects for as long as it says itself");
        continue;
      }
      if (!days || std::find(kRetentionDays.begin(), kRetentionDays.end(), *days) != kRetentionDays.end()) continue;
      std::vector<std::string> allowed;
      for (const int day : kRetentionDays) allowed.push_back(std::to_string(day));
      diagnostics_.report(kSetting, network.origin.span, std::string(kLogRetention), std::to_string(*days),
                          base::list_in_words(allowed, "or"));
    }
    if (!design_.environment) return;
    const model::Environment& environment = *design_.environment;
    const auto account = text_setting(environment.settings, kAccountSetting);
    if (account && (account->size() != 12 || !std::all_of(account->begin(), account->end(), is_digit))) {
      diagnostics_.report(kSetting, environment.origin.span, std::string(kAccountSetting), *account,
                          "the twelve digits of an AWS account");
    }
    for (const Limit& limit : kLimits) quota(environment, limit);
  }

  void quota(const model::Environment& environment, const Limit& limit) {
    const auto number = number_setting(environment.settings, limit.name);
    if (!number || !limit.adjustable()) return;
    const bool too_high = limit.maximum != 0 && *number > static_cast<std::int64_t>(limit.maximum);
    if (*number >= 1 && !too_high) return;
    const std::string allowed =
        limit.maximum == 0 ? "1 at least" : "1 to " + std::to_string(limit.maximum) + ", the most AWS grants";
    diagnostics_.report(kSetting, environment.origin.span, std::string(limit.name), std::to_string(*number), allowed);
  }

  void size(const std::string& what, const model::Block& block, int smallest, const model::Origin& origin) {
    const auto [shortest, longest] = lengths_of(design_, block);
    if (shortest >= kLargestBlock && longest <= smallest) return;
    const int wrong = shortest < kLargestBlock ? shortest : longest;
    auto& error =
        diagnostics_.report(kBlockSize, origin.span, what, "/" + std::to_string(wrong), kLargestBlock, smallest);
    const auto* id = std::get_if<model::ParameterId>(&block.base);
    if (id == nullptr || block.part) return;
    error.notes.push_back({design_.parameters[*id].origin.span, "the bound of the parameter is here"});
    error.help = "narrow the parameter's bound to `cidr(/" + std::to_string(std::max(shortest, kLargestBlock)) + "../" +
                 std::to_string(std::min(longest, smallest)) + ")`";
  }

  void tier_shapes(TierId id) {
    const model::Tier& tier = design_.tiers[id];
    const bool balancers = !model::balancers_in(design_, id).empty();
    const int smallest = balancers ? kSmallestBalancerSubnet : kSmallestBlock;
    if (tier.zone_blocks.empty()) return;
    // The blocks of all zones have one size.
    size("a zone's part of " + quoted(tier.origin.path), tier.zone_blocks.front(), smallest, tier.origin);
    addresses(id);
  }

  void addresses(TierId id) {
    const model::Tier& tier = design_.tiers[id];
    std::size_t available = 0;
    for (const model::Block& block : tier.zone_blocks) {
      const int longest = std::min(lengths_of(design_, block).second, kSmallestBlock);
      available += (std::size_t{1} << (32 - longest)) - kReservedPerSubnet;
    }
    std::size_t wanted = 0;
    for (const model::GroupId group : model::groups_in(design_, id)) {
      wanted += static_cast<std::size_t>(design_.groups[group].scale.max);
    }
    if (wanted <= available) return;
    auto& error =
        diagnostics_.report(kTooFewAddresses, tier.origin.span, model::to_string(tier.origin.path), available, wanted);
    for (const model::GroupId group : model::groups_in(design_, id)) {
      const model::Group& one = design_.groups[group];
      error.notes.push_back(
          {one.origin.span, quoted(one.origin.path) + " can grow to " + std::to_string(one.scale.max)});
    }
    error.help = "enlarge the tier; AWS keeps five addresses of every subnet for itself";
  }

  void balancer_shapes(const model::Balancer& balancer) {
    const bool application = balancer.layer == model::Layer::Application;
    const int zones = design_.networks[design_.tiers[balancer.tier].network].zones;
    if (application && zones < kApplicationBalancerZones) {
      auto& error =
          diagnostics_.report(kBalancerZones, balancer.origin.span, model::to_string(balancer.origin.path), zones);
      error.help = "give the network `zones = 2`, or the balancer `layer = network`";
    }
    for (const model::Forward& forward : balancer.forwards) {
      const bool same = forward.listen.parts().front().protocol == forward.to.parts().front().protocol;
      if (application || same) continue;
      auto& error = diagnostics_.report(kBalancerProtocol, forward.span, model::to_string(balancer.origin.path),
                                        net::to_string(forward.listen), net::to_string(forward.to));
      error.help = "listen and call over one protocol";
    }
    if (balancer.certificate) certificate(balancer);
  }

  void certificate(const model::Balancer& balancer) {
    const auto* text = std::get_if<std::string>(&*balancer.certificate);
    if (text == nullptr || text->rfind("arn:aws", 0) == 0) return;
    auto& error =
        diagnostics_.report(kForeignValue, balancer.origin.span, "the certificate of " + quoted(balancer.origin.path),
                            *text, std::string("the ARN of a certificate in AWS Certificate Manager"));
    error.help = kPerProvider;
  }

  void image(const model::Group& group) {
    const auto* text = std::get_if<std::string>(&group.image);
    if (text == nullptr || text->rfind("resolve:ssm:", 0) == 0) return;
    const std::string what = "the image of " + quoted(group.origin.path);
    if (text->rfind("ami-", 0) != 0) {
      diagnostics_.report(kForeignValue, group.origin.span, what, *text, std::string("the id of a machine image (AMI)"))
          .help = kPerProvider;
      return;
    }
    const bool digits = text->size() == 12 || text->size() == 21;
    if (digits && std::all_of(text->begin() + 4, text->end(), is_hex)) return;
    diagnostics_.report(kShape, group.origin.span, what, *text,
                        std::string("an AMI id (`ami-` and 8 or 17 hexadecimal digits)"));
  }

  [[nodiscard]] bool meets_ipv6(const model::Flow& flow) const {
    const auto has_it = [&](const model::Endpoint& end) {
      const auto tier = model::tier_of(design_, end);
      return !tier || model::has_family(design_, *tier, net::Family::V6);
    };
    return has_it(flow.from) && has_it(flow.to);
  }

  void traffic(const model::Flow& flow) {
    const bool by_nat = std::any_of(flow.via.begin(), flow.via.end(),
                                    [](const model::Hop& hop) { return std::holds_alternative<model::ViaNat>(hop); });
    for (const net::ProtocolPorts& part : flow.traffic.parts()) {
      const net::Traffic whole = net::Traffic::of(part.protocol);
      const bool ports_of_sctp = part.protocol == net::Protocol::Sctp && !flow.traffic.contains(whole);
      const bool sctp_by_nat = by_nat && part.protocol == net::Protocol::Sctp;
      const model::FlowStatement& statement = design_.statements[flow.statement];
      if (sctp_by_nat) {
        // vpc/latest/userguide/nat-gateway-basics.html: TCP, UDP and ICMP.
        diagnostics_.report(kTraffic, statement.span, std::string("SCTP through a NAT gateway")).help =
            "carry the service over TCP or UDP, or send it from a public tier";
        continue;
      }
      if (!ports_of_sctp && (part.protocol != net::Protocol::Icmp6 || meets_ipv6(flow))) continue;
      auto& error = diagnostics_.report(
          kTraffic, statement.span,
          ports_of_sctp ? std::string("ports of SCTP") : std::string("ICMPv6 between IPv4 addresses"));
      error.help = ports_of_sctp ? "allow `sctp/0..65535`, or carry the service over TCP or UDP" : "say `icmp`";
    }
  }

  const model::Design& design_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace

void check_shapes(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  Checker(design, diagnostics).run();
}

}  // namespace crenel::aws
