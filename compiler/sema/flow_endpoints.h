#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/sema/build_context.h"

/// What the two sides of a flow or a claim stand for.
namespace crenel::sema {

/// One endpoint of a side. A *named* one must be able to take part; a member of a collective name need not.
struct Atom {
  model::Endpoint endpoint;
  bool named = false;
  std::size_t term = 0;  ///< the first term that it comes from
};

/// One term as written.
struct TermInfo {
  std::string text;    ///< "web", "tier `main.app`", "this list"
  bool named = false;  ///< one thing, by its own name
  bool list = false;   ///< a list, which may be empty without a fault
  base::Span span;
  std::size_t members = 0;  ///< how many endpoints it stands for, before `except`
};

struct EndpointSet {
  std::vector<Atom> atoms;  ///< in declaration order within a term; no endpoint twice
  std::vector<TermInfo> terms;
  bool failed = false;  ///< something was reported; the rest may be incomplete
  /// Nobody is meant, and that is in order: only lists, all of them empty.
  [[nodiscard]] bool empty_on_purpose() const;
};

enum class Purpose : std::uint8_t {
  Grant,  ///< `internet` holds sites that are known by public addresses only; sites stand for those inside them
  Claim,  ///< `internet` is anonymous; every site and every block that a flow names stands for itself
};

/// Expands a side and takes away what follows `except`.
[[nodiscard]] EndpointSet expand(BuildContext& context, const Side& side, Purpose purpose);

/// What is left of blocks when others are taken away, for all values of parameters; nothing when that is not one
/// answer.
[[nodiscard]] std::optional<std::vector<model::Late<net::Prefix>>> difference(
    const model::Design& design, const std::vector<model::Late<net::Prefix>>& from,
    const std::vector<model::Late<net::Prefix>>& taken);

/// The addresses of a site or of blocks; none of anything else.
[[nodiscard]] std::vector<model::Late<net::Prefix>> blocks_of(const model::Design& design,
                                                              const model::Endpoint& endpoint);

/// Whether a site is another, or inside it over any number of steps.
[[nodiscard]] bool is_within(const model::Design& design, model::SiteId site, model::SiteId outer);

}  // namespace crenel::sema
