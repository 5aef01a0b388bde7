#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Every template that differs from a given one in one field that concerns the network.
namespace crenel::mutation {

using Json = nlohmann::ordered_json;

/// One change of one field.
struct Mutant {
  std::string type;  ///< of the resource: "AWS::EC2::Route"
  std::string path;  ///< JSON pointer into the template
  std::string what;  ///< "removed", "\"tcp\" becomes \"udp\""
  bool removed = false;
  Json value;  ///< that stands there instead
};

/// In the order of the template: of every resource and of every part of its properties that it is removed, and of every
/// value that it is another one that fits there. Resources that only record, name or describe are left out
/// (`leaves_out`).
[[nodiscard]] std::vector<Mutant> mutants(const Json& document);

/// Why no resource of the type is changed; empty when it is.
[[nodiscard]] std::string_view leaves_out(std::string_view type);

[[nodiscard]] Json applied(const Json& document, const Mutant& mutant);

}  // namespace crenel::mutation
