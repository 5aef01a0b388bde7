#pragma once

#include <map>
#include <utility>
#include <vector>

#include "compiler/reach/relation.h"
#include "compiler/reach/set_pool.h"

namespace crenel::reach {

/// Puts pairs together that admit the same.
class RowCollector {
 public:
  RowCollector(const SetPool& sets, const Packets& packets) : sets_(sets), packets_(packets) {}

  /// The far ends of one end, by what is admitted between.
  class Fan {
   public:
    void add(Between admitted, EndRange ends);
    void clear() { parts_.clear(); }

   private:
    friend class RowCollector;
    struct Part {
      Between admitted;
      EndRange ends;
    };
    std::vector<Part> parts_;
  };

  /// All that one end can open.
  void add_from(EndId from, Fan& fan) { add(from, fan, true); }
  /// All that can be opened with one end.
  void add_to(EndId to, Fan& fan) { add(to, fan, false); }

  Rows take();

 private:
  void add(EndId near, Fan& fan, bool outward);
  void add_row(EndId near, std::size_t admitted, bool outward);
  void grow();
  [[nodiscard]] std::size_t number(Between admitted);

  const SetPool& sets_;
  const Packets& packets_;
  Rows out_;
  std::vector<bool> outward_;          ///< by row: `from` is what was collected
  std::vector<std::uint64_t> hashes_;  ///< by row
  std::vector<EndRange> far_;          ///< of the row under way
  FlatMap numbers_;
  std::vector<std::uint32_t> by_hash_ = std::vector<std::uint32_t>(64);  ///< of rows + 1; 0: free
};

}  // namespace crenel::reach
