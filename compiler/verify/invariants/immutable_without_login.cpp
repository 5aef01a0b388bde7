#include <set>

#include "compiler/diagnostics/catalogue/claims.h"
#include "compiler/verify/invariants/invariants.h"

namespace crenel::verify {
namespace {

struct PortRange {
  net::Protocol protocol;
  std::uint16_t first;
  std::uint16_t last;
};

/// The services by which people log in to a machine; the library's service `admin` is the same set.
/// Source: IANA Service Name and Transport Protocol Port Number Registry (ssh, ms-wbt-server, wsman and wsmans, telnet,
/// rfb with its displays), checked 2026-11-23.
constexpr std::array kAdministration = {
    PortRange{net::Protocol::Tcp, 22, 22},     PortRange{net::Protocol::Tcp, 23, 23},
    PortRange{net::Protocol::Tcp, 3389, 3389}, PortRange{net::Protocol::Udp, 3389, 3389},
    PortRange{net::Protocol::Tcp, 5900, 5909}, PortRange{net::Protocol::Tcp, 5985, 5986},
};

net::Traffic administration() {
  net::Traffic all;
  for (const PortRange& each : kAdministration)
    all = all.united(net::Traffic::of(each.protocol, each.first, each.last));
  return all;
}

}  // namespace

void check_immutable_without_login(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  const net::Traffic admin = administration();
  std::set<std::pair<model::StatementId, model::GroupId>> said;
  for (const model::Flow& flow : design.flows) {
    const auto* id = std::get_if<model::GroupId>(&flow.to);
    if (id == nullptr || !design.groups[*id].immutable || !flow.traffic.overlaps(admin)) continue;
    // A statement with several sources is one fault.
    if (!said.emplace(flow.statement, *id).second) continue;
    const model::Group& group = design.groups[*id];
    auto& report =
        diagnostics.report(diagnostics::kLoginToImmutable, design.statements[flow.statement].span,
                           model::to_string(group.origin.path), net::to_string(flow.traffic.intersected(admin)));
    report.notes.push_back({group.origin.span, "the group is declared here"});
    report.help = "replace the members instead of mending them, or say `immutable = false`";
  }
}

}  // namespace crenel::verify
