#pragma once

#include <optional>
#include <vector>

#include "compiler/model/design.h"

/// The values that a parameter for addresses can be given.
namespace crenel::verify {

/// The longest prefix that the bounds allow.
[[nodiscard]] int finest_length(const model::Parameter& parameter);

/// The value, when the bounds leave one only.
[[nodiscard]] std::optional<net::Prefix> only_value(const model::Parameter& parameter);

/// The block of `length` around a longer one; itself when it is not longer.
[[nodiscard]] net::Prefix widened(const net::Prefix& prefix, int length);

/// What a value must do.
struct ValueNeeds {
  std::vector<net::Address> holds;
  std::vector<net::Address> avoids;
  std::vector<net::Prefix> apart;  ///< shares no address with these
};

/// A value within the bounds that does it: the default where that will do, else as small as the bounds allow. Nothing
/// when there is none.
[[nodiscard]] std::optional<net::Prefix> find_value(const model::Parameter& parameter, const ValueNeeds& needs);

}  // namespace crenel::verify
