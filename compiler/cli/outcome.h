#pragma once

#include <string>

namespace crenel::cli {

/// What programs that call `crenel` go by.
enum class ExitCode { Done = 0, Errors = 1, Usage = 2, Broadened = 3, OurFault = 70 };

/// What a run has to say: results, diagnostics and how it ends. Only `main` writes it out.
struct Outcome {
  ExitCode code = ExitCode::Done;
  std::string out;
  std::string err;
  bool serve = false;  ///< go on as a language server
};

}  // namespace crenel::cli
