#pragma once

#include <string_view>
#include <vector>

namespace crenel::model {

enum class SettingType { Text, Int, Bool, TextList };

/// One attribute that a backend reads in `on PROVIDER { … }` of a kind of declaration.
/// The backend owns the rows; the type checker only reads them, so that `compiler/` needs no provider's word.
struct ProviderAttribute {
  std::string_view kind;  ///< the declaration's keyword: "group", "network", "environment"
  std::string_view name;
  SettingType type = SettingType::Text;
  std::string_view doc;  ///< one sentence
};

/// What the type checker must know of a provider.
struct ProviderSchema {
  std::string_view provider;  ///< "aws"
  std::vector<ProviderAttribute> attributes;
  /// Networks say which blocks of IPv6 they have, private ones too; else the provider gives them public ones of its
  /// own.
  bool local_ipv6 = false;
};

}  // namespace crenel::model
