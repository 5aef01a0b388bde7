#pragma once

#include <string>
#include <string_view>

#include "backends/aws/data_actions.h"
#include "backends/aws/values.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/existing.h"

/// Things that were made elsewhere, in AWS's terms: ARNs of buckets, topics, keys and secrets.
namespace crenel::aws {

/// Reports IDs that are no such ARN, and uses that a thing of that ARN does not have.
void check_existing(const model::Design& design, diagnostics::Diagnostics& diagnostics);

/// The form of the ARN that a parameter must be given, when it is the ID of something made elsewhere.
struct ArnForm {
  std::string_view pattern;      ///< as AllowedPattern has it; empty: it is no such parameter
  std::string_view description;  ///< "the ARN of a bucket"
};
[[nodiscard]] ArnForm form_of(const model::Design& design, model::ParameterId parameter);

/// The ARN itself.
[[nodiscard]] Value existing_arn(const model::Design& design, const model::Existing& existing);
/// The ARN with something after it: "/*".
[[nodiscard]] Value existing_arn(const model::Design& design, const model::Existing& existing, std::string_view more);
/// The last part of the ARN, which is a bucket's name.
[[nodiscard]] Value existing_name(const model::Design& design, const model::Existing& existing);

/// The ARN of the key that something is encrypted with.
[[nodiscard]] Value key_arn(const model::Design& design, model::VaultId vault);

}  // namespace crenel::aws
