#include <cstdlib>
#include <iostream>

#include "tests/fuzz/target.h"

namespace crenel::fuzz {

void promise(bool kept, std::string_view what) {
  if (kept) return;
  std::cerr << "broken promise: " << what << "\n";
  std::abort();
}

}  // namespace crenel::fuzz
