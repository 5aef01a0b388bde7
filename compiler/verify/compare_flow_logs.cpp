#include <fmt/format.h>

#include <algorithm>

#include "compiler/verify/compare_data.h"
#include "compiler/verify/compare_names.h"

namespace crenel::verify {
namespace {

class FlowLogComparer {
 public:
  FlowLogComparer(const model::Design& design, const estate::Estate& estate, const DataNames& names)
      : design_(design), estate_(estate), names_(names) {}

  std::vector<Difference> run() {
    for (const model::Network& network : design_.networks) compare(network);
    return std::move(out_);
  }

 private:
  using Kind = Difference::Kind;

  void compare(const model::Network& network) {
    const std::string name = model::to_string(network.origin.path);
    const auto& all = estate_.flow_logs;
    const auto is_of_it = [&](const estate::FlowLog& log) { return log.network == pascal_case(network.origin.path); };
    const auto found = std::find_if(all.begin(), all.end(), is_of_it);
    if (!network.flow_logs) {
      if (found != all.end()) about(Kind::Weaker, name, "has flow logs; the design says that it has none", *found);
      return;
    }
    // A network that is not there at all is told as that.
    if (!is_made(network)) return;
    if (found == all.end()) return about(Kind::Weaker, name, "has no flow log: nobody sees what it sends", {});
    // Of several, one that is as it should be is enough.
    const auto good = std::find_if(found, all.end(), [&](const estate::FlowLog& log) {
      return is_of_it(log) && log.weaknesses.empty() && is_kept_right(network, log);
    });
    if (good != all.end()) return;
    for (const estate::Weakness& weak : found->weaknesses) {
      if (weak.sure) {
        about(Kind::Weaker, name, weak.what, *found);
      } else {
        about(Kind::Undecided, name, fmt::format("it is not known whether `{}` {}", name, weak.what), *found);
      }
    }
    if (!is_kept_right(network, *found) && found->weaknesses.empty()) {
      about(Kind::Weaker, name,
            fmt::format("has its flow logs in {}; the design says {}",
                        found->to ? "`" + names_.text(*found->to) + "`" : "a place of their own",
                        network.flow_log_store
                            ? "`" + model::to_string(design_.stores[*network.flow_log_store].origin.path) + "`"
                            : "that they are kept by themselves"),
            *found);
    }
  }

  [[nodiscard]] bool is_made(const model::Network& network) const {
    const std::string stem = pascal_case(network.origin.path);
    return std::any_of(estate_.networks.begin(), estate_.networks.end(),
                       [&](const estate::Network& made) { return made.name.starts_with(stem); });
  }

  [[nodiscard]] bool is_kept_right(const model::Network& network, const estate::FlowLog& log) const {
    if (!network.flow_log_store) return !log.to;
    return log.to && names_.service(*log.to) == model::Endpoint(*network.flow_log_store);
  }

  void about(Kind kind, const std::string& name, std::string why, const estate::FlowLog& log) {
    Difference made;
    made.kind = kind;
    made.data = true;
    made.from = name;
    made.why = std::move(why);
    made.place = log.place;
    out_.push_back(std::move(made));
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const DataNames& names_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> compare_flow_logs(const model::Design& design, const estate::Estate& estate,
                                          const DataNames& names) {
  return FlowLogComparer(design, estate, names).run();
}

}  // namespace crenel::verify
