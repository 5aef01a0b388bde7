#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "compiler/backend/backend.h"
#include "compiler/estate/estate.h"
#include "tests/agreement/data_question.h"

namespace crenel::agreement {

/// The compiler's own reading of a template, asked about data as the interpreters are.
class EngineData {
 public:
  EngineData(const backend::Backend& backend, const nlohmann::json& document);

  /// Why nothing can be asked; empty when it can.
  [[nodiscard]] const std::string& unread() const { return unread_; }
  /// `thing`: that of the question. Of requests without TLS nothing can be asked.
  [[nodiscard]] Says says(const DataQuestion& question, const DataThing& thing) const;

 private:
  [[nodiscard]] bool is(const estate::Who& who, const DataAsker& asker) const;
  [[nodiscard]] Says comes(const estate::Access& access, const DataWay& way) const;

  /// On Azure nothing that is granted is denied elsewhere: what anyone may do, everybody may, and what comes any way
  /// comes from each address, but over the private paths that are put down alone. On AWS a denial may be for some ways
  /// and for some people.
  bool only_grants_ = false;
  estate::Estate estate_;
  std::string unread_;
};

}  // namespace crenel::agreement
