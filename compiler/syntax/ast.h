#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/syntax/ast_values.h"

/// The syntax tree: plain structs in the shape of the grammar, without any meaning attached. Every node knows its span.
/// A tree is produced whole or, where a syntax error stood, without the statement that had it: no node is half there.
namespace crenel::syntax {

// ---- flows and claims ----------------------------------------------------------------------------------------------
/// A path, an address or a block written out, or `every KIND x where …`.
struct EndpointTerm {
  std::variant<Path, AddressLiteral, CidrLiteral, EveryExpr> node;
  Span span;
};

struct Endpoints {
  std::vector<EndpointTerm> terms;
  std::vector<EndpointTerm> except;
  Span span;
};

/// What a flow or claim is about: a name (service, data action, `any`) or a service written out.
struct Action {
  std::variant<Path, ServiceLiteral> node;
  Span span;
};

struct Flow {
  bool deny = false;
  Endpoints from;
  Endpoints to;
  std::vector<Action> actions;
  std::vector<Path> via;
  std::optional<Text> because;
  ExprPtr when;
};

enum class ClaimKind { Never, Only, Always };

struct Claim {
  ClaimKind kind = ClaimKind::Never;
  Endpoints from;
  bool transitive = false;  ///< `~>`; only on `never`
  Endpoints to;
  std::vector<Action> actions;  ///< empty: any
  std::vector<Path> via;        ///< `always … via`, `never … except via`
  ExprPtr when;
};

/// Asked on the command line: may one side open conversations with the other.
struct Question {
  Endpoints from;
  Endpoints to;
  std::vector<Action> actions;  ///< empty: any
  Span span;
};

struct Binder {
  Name kind;
  Name variable;
};

struct Require {
  std::vector<Binder> binders;
  ExprPtr where;
  ExprPtr condition;
};

using Assertion = std::variant<Claim, Require>;

// ---- structure -----------------------------------------------------------------------------------------------------
/// `name = value` or `name = value by driver(argument)`.
struct Property {
  Name name;
  ExprPtr value;
  std::optional<Name> by;
  ExprPtr by_argument;
  Span span;
};

struct Override {
  Text logical_id;
  std::vector<std::pair<Text, ExprPtr>> values;
  Span span;
};

/// `on aws { … }`.
struct ProviderBlock {
  Name provider;
  std::vector<Property> properties;
  std::vector<Override> overrides;
  Span span;
};

struct Body {
  std::vector<Property> properties;
  std::vector<ProviderBlock> providers;
};

struct Subnet {
  Name name;
  Name kind;  ///< public, private or isolated
  Body body;
  ExprPtr when;
  std::string doc;
  Span span;
};

struct Forward {
  Action listen;
  Path target;
  Action to;
  ExprPtr check;
  Span span;
};

struct Trigger {
  Name event;
  Path source;
  Span span;
};

struct Network {
  Name name;
  Body body;
  std::vector<Subnet> subnets;
};
struct Site {
  Name name;
  Body body;
};
struct Group {
  Name name;
  Path tier;
  Body body;
};
struct Balancer {
  Name name;
  Path tier;
  Body body;
  std::vector<Forward> forwards;
};
struct Appliance {
  Name name;
  Path tier;
  Body body;
};
struct Function {
  Name name;
  std::optional<Path> tier;
  Body body;
  std::vector<Trigger> triggers;
};
/// store, queue, topic, table, vault: `keyword` says which.
struct Data {
  Name keyword;
  Name name;
  Body body;
};
struct Database {
  Name name;
  Path tier;
  Body body;
};
struct EndpointDecl {
  Name name;
  Path tier;
  std::vector<Path> targets;
};
struct Link {
  Path network;
  Path site;
  Name by;
  Body body;
};
struct Peer {
  Path first;
  Path second;
  Body body;
};
struct Agent {
  Name name;
  Body body;
};
struct Guard {
  Name name;
  Body body;
};
struct Existing {
  Name kind;
  Name name;
  ExprPtr id;
  Body body;
};
struct Verbatim {
  Name provider;
  Text logical_id;
  ExprPtr value;
};
struct Use {
  Path pattern;
  std::vector<Argument> arguments;
  Name alias;
};
struct Let {
  Name name;
  ExprPtr value;
};
struct UnderItem {
  std::vector<Path> policies;
};

/// `flow A -> B : S`, or a kind and a path.
struct WaivedFlow {
  Endpoints from;
  Endpoints to;
  std::vector<Action> actions;
};
struct WaivedThing {
  Name kind;
  Path path;
};
struct Waiver {
  Path rule;
  std::variant<WaivedFlow, WaivedThing> covers;
  std::vector<Text> because, owner, ticket;  ///< each should stand once; how often is for the checker
  std::vector<std::pair<std::string, Span>> until;
};

/// Anything that stands inside a pattern or a stack.
struct Statement {
  using Node = std::variant<Network, Site, Group, Balancer, Appliance, Function, Data, Database, EndpointDecl, Link,
                            Peer, Agent, Guard, Existing, Verbatim, Use, Let, Flow, Claim, Require, Waiver>;
  Node node;
  bool is_private = false;
  std::optional<Text> because;  ///< of a structure; a flow has its own
  ExprPtr when;                 ///< of a structure, `use` or `require`; a flow and a claim have their own
  std::string doc;              ///< the `///` lines above, without the slashes, lines kept
  Span span;
};

// ---- the items of a file
// ---------------------------------------------------------------------------------------------
struct Import {
  std::string module;    ///< "std/services", or the text of the string
  bool is_path = false;  ///< written as a string: relative to the importing file
  Span module_span;
  std::vector<Name> names;
};

struct Type;
using TypePtr = std::unique_ptr<Type>;
struct OneOf {
  std::vector<Name> words;
};
struct ListOf {
  TypePtr element;
};
struct NamedType {
  Name name;
  ExprPtr argument;
  ExprPtr within;
};  ///< `cidr(/16../20) within X`; both may be null
struct Type {
  std::variant<OneOf, ListOf, NamedType> node;
  Span span;
};

struct Parameter {
  Name name;
  Type type;
  ExprPtr default_value;
  std::string doc;
  Span span;
};

struct Service {
  Name name;
  std::vector<Action> actions;
};
struct Addresses {
  Name name;
  ExprPtr value;
};
struct Label {
  std::vector<Name> names;
};

struct Pattern {
  Name name;
  std::vector<Parameter> parameters;
  std::vector<Name> providers;  ///< `for aws`; empty: all
  std::vector<Statement> statements;
};

struct Rule {
  Name name;
  Name severity;
  std::vector<Text> controls, because, fixes;
  std::vector<Assertion> assertions;
  std::string doc;
  Span span;
};
struct Policy {
  Name name;
  std::vector<Rule> rules;
  std::vector<UnderItem> under;
};

struct Environment {
  Name name;
  Body body;
  std::vector<UnderItem> under;
};

struct Stack {
  Name name;
  Name provider;
  std::vector<Path> environments;
  std::vector<Statement> statements;
  std::vector<Property> properties;
  std::vector<UnderItem> under;
};

struct Fails {
  Path code;
};
struct Test {
  Text title;
  Path pattern;
  std::vector<Argument> arguments;
  std::vector<Name> providers;
  std::optional<Path> environment;
  std::vector<Assertion> assertions;
  std::vector<UnderItem> under;
  std::vector<Fails> fails;
};

struct Handbook {
  Text title;
  std::vector<Property> properties;
};

struct Item {
  using Node = std::variant<Import, Service, Addresses, Label, Let, Site, Agent, Environment, Policy, Pattern, Stack,
                            Test, Handbook, Waiver>;
  Node node;
  std::string doc;
  Span span;
};

struct File {
  base::SourceId source;
  std::vector<Item> items;
};

}  // namespace crenel::syntax
