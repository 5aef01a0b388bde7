#pragma once

#include <string>
#include <vector>

#include "backends/azure/backend.h"
#include "backends/azure/template.h"
#include "backends/document/value.h"
#include "compiler/model/design.h"

/// What the tests of this room share: designs with Azure's words in them, and ways to look into a template.
namespace crenel::tests {

/// The design with its known images, certificates and region as Azure spells them.
[[nodiscard]] model::Design for_azure(model::Design design);

[[nodiscard]] net::Traffic tcp(std::uint16_t port);
void add_flow(model::Design& design, model::Endpoint from, model::Endpoint to, net::Traffic traffic,
              const std::string& text, std::vector<model::Hop> via = {});
[[nodiscard]] model::GroupId add_group(model::Design& design, const std::string& name, model::TierId tier);
[[nodiscard]] model::SiteId add_site(model::Design& design, const std::string& name, const std::string& block);
/// By VPN, with a key left to deployment.
void link_to(model::Design& design, model::NetworkId network, model::SiteId site);
/// A group by its last name.
[[nodiscard]] model::GroupId group_named(const model::Design& design, const std::string& name);

/// The codes of what compiling reports, in order.
[[nodiscard]] std::vector<std::string> codes(const model::Design& design);
/// The first diagnostic that compiling reports.
[[nodiscard]] diagnostics::Diagnostic first_fault(const model::Design& design);
/// The finished template; the design compiles.
[[nodiscard]] document::Value built(const model::Design& design);

/// The resources of a type, in order.
[[nodiscard]] std::vector<document::Value> resources(const document::Value& made, const azure::ResourceType& type);
/// The resource of a type and name.
[[nodiscard]] document::Value resource(const document::Value& made, const azure::ResourceType& type,
                                       const std::string& name);
/// The member at a path of names and numbers: `at(value, {"properties", "subnets", "0", "name"})`. Null when none.
[[nodiscard]] document::Value at(const document::Value& value, const std::vector<std::string>& path);
[[nodiscard]] std::vector<document::Value> elements(const document::Value& array);
[[nodiscard]] std::string text_of(const document::Value& value);
[[nodiscard]] std::int64_t number_of(const document::Value& value);

}  // namespace crenel::tests
