#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "backends/aws/resource_types.h"
#include "backends/aws/values.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

/// A CloudFormation template as a value.
namespace crenel::aws {

/// A resource, a parameter or an output, with what it was made for.
struct Entry {
  std::string id;
  std::string subject;  ///< "group `shop.web`", for messages
  base::Span span;      ///< of the declaration
  Value body;
};

struct Resource {
  Entry entry;  ///< the body is the properties
  ResourceType type;
  std::vector<std::string> depends_on;
  std::vector<document::Member> attributes;  ///< DeletionPolicy, UpdatePolicy, Metadata …
};

struct Template {
  std::string description;
  Value metadata;
  std::vector<Entry> parameters;
  std::vector<Entry> rules;
  std::vector<Resource> resources;
  std::vector<Entry> outputs;
};

/// Reports every id that two things would share. Parameters and resources have one space of names, outputs their own.
void check_names(const Template& made, diagnostics::Diagnostics& diagnostics);

/// The template as a tree, its sections in the customary order, empty ones left out.
[[nodiscard]] Value to_value(const Template& made);

/// How many dynamic references (`{{resolve:…}}`) the template has.
[[nodiscard]] std::size_t count_dynamic_references(const Value& value);
/// Whether a Ref or an Fn::Sub somewhere names `id`.
[[nodiscard]] bool refers_to(const Value& value, const std::string& id);

}  // namespace crenel::aws
