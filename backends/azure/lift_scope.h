#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/lift_expression.h"
#include "backends/azure/lift_value.h"
#include "backends/document/reader.h"

/// Evaluates template expressions as far as can be before a deployment.
namespace crenel::azure::lifting {

/// learn.microsoft.com, "Best practices for ARM templates": limits.
inline constexpr std::int64_t kMostCopies = 800;

/// The most parts that a value may consist of.
inline constexpr std::size_t kHeaviestValue = 200'000;

/// How much work the expressions of one template may be; a template that needs more is not evaluated to its end.
struct Budget {
  std::size_t left = 3'000'000;
  /// False when there is not so much left.
  bool spend(std::size_t steps) {
    if (left < steps) left = 0;
    if (left == 0) return false;
    left -= steps;
    return true;
  }
};

/// A `copy` whose body is being evaluated.
struct Loop {
  std::string name;
  std::optional<std::int64_t> index;  ///< none: how often it runs is not known; the body stands for all rounds
};

/// What the expressions of a template, or of one nested in it, can refer to.
struct Scope {
  const document::Node* root = nullptr;  ///< the template
  std::map<std::string, Value> given;    ///< a nested template's parameters, by lower-case name
  bool nested = false;                   ///< a parameter that is not given has its default value
  std::string label;                     ///< of a nested deployment: "FlowLogs/"
  std::string deployment = "{deployment().name}";
  int depth = 0;  ///< how many templates it is nested in
  std::string subscription = "{subscription().subscriptionId}";
  std::string group = "{resourceGroup().name}";
};

class Evaluator {
 public:
  Evaluator(const Scope& scope, Budget& budget) : scope_(scope), budget_(budget) {}

  /// A part of the template, with its expressions evaluated and its copies made.
  [[nodiscard]] Value evaluate(const document::Node& node);
  [[nodiscard]] Value evaluate(const Expression& expression);

  [[nodiscard]] Value parameter(const std::string& name);
  [[nodiscard]] Value variable(const std::string& name);
  /// What a deployment of the template gives back: an object of `{"value": …}`. Nothing where that is not known.
  [[nodiscard]] std::optional<Value> outputs_of(const std::string& deployment);
  [[nodiscard]] Value copy_index(const std::string& loop) const;  ///< of the innermost when `loop` is empty
  [[nodiscard]] const Scope& scope() const { return scope_; }

  void enter(Loop loop) { loops_.push_back(std::move(loop)); }
  void leave() { loops_.pop_back(); }
  [[nodiscard]] const std::vector<Loop>& loops() const { return loops_; }
  void stand_in(std::vector<Loop> loops) { loops_ = std::move(loops); }
  [[nodiscard]] Budget& budget() { return budget_; }

 private:
  Value evaluate_text(std::string_view text);
  Value evaluate_mapping(const document::Node& node);
  void add_copies(const document::Node& copies, Fields& to);
  Value call(const Call& call);
  Value member(const Member& member);
  Value element(const Element& element);

  const Scope& scope_;
  Budget& budget_;
  std::vector<Loop> loops_;
  std::map<std::string, Value> variables_;  // by lower-case name
  std::map<std::string, Value> outputs_;    // of deployments, by lower-case name
  std::set<std::string> in_progress_;       // variables, default values and outputs that wait for their own value
};

/// The definition of a parameter or variable in the template's section; names are compared without their case.
[[nodiscard]] const document::Entry* find_entry(const document::Node* section, std::string_view name);
[[nodiscard]] const document::Node* find_member(const document::Node& node, std::string_view name);

// ---- functions

struct Invocation {
  Evaluator& evaluator;
  std::string_view name;
  const List& arguments;

  [[nodiscard]] std::size_t size() const { return arguments.size(); }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return arguments[i]; }
  /// The call as a value that only a deployment knows.
  [[nodiscard]] Value open() const;
  [[nodiscard]] Value wrong(std::string_view why) const;
  [[nodiscard]] bool any_open() const;
};

struct Function {
  std::string_view name;
  std::size_t least = 0;  ///< arguments
  std::size_t most = 0;
  Value (*evaluate)(const Invocation&) = nullptr;
};

/// By name, without its case; nullptr: not one of those that are evaluated here.
[[nodiscard]] const Function* find_function(std::string_view name);

inline constexpr std::size_t kAnyNumber = SIZE_MAX;
/// The tables that `find_function` looks in, one a file.
[[nodiscard]] const std::vector<Function>& logic_functions();
[[nodiscard]] const std::vector<Function>& text_functions();
[[nodiscard]] const std::vector<Function>& list_functions();
[[nodiscard]] const std::vector<Function>& number_functions();
[[nodiscard]] const std::vector<Function>& address_functions();
[[nodiscard]] const std::vector<Function>& resource_functions();

}  // namespace crenel::azure::lifting
