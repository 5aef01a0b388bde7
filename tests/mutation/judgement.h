#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/model/design.h"
#include "tests/mutation/mutants.h"

namespace crenel::mutation {

/// A template that the compiler made, and what it was made of.
struct Specimen {
  std::string name;  ///< "tests/golden/strict_tiers/input.crenel: strict_tiers on aws"
  const backend::Backend* backend = nullptr;
  model::Design design;
  std::string text;
  std::string unjudged;       ///< why the interpreter has no say about its packets; else empty
  std::string data_unjudged;  ///< and about what is done with its services
};

/// Every template of every program in the library, the examples and the tests that has templates and a name that holds
/// `wanted`. The backends outlive it.
[[nodiscard]] std::vector<Specimen> specimens(const std::vector<backend::Backend>& backends,
                                              const std::string& wanted = "");

/// What became of a mutant.
enum class Fate {
  Refused,    ///< it is no template any more
  Reported,   ///< wider or narrower, with a packet
  Unmatched,  ///< a resource that nobody declared, or none for something declared
  Undecided,  ///< said to be, in words
  Same,       ///< said to admit what is declared, and so says the interpreter of every packet that it tries
  Unjudged,   ///< said to admit what is declared, and the interpreter cannot read it
  Missed,     ///< said to admit what is declared, and it does not
  Mute,       ///< reported without saying what
};
inline constexpr std::size_t kFates = 8;
[[nodiscard]] std::string_view word(Fate fate);

struct Judgement {
  Fate fate = Fate::Same;
  std::string text;      ///< the packet, or why
  bool excused = false;  ///< of an Unjudged: the template as it is cannot be judged either
};

/// Of the template as it is.
[[nodiscard]] Judgement judge(const Specimen& specimen);
[[nodiscard]] Judgement judge(const Specimen& specimen, const Json& document, const Mutant& mutant);

/// Whether the change is of what closes a service, or of what it keeps to: it may never be said to admit the same.
[[nodiscard]] bool must_be_told(const Mutant& mutant);
/// Whether the changed resource says who uses which service: packets alone do not tell then that nothing changed.
[[nodiscard]] bool is_about_data(const Mutant& mutant);

/// Why a change of this field leaves what is admitted as it is; empty when only trying tells.
[[nodiscard]] std::string_view reason(const Mutant& mutant);

}  // namespace crenel::mutation
