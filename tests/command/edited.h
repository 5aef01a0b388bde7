#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// A template that was built, and a copy of it that somebody edits by hand.
namespace crenel::tests {

class Edited {
 public:
  using Json = nlohmann::ordered_json;

  /// `made`: the template's name without its ending, "guarded.aws": its target's and the provider's.
  Edited(const std::filesystem::path& program, const std::string& made);

  Json document;

  /// `/Resources/NAME` on AWS.
  [[nodiscard]] Json& resource(const std::string& name) { return document.at("Resources").at(name); }
  [[nodiscard]] Json& properties(const std::string& name) { return resource(name).at("Properties"); }
  /// The first resource of a type on Azure that has `part` in it.
  [[nodiscard]] Json& of(const std::string& type, const std::string& part);

  /// The resource of a type on Azure that is called so.
  [[nodiscard]] Json& named(const std::string& type, const std::string& name);
  void drop(const std::string& type, const std::string& name);
  /// What was built beside the template.
  [[nodiscard]] Json certificate() const;

  /// What `crenel verify` says of the copy as it is now.
  [[nodiscard]] Outcome verified() const;
  /// What `crenel diff` says of the built template and the copy.
  [[nodiscard]] Outcome differing() const;
  /// `crenel verify` says so, with that exit code.
  void check_told(const std::string& words, int exit_code = 1) const;

 private:
  [[nodiscard]] std::filesystem::path copy() const;

  ScratchFolder folder_;
  std::string target_;  ///< FILE:TARGET
  std::filesystem::path built_;
};

}  // namespace crenel::tests
