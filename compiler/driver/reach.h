#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/verify/ask.h"

namespace crenel::driver {

/// A statement of the sources, for people.
struct Said {
  std::string text;
  std::string at;  ///< "shop.crenel:16:3"
};

/// What one provider's template answers.
struct ProviderAnswer {
  std::string provider;
  verify::Answer answer;
  std::vector<Said> through;  ///< what declares `answer.through`
  std::vector<Said> blocked;  ///< `answer.blocked`: then the template is not what is declared
};

struct Reached {
  std::string target;
  std::string question;
  std::vector<ProviderAnswer> answers;
  std::vector<std::string> assuming;    ///< of what the question names and is made elsewhere
  [[nodiscard]] bool admitted() const;  ///< all of it, on every provider
};

/// `crenel reach`: compiles the one target that the request chooses for each of its providers, reads the templates back
/// and asks them the request's question. Nothing after an error.
[[nodiscard]] std::optional<Reached> reach(Compilation& compilation);

/// The answers as JSON, for programs: {"version", "target", "question", "admitted", "answers"}.
[[nodiscard]] std::string to_json(const Reached& reached);

}  // namespace crenel::driver
