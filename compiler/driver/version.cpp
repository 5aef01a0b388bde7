#include "compiler/driver/version.h"

namespace crenel::driver {

std::string_view version() { return CRENEL_VERSION; }

}  // namespace crenel::driver
