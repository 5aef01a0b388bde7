#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/model/pascal_case.h"

/// Which thing of an estate is which thing of a design. All that the two have in common are names: a resource and a
/// template parameter are called by the declared path in PascalCase.
namespace crenel::verify {

using model::pascal_case;

/// What a declared thing with members is called here.
using Declared =
    std::variant<model::GroupId, model::BalancerId, model::ApplianceId, model::FunctionId, model::DatabaseId>;
/// Nothing for an end that has no members in a network.
[[nodiscard]] std::optional<Declared> declared_as(const model::Design& design, const model::Endpoint& endpoint);
/// How many members there can be.
[[nodiscard]] int most_members(const model::Design& design, const Declared& declared);
[[nodiscard]] model::Endpoint endpoint_of(const Declared& declared);

class Names {
 public:
  Names(const model::Design& design, const estate::Estate& estate);

  /// What an interface was declared as; nothing when nobody declared it.
  [[nodiscard]] std::optional<Declared> declared(estate::InterfaceId interface) const;
  /// The private path whose near end an interface is: it has the path's name, or that with the name of the one service
  /// that it leads to. Nothing when nobody declared it.
  [[nodiscard]] std::optional<model::PrivatePathId> path(estate::InterfaceId interface) const;
  /// What an interface was declared as, in words; else its resource.
  [[nodiscard]] std::string text(estate::InterfaceId interface) const;
  /// The interfaces that were made of it.
  [[nodiscard]] std::vector<estate::InterfaceId> interfaces(const Declared& declared) const;
  /// The parameter that a symbol of the estate is.
  [[nodiscard]] std::optional<model::ParameterId> parameter(estate::SymbolId symbol) const;
  /// And the symbol that a parameter is; nothing when the template has no such parameter.
  [[nodiscard]] std::optional<estate::SymbolId> symbol(model::ParameterId parameter) const;
  /// The estate's network that an interface is in.
  [[nodiscard]] std::optional<estate::NetworkId> network_of(estate::InterfaceId interface) const;
  /// The doors of a network that a link is.
  [[nodiscard]] std::vector<estate::DoorId> doors(estate::NetworkId network, model::LinkId link) const;
  /// Its doors to the Internet.
  [[nodiscard]] std::vector<estate::DoorId> internet_doors(estate::NetworkId network) const;

 private:
  [[nodiscard]] std::vector<model::SiteId> sites_in(const std::string& name, model::NetworkId network) const;
  void match_interfaces();
  void match_paths();
  void match_parameters();

  const model::Design& design_;
  const estate::Estate& estate_;
  std::map<estate::InterfaceId, Declared> declared_;
  std::map<estate::InterfaceId, model::PrivatePathId> paths_;
  std::map<estate::SymbolId, model::ParameterId> parameters_;
  std::map<model::ParameterId, estate::SymbolId> symbols_;
};

}  // namespace crenel::verify
