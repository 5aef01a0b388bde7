#include "tests/agreement/random_data.h"

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "tests/agreement/aws_data.h"
#include "tests/agreement/azure_data.h"
#include "tests/agreement/data_question.h"
#include "tests/agreement/engine_data.h"
#include "tests/agreement/random_documents.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

constexpr std::size_t kMostReported = 12;

/// A key and the secret that it encrypts are one vault to the compiler.
DataAnswer of_all(const DataInterpreter& cloud, DataQuestion question, const DataThing& thing) {
  DataAnswer out;
  for (const DataThing& each : cloud.things) {
    const auto taken = cloud.actions(each);
    const bool same = each.kind == thing.kind && each.stem == thing.stem;
    if (!same || std::find(taken.begin(), taken.end(), question.action) == taken.end()) continue;
    question.thing = each.name;
    const DataAnswer one = cloud.answer(question);
    out.admitted = std::max(out.admitted, one.admitted);
    out.works = std::max(out.works, one.works);
  }
  return out;
}

/// Asked of Azure itself, by no way of the service's own.
bool is_of_control(const std::string& action) {
  constexpr std::array<std::string_view, 4> kAll = {"administer", "invoke", "launch", "terminate"};
  return std::find(kAll.begin(), kAll.end(), action) != kAll.end();
}

bool is_asked(std::string_view provider, const DataQuestion& question) {
  if (question.way.plain || question.action == "mark otherwise") return false;
  return provider == "aws" || question.way.kind == DataWay::Kind::Internet || !is_of_control(question.action);
}

/// Members of a group are no service to the compiler on Azure, and what a function keeps its state in is a part of it.
bool is_thing(std::string_view provider, const DataThing& thing) {
  return provider == "aws" ? !thing.elsewhere : thing.kind != "group" && thing.kind != "host";
}

/// Empty where the two agree, or one of them does not say.
std::string disagreement(std::string_view provider, const DataAnswer& is, Says said, const std::string& action) {
  if (is.admitted == Says::Unknown || said == Says::Unknown) return "";
  if (is.admitted != said) return is.admitted == Says::Yes ? "admitted and not told" : "told and not admitted";
  // the actions on data of Azure that are told without a doubt are whole ones
  const bool whole = provider == "azure" && !is_of_control(action);
  return whole && said == Says::Yes && is.works == Says::No ? "told and admitted in part" : "";
}

class Run {
 public:
  Run(std::string_view provider, std::uint64_t seed)
      : provider_(provider),
        seed_(seed),
        backend_(provider == "aws" ? aws::backend() : azure::backend()),
        next_(provider == "aws" ? random_aws_documents(seed) : random_azure_documents(seed)) {}

  DataOutcome run(std::uint64_t templates) {
    for (; outcome_.templates < templates; ++outcome_.templates) one(next_());
    return outcome_;
  }

 private:
  void one(const json& document) {
    const EngineData engine(backend_, document);
    if (!engine.unread().empty()) report("not read, " + engine.unread() + ",");
    const DataInterpreter cloud = provider_ == "aws" ? aws_data(document, {}) : azure_data(document, {});
    for (const DataThing& thing : cloud.things) {
      if (!is_thing(provider_, thing)) continue;
      for (const std::string& action : cloud.actions(thing)) {
        for (const DataAsker& asker : cloud.askers) {
          for (const DataWay& way : cloud.ways) {
            ask(engine, cloud, thing, {.who = asker, .action = action, .thing = thing.name, .way = way});
          }
        }
      }
    }
  }

  void ask(const EngineData& engine, const DataInterpreter& cloud, const DataThing& thing,
           const DataQuestion& question) {
    if (!is_asked(provider_, question)) return;
    ++outcome_.questions;
    const DataAnswer is = of_all(cloud, question, thing);
    const Says said = engine.unread().empty() ? engine.says(question, thing) : Says::Unknown;
    outcome_.admitted += is.admitted == Says::Yes ? 1 : 0;
    outcome_.undecided += is.admitted == Says::Unknown || said == Says::Unknown ? 1 : 0;
    const std::string fault = disagreement(provider_, is, said, question.action);
    if (fault.empty()) return;
    ++outcome_.disagreements;
    report(fault + ": " + show(question));
  }

  void report(const std::string& what) {
    if (outcome_.examples.size() >= kMostReported) return;
    outcome_.examples.push_back(what + " in template " + std::to_string(outcome_.templates) + " of seed " +
                                std::to_string(seed_) + "\n");
  }

  std::string_view provider_;
  std::uint64_t seed_;
  backend::Backend backend_;
  std::function<json()> next_;
  DataOutcome outcome_;
};

}  // namespace

DataOutcome agree_on_data_at_random(std::string_view provider, std::uint64_t templates, std::uint64_t seed) {
  return Run(provider, seed).run(templates);
}

}  // namespace crenel::agreement
