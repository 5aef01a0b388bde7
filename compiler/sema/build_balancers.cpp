#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/build_things.h"

namespace crenel::sema {
namespace {

using model::to_string;

[[maybe_unused]] bool is_one_port(const net::Traffic& traffic) {
  return !traffic.is_all() && traffic.parts().size() == 1 && traffic.port_count() == 1;
}

bool is_tcp(const net::Traffic& traffic) { return traffic.parts().front().protocol == net::Protocol::Tcp; }

/// The registered ports of plain HTTP. A target on another port is called with TLS by an application balancer.
bool is_plain_http(const net::Traffic& traffic) {
  const std::uint16_t port = traffic.parts().front().ports.front().first;
  return is_tcp(traffic) && (port == 80 || port == 8080);
}

class BalancerBuilder {
 public:
  BalancerBuilder(BuildContext& context, const Declared& declared)
      : context_(context), declared_(declared), name_(to_string(declared.path)) {}

  std::optional<model::BalancerId> build() {
    const auto tier = context_.id_of<model::TierId>(declared_.home.value());
    if (!tier) return std::nullopt;
    balancer_.origin = origin_from(declared_);
    balancer_.tier = *tier;
    balancer_.layer = word(declared_, "layer") == "network" ? model::Layer::Network : model::Layer::Application;
    balancer_.certificate = late<std::string>(declared_, "certificate");
    balancer_.settings = declared_.settings;
    for (const ForwardLine& line : declared_.forwards) add(line);
    check_certificate();
    if (declared_.forwards.empty()) {
      context_.diagnostics.report(diagnostics::kForwardsNothing, declared_.name_span, name_).help =
          "`forward https to GROUP : http` hands the conversations on";
    }
    return context_.design.balancers.add(std::move(balancer_));
  }

 private:
  [[nodiscard]] bool ends_connections() const { return balancer_.layer == model::Layer::Application; }

  void add(const ForwardLine& line) {
    const auto target = target_of(line);
    if (!target || !ports_are_sound(line) || !check_is_sound(line)) return;
    const auto twin = std::find_if(balancer_.forwards.begin(), balancer_.forwards.end(),
                                   [&](const model::Forward& other) { return other.listen == line.listen; });
    if (twin != balancer_.forwards.end()) {
      context_.diagnostics.report(diagnostics::kListenTwice, line.span, net::to_string(line.listen))
          .notes.push_back({twin->span, "it is forwarded here already"});
      return;
    }
    model::Forward forward;
    forward.listen = line.listen;
    forward.target = *target;
    forward.to = line.to;
    forward.check = line.check;
    forward.listen_tls = ends_connections() && !line.listen_is_plain_http;
    forward.target_tls = ends_connections() && !is_plain_http(line.to);
    forward.span = line.span;
    balancer_.forwards.push_back(std::move(forward));
  }

  std::optional<model::GroupId> target_of(const ForwardLine& line) {
    const Declared& target = context_.in.declared[line.target];
    const auto refuse = [&](const std::string& why) {
      context_.diagnostics.report(diagnostics::kForwardTarget, line.span, name_, to_string(target.path), why)
          .notes.push_back({target.name_span, "it is declared here"});
    };
    if (target.kind != Kind::Group) {
      refuse(fmt::format("it is a {}, and targets are groups", keyword(target.kind)));
      return std::nullopt;
    }
    const auto group = context_.id_of<model::GroupId>(line.target);
    if (!group) return std::nullopt;
    const auto& tiers = context_.design.tiers;
    if (tiers[context_.design.groups[*group].tier].network != tiers[balancer_.tier].network) {
      refuse("it is in another network");
      return std::nullopt;
    }
    return group;
  }

  bool ports_are_sound(const ForwardLine& line) {
    for (const net::Traffic* traffic : {&line.listen, &line.to}) {
      assert(is_one_port(*traffic));  // elaboration has refused anything else
      if (ends_connections() && !is_tcp(*traffic)) {
        context_.diagnostics.report(diagnostics::kApplicationNeedsTcp, line.span, name_, net::to_string(*traffic))
            .help = "`layer = network` passes packets on as they are";
        return false;
      }
    }
    return true;
  }

  bool check_is_sound(const ForwardLine& line) {
    if (!line.check || is_tcp(line.to)) return true;
    context_.diagnostics.report(diagnostics::kBadCheck, line.span, net::to_string(line.to));
    return false;
  }

  void check_certificate() {
    const auto tls = std::find_if(balancer_.forwards.begin(), balancer_.forwards.end(),
                                  [](const model::Forward& forward) { return forward.listen_tls; });
    const bool ends_tls = tls != balancer_.forwards.end();
    if (ends_tls && !balancer_.certificate) {
      auto& report = context_.diagnostics.report(diagnostics::kCertificateMissing, declared_.name_span, name_,
                                                 net::to_string(tls->listen));
      report.notes.push_back({tls->span, "TLS ends here: only tcp/80 is plain HTTP"});
      report.help =
          "give the balancer `certificate = PARAMETER` (type `certificate`), or `layer = network` to pass TLS through";
    }
    if (ends_tls || !balancer_.certificate || balancer_.forwards.size() != declared_.forwards.size()) return;
    context_.diagnostics.report(
        diagnostics::kCertificateUnused, attribute_span(declared_, "certificate"), name_,
        ends_connections() ? "it forwards plain HTTP only" : "`layer = network` passes TLS through to the target");
  }

  BuildContext& context_;
  const Declared& declared_;
  std::string name_;
  model::Balancer balancer_;
};

}  // namespace

void build_balancers(BuildContext& context) {
  for (const DeclaredId id : context.in.declared.ids()) {
    const Declared& declared = context.in.declared[id];
    if (declared.kind != Kind::Balancer) continue;
    const auto made = BalancerBuilder(context, declared).build();
    if (!made) continue;
    context.things[id.index()] = *made;
    context.declared_balancer.push_back(id);
  }
}

}  // namespace crenel::sema
