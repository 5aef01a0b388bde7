#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "tests/reachability/case.h"

namespace crenel::reachability {

/// What the engine says of a template without symbols, about single addresses outside and single interfaces.
class Answers {
 public:
  /// Throws when the template cannot be read, or has something that is not understood.
  Answers(const backend::Backend& backend, std::string_view text, const Case& about);
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;
  Answers(Answers&&) = delete;
  Answers& operator=(Answers&&) = delete;
  ~Answers();

  /// The names of the template's members.
  [[nodiscard]] std::vector<std::string> members() const;

  struct Answer {
    Verdict verdict = Verdict::Stop;
    std::string last;  ///< step of one packet's way, with the resource that it is about
  };
  [[nodiscard]] Answer ask(const std::string& from, const std::string& to, const std::string& packet) const;

 private:
  struct World;
  std::unique_ptr<World> world_;
};

}  // namespace crenel::reachability
