#pragma once

#include <vector>

#include "compiler/verify/compare.h"
#include "compiler/verify/compare_blocks.h"
#include "compiler/verify/data_names.h"

/// What may be done with services: what an estate admits against what a design declares.
namespace crenel::verify {

/// What an access comes to for those whom it lets in.
struct Request {
  std::optional<model::Endpoint> from;  ///< nothing: nobody declared
  std::string name;                     ///< "analysis"
  std::vector<model::SiteId> sites;     ///< whose identity it is, or whose addresses the account's own come from
};

/// Declared data flows beside an estate's accesses, for every value of the parameters.
class DataRelation {
 public:
  /// All of them outlive the relation.
  DataRelation(const model::Design& design, const estate::Estate& estate, const BlockFamily& family);

  [[nodiscard]] const DataNames& names() const { return names_; }
  /// Whom an access lets in.
  [[nodiscard]] std::vector<Request> requests(const estate::Access& access) const;
  /// The data flows (by their place in the design) that declare the action.
  [[nodiscard]] std::vector<std::size_t> flows(const Request& request, const estate::Access& access,
                                               estate::Action action) const;

  enum class Sure { No, Perhaps, Yes };
  struct Verdict {
    Sure sure = Sure::No;
    std::string why;                       ///< of Perhaps
    std::vector<std::size_t> by;           ///< accesses (by their place in the estate) that admit it, or may
    std::optional<estate::Place> nearest;  ///< of what admits a part of it only, or of the service
  };
  /// Whether the estate admits an action of a data flow, for every one who should do it.
  [[nodiscard]] Verdict admits(const model::DataFlow& flow, model::DataAction action) const;

  /// The ways of an access that none of the flows has, in words: " from anywhere"; and those of which it is not known.
  struct Beyond {
    std::string surely;
    std::string perhaps;
  };
  [[nodiscard]] Beyond beyond(const estate::Access& access, const std::vector<std::size_t>& flows) const;

 private:
  using Blocks = std::vector<estate::Block>;

  [[nodiscard]] std::vector<Request> named(const estate::Who& who, const estate::Access& access) const;
  /// The addresses that requests of a site come from; empty: any.
  [[nodiscard]] Blocks addresses(model::SiteId site) const;
  [[nodiscard]] Sure within(const estate::Block& block, const Blocks& blocks) const;
  [[nodiscard]] bool is_account(const estate::Access& access, model::SiteId site) const;
  [[nodiscard]] Sure comes(const estate::Access& access, const model::DataFlow& flow) const;
  void join(Verdict& into, const model::DataFlow& flow, estate::Action action,
            const std::vector<estate::ServiceId>& services, const DataNames::Actor* actor,
            const model::Late<std::string>* identity) const;

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  DataNames names_;
};

/// Every difference, in the order of the estate and of the design: accesses that nothing declares, flows that the
/// estate does not admit, services, identities and paths of one side alone, weaknesses.
[[nodiscard]] std::vector<Difference> compare_data(const model::Design& design, const estate::Estate& estate,
                                                   const BlockFamily& family);

/// Networks whose packets are not recorded as the design says: not all of them, or elsewhere.
[[nodiscard]] std::vector<Difference> compare_flow_logs(const model::Design& design, const estate::Estate& estate,
                                                        const DataNames& names);
/// How what tells of changes in the estate differs from the design's guards.
[[nodiscard]] std::vector<Difference> compare_guards(const model::Design& design, const estate::Estate& estate,
                                                     const DataNames& names);

}  // namespace crenel::verify
