#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/model/values.h"

/// What a design says in a provider's own words, past what the compiler knows. Nothing of it is proved; what it does to
/// the rest is found out by reading the finished template.
namespace crenel::model {

/// `override "LogicalId" { "Path" = value }`: properties of a resource that the backend makes.
struct Override {
  Span span;
  std::string provider;                                 ///< "aws"
  std::string resource;                                 ///< its logical id, or its name
  std::vector<std::pair<std::string, Setting>> values;  ///< by path: "LaunchTemplateData.EbsOptimized", "Tags.0.Value"
};

/// `verbatim aws "LogicalId" = file("x.json")`: a resource as it stands.
struct Verbatim {
  Span span;
  std::string provider;
  std::string resource;
  std::string text;  ///< JSON or YAML
};

}  // namespace crenel::model
