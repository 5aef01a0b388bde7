#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sema/elaboration.h"

/// The facts of every kind of thing that a rule can speak of: one table that type checking, "did you mean" and
/// `std/facts` read.
namespace crenel::sema {

enum class FactType : std::uint8_t {
  Bool,
  Number,
  Text,
  Texts,
  Word,       ///< one of `words`; of any spelling when there are none
  Words,      ///< a list of them
  Thing,      ///< a declared thing of `kinds`; of any kind when there are none
  Things,     ///< a list of them
  Ends,       ///< what stands at an end of a flow: things, addresses, `internet`
  Actions,    ///< services and data actions
  Ways,       ///< `nat`, sites and appliances
  Addresses,  ///< addresses or blocks of them
  Duration,
  Date,
  Length,  ///< of a prefix
  Scale,
};

struct Fact {
  std::string_view name;
  FactType type = FactType::Text;
  std::vector<Kind> kinds;         ///< of Thing, Things
  std::vector<std::string> words;  ///< of Word, Words
  bool optional = false;           ///< can be `none`
  std::string_view doc;            ///< one sentence
};

struct KindFacts {
  Kind kind = Kind::Network;
  std::string_view doc;     ///< one sentence
  std::vector<Fact> facts;  ///< declared properties first, in the order of their table
};

/// Every kind that a rule can range over, in the order of the reference.
[[nodiscard]] const std::vector<KindFacts>& all_facts();
[[nodiscard]] const std::vector<Fact>& facts_of(Kind kind);
[[nodiscard]] const Fact* find_fact(Kind kind, std::string_view name);
/// "true or false", "a group", "one of `public`, `private` or `isolated`".
[[nodiscard]] std::string describe(const Fact& fact);
/// The module `std/facts`: the table as a program.
[[nodiscard]] std::string facts_module();

}  // namespace crenel::sema
