#include "compiler/diagnostics/diagnostic.h"

#include <iterator>

namespace crenel::diagnostics {

void Diagnostics::append(Diagnostics other) {
  all_.insert(all_.end(), std::make_move_iterator(other.all_.begin()), std::make_move_iterator(other.all_.end()));
  errors_ += other.errors_;
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error) ++errors_;
  all_.push_back(std::move(diagnostic));
  return all_.back();
}

}  // namespace crenel::diagnostics
