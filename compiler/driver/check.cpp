#include "compiler/driver/check.h"

namespace crenel::driver {

Checked check(Compilation& compilation) {
  compilation.load();
  compilation.check_declarations();
  Checked out;
  for (const auto& job : compilation.jobs(true)) {
    (void)compilation.compile(job, backend::Format::Json);
    ++out.targets;
    out.templates += job.backends.size();
  }
  compilation.check_waivers();
  return out;
}

}  // namespace crenel::driver
