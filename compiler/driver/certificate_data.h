#pragma once

#include <functional>
#include <nlohmann/json.hpp>

#include "compiler/base/source.h"
#include "compiler/model/design.h"
#include "compiler/verify/deciding.h"

namespace crenel::driver {

/// What a certificate says of services: {"admitted", "grants"}. The one has, for each pair of ends, the declared
/// actions with the statements that declare them and the places of the template that grant them; the other every grant
/// of the template as it was read back. `deciding`: none of a backend that reads no templates.
[[nodiscard]] nlohmann::ordered_json data_section(const model::Design& design, const verify::Deciding* deciding,
                                                  const std::function<nlohmann::ordered_json(base::Span)>& place);

}  // namespace crenel::driver
