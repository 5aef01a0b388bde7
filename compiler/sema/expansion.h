#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/sema/elaboration.h"
#include "compiler/sema/program.h"
#include "compiler/sema/sema.h"
#include "compiler/sema/types.h"

/// What `elaborate` works on while a target takes shape. Things that are switched off take part to the end, so that
/// what refers to them is checked whatever their condition is; `finish` leaves them out.
namespace crenel::sema {

struct Instance;
struct Scope;

/// The conditions under which something is there, each as canonical text over the target's own parameters. All hold.
using Conditions = std::vector<std::string>;

struct ParameterState {
  enum class Progress { Waiting, Evaluating, Done, Failed, Unbound };
  const syntax::Parameter* declaration = nullptr;
  Type type;
  const syntax::Expr* argument = nullptr;  ///< null: nobody gives one
  const Scope* argument_scope = nullptr;
  Conditions argument_conditions;  ///< of the `use` that gives it
  bool by_default = false;         ///< `argument` is the declaration's default
  bool free = false;  ///< of the target itself: whatever this build binds it to, it could be something else
  Progress progress = Progress::Waiting;
  Value value;
  model::Path path;
  bool mentioned = false;
  std::vector<int> order;  ///< sorts parameters as they stand in the source
};

struct LetState {
  const syntax::Let* declaration = nullptr;
};

/// The `g` of `every group g where …`; without an id where no one member is meant.
struct Variable {
  Kind kind = Kind::Group;
  DeclaredId id;
};

struct Symbol {
  std::variant<ParameterState*, LetState*, DeclaredId, Instance*, Variable> target;
  base::Span span;
  bool is_private = false;
  Conditions conditions;
};

/// Names of a pattern, a stack or a `where`; then those of the outer scope; then those of the module.
struct Scope {
  ModuleId module;
  const Scope* outer = nullptr;
  const Instance* instance = nullptr;
  std::map<std::string, Symbol, std::less<>> names;
};

/// Where an expression or a path stands.
struct Context {
  const Scope* scope = nullptr;
  Conditions conditions;
  bool live = true;
  std::string statement;  ///< "`zones` of network `main`": for what needs a value
};

struct StatementState {
  Conditions conditions;
  bool live = true;
  DeclaredId row;                   ///< of a declaration
  std::vector<DeclaredId> subnets;  ///< of a network, in source order
  Instance* used = nullptr;         ///< of a `use`
};

/// A pattern in use, or the stack or pattern that is the target.
struct Instance {
  enum class Progress { Waiting, Declaring, Done };
  DefinitionId definition;
  const Instance* outer = nullptr;
  const std::vector<syntax::Statement>* statements = nullptr;
  const syntax::Use* use = nullptr;  ///< null for the target itself
  model::Path path;
  std::vector<int> order;
  Conditions conditions;
  bool live = true;
  Progress progress = Progress::Waiting;
  bool broken = false;  ///< its pattern is unknown: what it has for members is anybody's guess
  Scope scope;
  std::deque<ParameterState> parameters;
  std::deque<LetState> lets;
  std::vector<StatementState> states;  ///< one per statement
};

struct Member {
  DeclaredId id;
  base::Span span;
};

/// A declared thing, there or not.
struct Row {
  Declared declared;
  bool live = true;
  Conditions conditions;
  std::vector<int> order;                              ///< sorts rows as they stand in the source
  std::map<std::string, Member, std::less<>> members;  ///< the subnets of a network
  Context context;                                     ///< for its attributes
  bool for_rules = false;  ///< stands for a flow, a waiver, the stack or an environment: only rules speak of it
  std::size_t index = 0;   ///< of such a flow or waiver
};

struct Expansion {
  Expansion(World& the_world, const Program& the_program, diagnostics::Diagnostics& found,
            const std::vector<Binding>& the_bindings)
      : world(the_world), program(the_program), diagnostics(found), bindings(the_bindings) {}

  World& world;
  const Program& program;
  diagnostics::Diagnostics& diagnostics;
  const std::vector<Binding>& bindings;
  std::map<std::string, syntax::ExprPtr> bound = {};  ///< parsed `--set`, by parameter
  std::vector<std::string> providers = {};            ///< of the target
  std::deque<Instance> instances = {};
  std::deque<Scope> scopes = {};  ///< of `where` and of modules
  std::map<ModuleId, const Scope*> module_scopes = {};
  base::Table<DeclaredId, Row> rows = {};
  base::Table<model::ParameterId, model::Parameter> parameters = {};
  std::vector<std::vector<int>> parameter_order = {};   ///< parallel to `parameters`
  std::map<DefinitionId, DeclaredId> module_rows = {};  ///< sites and agents of modules that somebody refers to
  std::map<DefinitionId, std::optional<net::Traffic>> services = {};  ///< found so far
  std::vector<std::pair<bool, FlowLine>> flows = {};                  ///< with whether it is there
  std::vector<std::pair<bool, ClaimLine>> claims = {};
  std::optional<model::Environment> environment = {};
  std::optional<DefinitionId> environment_definition = {};  ///< of the target
  std::optional<DefinitionId> stack_definition = {};        ///< of the target
  std::map<std::string, Value> stack_attributes = {};
  std::set<Kind> rows_for_rules = {};    ///< the kinds whose rows have been made
  model::Policies policies = {};         ///< in force for the target
  std::vector<std::string> stages = {};  ///< of the program's environments
  std::vector<std::pair<const void*, std::string>> evaluating =
      {};  ///< values in the middle of being found, outermost first
  std::vector<model::Override> overrides = {};
  std::vector<model::Verbatim> verbatims = {};
};

// ---- names (scope.cpp) ---------------------------------------------------------------------------------------------
struct Builtin {
  std::string name;
};
struct Unknown {};
/// A property of a variable's thing: `g.immutable`.
struct FactOf {
  Variable variable;
  syntax::Name name;
  std::vector<syntax::Name> rest;
};
using Meaning = std::variant<Unknown, Builtin, ParameterState*, LetState*, DeclaredId, Instance*, DefinitionId, FactOf>;

struct Resolved {
  Meaning meaning;
  base::Span declared;           ///< invalid for a built-in
  const Scope* scope = nullptr;  ///< in which it was found
  Conditions conditions = {};    ///< under which it is there
};

/// What a path stands for. `Unknown` (nobody declares its first name) is left to the caller to report; every other
/// fault is reported here, and the answer is nothing. The reference itself is checked against conditions (`when`).
[[nodiscard]] std::optional<Resolved> resolve(Expansion& x, const Context& context, const syntax::Path& path);
/// "a group", "a parameter"; for messages.
[[nodiscard]] std::string what_is(const Expansion& x, const Meaning& meaning);
void report_unknown(Expansion& x, const Context& context, const syntax::Name& name, const std::string& expected);
void report_wrong_kind(Expansion& x, const syntax::Path& path, const Resolved& resolved, const std::string& expected);
[[nodiscard]] std::string text_of(const syntax::Path& path);
/// Enters a name into an instance's scope; reports one that is built in, declared twice, or hides an outer one.
void enter(Expansion& x, Instance& instance, const syntax::Name& name, Symbol symbol);
/// The declared thing of one of these kinds that the path names.
[[nodiscard]] std::optional<DeclaredId> entity_at(Expansion& x, const Context& context, const syntax::Path& path,
                                                  const std::vector<Kind>& kinds);
/// The scope of a module's own items.
[[nodiscard]] const Scope* module_scope(Expansion& x, ModuleId module);

// ---- conditions (conditions.cpp) -----------------------------------------------------------------------------------
/// Evaluates a `when` and adds what it says to the context. Null: nothing to add.
void add_condition(Expansion& x, Context& context, const syntax::Expr* when);
/// The conjuncts of a condition as canonical text; what no binding of the target can change is left out when it holds.
[[nodiscard]] Conditions conditions_of(Expansion& x, const Context& context, const syntax::Expr& expr, bool negated);
[[nodiscard]] bool implied(const Conditions& wanted, const Conditions& given);

// ---- values (evaluate.cpp, operators.cpp, coerce.cpp, literals.cpp) ------------------------------------------------
/// -1, 0 or 1, where two values have an order.
[[nodiscard]] std::optional<int> order_of(const Value& a, const Value& b);
/// The value of an expression as a value of the type. Nothing after an error, which has been reported.
[[nodiscard]] std::optional<Value> evaluate(Expansion& x, const Context& context, const syntax::Expr& expr,
                                            const Type& type);
/// The value as it is; the type tells which words are known and which name is expected.
[[nodiscard]] std::optional<Value> raw_value(Expansion& x, const Context& context, const syntax::Expr& expr,
                                             const Type& hint);
[[nodiscard]] std::optional<Value> operator_value(Expansion& x, const Context& context, const syntax::Expr& expr);
/// `origin`: where the name that was written for the value is declared, if it was a name.
[[nodiscard]] std::optional<Value> coerce(Expansion& x, Value value, const Type& type, base::Span origin);
[[nodiscard]] std::optional<Value> literal(const syntax::Expr& expr, diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::optional<net::Traffic> service_literal(const syntax::ServiceLiteral& written, base::Span span,
                                                          diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::optional<net::Prefix> prefix_literal(const std::string& text, base::Span span,
                                                        diagnostics::Diagnostics& diagnostics);
[[nodiscard]] std::optional<net::Address> address_literal(const std::string& text, base::Span span,
                                                          diagnostics::Diagnostics& diagnostics);
/// The type that a name gives to what is compared with it.
[[nodiscard]] Type hint_of(Expansion& x, const Context& context, const syntax::Expr& expr);

// ---- actions (actions.cpp) -----------------------------------------------------------------------------------------
[[nodiscard]] std::optional<net::Traffic> service_of(Expansion& x, DefinitionId service);
[[nodiscard]] std::optional<Actions> actions_of(Expansion& x, const Context& context,
                                                const std::vector<syntax::Action>& written, base::Span span);
[[nodiscard]] std::optional<net::Traffic> one_port(Expansion& x, const Context& context, const syntax::Action& action);

// ---- endpoints (endpoints.cpp) -------------------------------------------------------------------------------------
[[nodiscard]] std::optional<Side> side_of(Expansion& x, const Context& context, const syntax::Endpoints& written,
                                          bool claim);
[[nodiscard]] std::optional<std::vector<HopRef>> hops_of(Expansion& x, const Context& context,
                                                         const std::vector<syntax::Path>& written);

// ---- facts (facts.cpp) ---------------------------------------------------------------------------------------------
[[nodiscard]] std::optional<Value> fact_value(Expansion& x, const FactOf& fact);
/// Every member of a kind that is there and fits the `where`, in source order.
[[nodiscard]] std::optional<std::vector<DeclaredId>> members_of(Expansion& x, const Context& context,
                                                                const syntax::EveryExpr& every);

// ---- parameters (parameters.cpp) -----------------------------------------------------------------------------------
[[nodiscard]] std::optional<Type> type_of(Expansion& x, const Context& context, const syntax::Type& written);
/// Enters a pattern's parameters into the instance, with what binds them.
void bind_parameters(Expansion& x, Instance& instance, const syntax::Pattern& pattern, const Context& use_context,
                     const std::vector<syntax::Argument>& arguments);
/// The parameter's value; reports when it has none and the context needs one.
[[nodiscard]] std::optional<Value> value_of(Expansion& x, const Context& context, ParameterState& parameter,
                                            base::Span use);
/// Evaluates what nobody asked for, so that its errors are seen, and warns about what nobody mentions.
void settle_parameters(Expansion& x, Instance& instance);

// ---- declarations (declare.cpp, attributes.cpp, structure.cpp) -----------------------------------------------------
/// Declares the instance's names and rows, and those of every pattern that it uses.
void declare(Expansion& x, Instance& instance);
/// Evaluates the attributes of the instance's rows, in source order.
void evaluate_attributes(Expansion& x, Instance& instance);
/// Reports sites that are `inside` each other in a circle.
void check_sites(Expansion& x);
/// Resolves the instance's flows, in source order.
void resolve_flows(Expansion& x, Instance& instance);
/// Resolves its claims and requirements, once all flows of the target are known.
void resolve_assertions(Expansion& x, Instance& instance);
/// Checks and evaluates a body against the schema of `keyword`. `subject` is "network `main`".
void read_body(Expansion& x, const Context& context, const syntax::Body& body, std::string_view keyword,
               const std::string& subject, base::Span name, std::map<std::string, Value>& attributes,
               model::ProviderSettings& settings);
/// The properties alone, where there are no provider blocks.
void read_properties(Expansion& x, const Context& context, const std::vector<syntax::Property>& properties,
                     std::string_view keyword, const std::string& subject, base::Span name,
                     std::map<std::string, Value>& attributes);
/// The row of a site or agent that stands at a module's top level.
[[nodiscard]] DeclaredId module_row(Expansion& x, DefinitionId definition);
/// Evaluates the attributes of such a row.
void read_module_row(Expansion& x, DefinitionId definition, DeclaredId row);

// ---- the rest ------------------------------------------------------------------------------------------------------
/// What stands in a provider's own words (raw.cpp).
void read_override(Expansion& x, const Context& context, const std::string& provider, const syntax::Override& line);
void read_verbatim(Expansion& x, const Context& context, const syntax::Verbatim& node, base::Span span);

/// Adds what is not said yet: a pattern that is in several targets has its faults once.
void append_new(diagnostics::Diagnostics& all, const diagnostics::Diagnostics& found);
/// The environment's properties as the model has them.
[[nodiscard]] std::optional<model::Environment> read_environment(Expansion& x, DefinitionId environment);
/// Parses `--set`; enters what the target knows.
void read_bindings(Expansion& x);
/// Resolves what is asked of the target in the target's own scope, as its last claim.
void resolve_question(Expansion& x);
/// Leaves out what is switched off or unused, and numbers the rest in source order.
[[nodiscard]] Elaboration finish(Expansion& x);
[[nodiscard]] std::string normalised(const Expansion& x, const FlowLine& flow, const syntax::Flow& written);
[[nodiscard]] std::string normalised(const Expansion& x, const ClaimLine& claim, const syntax::Claim& written);

}  // namespace crenel::sema
