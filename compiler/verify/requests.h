#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/verify/addresses.h"

/// Requests to services from outside: who asks, and from which address.
namespace crenel::verify {

/// Somebody outside who may ask a service for something. It is a set of pairs of a person and an address: any of these
/// persons at any of these addresses.
struct Requester {
  std::string name;                                  ///< "office"
  std::vector<model::Late<std::string>> identities;  ///< one of them; empty: whoever
  std::vector<Block> addresses;                      ///< one of them; empty: any
  bool operator==(const Requester&) const = default;
};
[[nodiscard]] Requester requester_of(const model::Design& design, model::SiteId site);
/// "office as `clerk` or arn:…".
[[nodiscard]] std::string text_of(const model::Design& design, const Requester& requester);

/// Whether two identities are one. A parameter can turn out to be any; names that differ in case alone may be one.
enum class Same { No, Perhaps, Yes };
[[nodiscard]] Same same(const model::Late<std::string>& a, const model::Late<std::string>& b);

/// Which requests are those of the places that a claim names. Blocks are whoever comes from there; a site is its
/// identities at its addresses, as far as it has them; `internet` is every request from a public address that is none
/// of any site's.
class RequestPlaces {
 public:
  /// The design outlives it.
  explicit RequestPlaces(const model::Design& design) : design_(design) {}

  struct Meeting {
    Alternatives surely;   ///< of the address: then it is a request of the place
    Alternatives perhaps;  ///< then it is one if two identities turn out to be one
  };
  /// When a request of the requester is one of the place.
  [[nodiscard]] Meeting meet(const Requester& requester, const model::Endpoint& place) const;
  /// When one is of none of the places.
  [[nodiscard]] Alternatives miss(const Requester& requester, const std::vector<model::Endpoint>& places) const;

 private:
  /// Nothing: somebody whom no site names.
  using Person = std::optional<model::Late<std::string>>;

  [[nodiscard]] std::vector<Person> people(const Requester& requester) const;
  [[nodiscard]] static Same is_one(const Person& person, const Requester& site);
  [[nodiscard]] std::vector<Block> never_public() const;
  [[nodiscard]] Conditions outside(const Person& person, const model::Endpoint& place) const;

  const model::Design& design_;
};

}  // namespace crenel::verify
