#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/lift_evaluate.h"

namespace crenel::aws::reading {

/// One call of an intrinsic function.
class Functions {
 public:
  /// `tagged`: the argument carries the function as its own tag. `place` is the argument's.
  Functions(Evaluator& evaluator, const document::Node& argument, bool tagged, Place place)
      : evaluator_(evaluator), argument_(argument), tagged_(tagged), place_(std::move(place)) {}

  [[nodiscard]] Value apply(std::string_view function, const Place& call);

 private:
  [[nodiscard]] Value whole();              // the argument, evaluated
  [[nodiscard]] std::size_t count() const;  // of its elements; 0: it is no list
  [[nodiscard]] Value element(std::size_t index);
  [[nodiscard]] Value reference(const Place& call);
  [[nodiscard]] Value attribute(const Place& call);
  [[nodiscard]] Value substitute(const Place& call);
  [[nodiscard]] Value join(const Place& call);
  [[nodiscard]] Value select(const Place& call);
  [[nodiscard]] Value split(const Place& call);
  [[nodiscard]] Value carve(const Place& call);
  [[nodiscard]] Value find_in_map(const Place& call);
  [[nodiscard]] Value choose(const Place& call);

  Evaluator& evaluator_;
  const document::Node& argument_;
  bool tagged_;
  Place place_;
};

/// Decides conditions (template reference, "Condition functions").
class Conditions {
 public:
  explicit Conditions(Evaluator& evaluator) : evaluator_(evaluator) {}
  [[nodiscard]] Truth decide(const document::Node& node, int depth);

 private:
  [[nodiscard]] Truth call(std::string_view function, const document::Node& argument, int depth);
  [[nodiscard]] Truth equal(const document::Node& argument);
  [[nodiscard]] Truth combine(const document::Node& argument, Truth decisive, int depth);

  Evaluator& evaluator_;
};

/// The blocks that `Fn::Cidr` makes of a block.
[[nodiscard]] Value parts_of(const Value& block, std::int64_t count, std::int64_t host_bits, const Place& place);

}  // namespace crenel::aws::reading
