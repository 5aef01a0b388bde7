#include "compiler/driver/version.h"

namespace crenel::driver {

std::string_view version() { return CRENEL_VERSION; }

std::string_view build_facts() { return CRENEL_BUILD_FACTS; }

}  // namespace crenel::driver
