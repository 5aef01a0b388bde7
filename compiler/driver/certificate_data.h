#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "compiler/base/source.h"
#include "compiler/model/design.h"
#include "compiler/verify/deciding.h"

namespace crenel::driver {

/// What a certificate says of services, as JSON: {"admitted", "grants"}. The one has, for each pair of ends, the
/// declared actions with the statements that declare them and the places of the template that grant them; the other
/// every grant of the template as it was read back. `deciding`: none of a backend that reads no templates. `place`: of
/// a span, as JSON.
[[nodiscard]] std::string data_section(const model::Design& design, std::string_view provider,
                                       const verify::Deciding* deciding,
                                       const std::function<std::string(base::Span)>& place);

}  // namespace crenel::driver
