#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What the language's data actions are at AWS: operations of its services, with what each takes. (Service
/// Authorization Reference, "Actions, resources, and condition keys for …" of each service; of keys the pages that are
/// named beside them. Read 2026-11-27.)
namespace crenel::agreement {

struct AwsOperation {
  std::string_view action;  ///< of the language; "administer"
  std::string_view name;    ///< "s3:GetObject"
  bool needed = false;      ///< the action does not work without it
  bool on_parts = false;    ///< it is about an object in a bucket
  std::string_view key;     ///< what it takes of the key that the thing is encrypted with: "decrypt", "both", "make"
  bool sets_tags = false;   ///< the request says which tags an object gets
};

/// Of a kind of resource: "AWS::S3::Bucket".
[[nodiscard]] const std::vector<AwsOperation>& operations_of(std::string_view type);

}  // namespace crenel::agreement
