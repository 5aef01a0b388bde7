#pragma once

#include <string>
#include <vector>

#include "compiler/model/design.h"
#include "tests/agreement/data_question.h"
#include "tests/agreement/declared.h"

/// What a design declares of data, question by question: the plain reading of its data flows that templates of either
/// provider are held against.
namespace crenel::agreement {

/// As `assignments`, with a value of its own for every parameter that is no address: which of two is meant is told by
/// it.
[[nodiscard]] std::vector<Assignment> data_assignments(const model::Design& design);

class DeclaredData {
 public:
  /// All of them outlive it. Things, programs and paths of the interpreter are known by their stems.
  DeclaredData(const model::Design& design, const Assignment& assignment, const DataInterpreter& cloud);

  /// Whether a data flow, or what comes with a guard or an agent, declares it.
  [[nodiscard]] bool admits(const DataQuestion& question) const;
  /// Every action of every data flow, for each of those who should do it and each thing that it is done with: one of
  /// the questions of a line is to work. A line without questions is of what the template does not have: its text says
  /// so.
  struct Needed {
    std::string text;
    std::vector<DataQuestion> any;
  };
  [[nodiscard]] std::vector<Needed> needed() const;

 private:
  [[nodiscard]] std::string text(const model::Late<std::string>& late) const;
  [[nodiscard]] bool is(const DataThing& thing, const model::Endpoint& endpoint) const;
  [[nodiscard]] bool is(const DataAsker& asker, const model::Endpoint& from) const;
  [[nodiscard]] bool comes(const DataWay& way, const model::DataFlow& flow) const;
  [[nodiscard]] bool holds(model::SiteId site, Ip address) const;
  [[nodiscard]] static bool is_of(const DataAsker& asker, const model::Guard& guard);
  [[nodiscard]] bool by_guard(const DataQuestion& question, const DataThing& thing) const;
  [[nodiscard]] bool by_logs(const DataQuestion& question, const DataThing& thing) const;
  [[nodiscard]] bool by_agent(const DataQuestion& question, const DataThing& thing) const;

  const model::Design& design_;
  const Assignment& assignment_;
  const DataInterpreter& cloud_;
};

/// The first question that the template answers otherwise than the design: "WIDER …", "NARROWER …"; else empty. Throws
/// where the interpreter does not say.
[[nodiscard]] std::string first_difference(const DeclaredData& declared, const DataInterpreter& cloud);

}  // namespace crenel::agreement
