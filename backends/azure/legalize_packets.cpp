#include <algorithm>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Design;
using model::Flow;

const net::IntervalSet kEveryType = {net::Interval{0, 255}};

/// The packets of one protocol.
net::Traffic part_of(const net::ProtocolPorts& part) {
  net::Traffic out;
  for (const net::Interval& ports : part.ports) {
    out = out.united(net::Traffic::of(part.protocol, ports.first, ports.last));
  }
  return out;
}

void check_protocols(const Design& design, const Flow& flow, Diagnostics& diagnostics) {
  const model::FlowStatement& statement = design.statements[flow.statement];
  for (const net::ProtocolPorts& part : flow.traffic.parts()) {
    const std::string packets = net::to_string(part_of(part));
    if (part.protocol == net::Protocol::Sctp || part.protocol == net::Protocol::Icmp6) {
      diagnostics.report(kProtocol, statement.span, statement.text, packets).help =
          "leave it out; every protocol together is `packets`, where that is meant";
    } else if (part.protocol == net::Protocol::Icmp && part.ports != kEveryType) {
      diagnostics.report(kIcmpTypes, statement.span, statement.text, packets).help =
          "say `icmp`, all of it, where that is meant";
    }
  }
}

void check_nat(const Design& design, const Flow& flow, Diagnostics& diagnostics) {
  const bool by_nat = std::any_of(flow.via.begin(), flow.via.end(),
                                  [](const model::Hop& hop) { return std::holds_alternative<model::ViaNat>(hop); });
  if (!by_nat) return;
  const model::FlowStatement& statement = design.statements[flow.statement];
  const net::Traffic carried = net::Traffic::of(net::Protocol::Tcp).united(net::Traffic::of(net::Protocol::Udp));
  if (carried.contains(flow.traffic)) return;
  const net::Traffic lost = flow.traffic.without(carried);
  diagnostics.report(kNatProtocol, statement.span, statement.text, net::to_string(lost)).help =
      "name the tcp and udp services that are meant";
}

}  // namespace

void check_packets(const Design& design, Diagnostics& diagnostics) {
  std::vector<model::StatementId> seen;
  for (const Flow& flow : design.flows) {
    // flows of one statement share its packets: one fault, one error
    if (std::find(seen.begin(), seen.end(), flow.statement) != seen.end()) continue;
    seen.push_back(flow.statement);
    check_protocols(design, flow, diagnostics);
    check_nat(design, flow, diagnostics);
  }
}

}  // namespace crenel::azure
