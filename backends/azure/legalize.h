#pragma once

#include <vector>

#include "backends/azure/template.h"
#include "compiler/backend/backend.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

/// What of a design Azure cannot say, refused with the nearest way out. Nothing is granted wider than written.
namespace crenel::azure {

/// Reports every reason why the design has no template.
void legalize(const model::Design& design, diagnostics::Diagnostics& diagnostics);

// ---- one file each
/// Guards, as far as a template for a resource group makes them.
void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics);
/// Services, their flows and private endpoints.
void check_data(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_values(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_packets(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_balancers(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_peerings(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_databases(const model::Design& design, diagnostics::Diagnostics& diagnostics);
/// Functions, and what they would control.
void check_functions(const model::Design& design, diagnostics::Diagnostics& diagnostics);
/// What stands in, or leads from, a network with IPv6 and has none of that family.
void check_ipv6(const model::Design& design, diagnostics::Diagnostics& diagnostics);
void check_links(const model::Design& design, diagnostics::Diagnostics& diagnostics);
/// Limits of what flows and declarations come to.
[[nodiscard]] std::vector<backend::QuotaUse> check_limits(const model::Design& design,
                                                          diagnostics::Diagnostics& diagnostics);
/// Limits of the finished template.
[[nodiscard]] std::vector<backend::QuotaUse> check_template_limits(const model::Design& design, const Template& made,
                                                                   std::size_t bytes,
                                                                   diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::azure
