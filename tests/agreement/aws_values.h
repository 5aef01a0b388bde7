#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/agreement/packet.h"

namespace crenel::agreement {

/// The account and the region that a template is deployed in here, and the names that its resources are given there. No
/// template that is tried names this account by its number.
inline constexpr const char* kOwnAccount = "444455556666";

/// A CloudFormation template with every intrinsic function carried out, as CloudFormation would (template reference,
/// "Intrinsic functions", "Return values" of each resource type): a reference becomes the ARN, the name or the id that
/// the resource has. Throws on what it does not read.
class AwsValues {
 public:
  AwsValues(const nlohmann::json& document, const ParameterValues& parameters);

  [[nodiscard]] const std::string& region() const { return region_; }
  /// Visits every resource of the type that is made, with its properties resolved.
  void each(const std::string& type,
            const std::function<void(const std::string& id, const nlohmann::json& properties)>& visit) const;
  [[nodiscard]] nlohmann::json properties(const std::string& id) const;
  [[nodiscard]] std::string type(const std::string& id) const;
  /// The logical id that stands for an ARN, name, address or id of a resource of the type; empty: none does.
  [[nodiscard]] std::string owner(const std::string& type, const std::string& text) const;

  [[nodiscard]] std::string arn(const std::string& id) const;
  /// What `Ref` gives.
  [[nodiscard]] std::string reference(const std::string& id) const;

 private:
  [[nodiscard]] nlohmann::json resolve(const nlohmann::json& value) const;
  [[nodiscard]] nlohmann::json called(const std::string& function, const nlohmann::json& argument) const;
  [[nodiscard]] std::string text(const nlohmann::json& value) const;
  [[nodiscard]] std::string named(const std::string& name) const;
  [[nodiscard]] std::string attribute(const std::string& id, const std::string& name) const;
  [[nodiscard]] std::string substituted(const nlohmann::json& argument) const;
  [[nodiscard]] std::string name(const std::string& id, const char* property) const;
  [[nodiscard]] bool holds(const nlohmann::json& condition) const;
  [[nodiscard]] bool is_made(const nlohmann::json& resource) const;

  nlohmann::json document_;
  ParameterValues parameters_;
  std::string region_ = "eu-west-1";
};

}  // namespace crenel::agreement
