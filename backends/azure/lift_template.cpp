#include "backends/azure/lift_template.h"

#include <algorithm>

#include "backends/azure/lift_nested.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"

namespace crenel::azure::lifting {
namespace {

using document::Node;

constexpr std::size_t kMostResources = 4000;  // with the nested ones

/// What a resource takes over from those that it stands in: whether it is there hangs on them too.
struct Surroundings {
  Presence presence = Presence::Sure;
  std::string condition;
  bool repeated = false;
};

Surroundings inside_of(const Resource& outer) { return {outer.presence, outer.condition, outer.repeated}; }

class Flattener {
 public:
  Flattener(Template& out, Budget& budget, const Scope& scope, Surroundings around)
      : out_(out), budget_(budget), evaluator_(scope, budget), around_(std::move(around)) {}

  void section(const Node& resources, const std::string& path, const Resource* parent);

 private:
  void resource(const Node& node, const std::string& path, const Resource* parent);
  void one(const Node& node, const std::string& path, const Resource* parent, bool repeated);
  std::optional<ResourceId> identify(const Node& node, const std::string& path, const Resource* parent);
  void nested(const Node& node, const Resource& deployment);
  Value evaluated(const Node& node, bool is_deployment);
  void unknown(std::string what, const Node& at, const std::string& path) {
    out_.unknowns.push_back({.what = std::move(what), .place = {.resource = "", .path = path, .span = at.span}});
  }

  Template& out_;
  Budget& budget_;
  Evaluator evaluator_;
  Surroundings around_;
};

void Flattener::section(const Node& resources, const std::string& path, const Resource* parent) {
  if (resources.sequence() != nullptr) {
    std::size_t i = 0;
    for (const Node& each : resources.sequence()->elements) resource(each, path + "/" + std::to_string(i++), parent);
  } else if (resources.mapping() != nullptr) {
    for (const document::Entry& each : resources.mapping()->entries) {
      resource(each.value, path + "/" + std::string(each.key), parent);
    }
  } else {
    unknown("the resources are no list that can be read", resources, path);
  }
}

void Flattener::resource(const Node& node, const std::string& path, const Resource* parent) {
  if (node.mapping() == nullptr) return unknown("a resource is no object", node, path);
  const Node* copy = find_member(node, "copy");
  if (copy == nullptr || copy->mapping() == nullptr) return one(node, path, parent, false);
  const Node* name = find_member(*copy, "name");
  const Node* count = find_member(*copy, "count");
  const std::string loop = name == nullptr ? "copy" : as_text(evaluator_.evaluate(*name)).value_or("copy");
  const auto rounds = count == nullptr ? std::nullopt : as_number(evaluator_.evaluate(*count));
  if (!rounds || *rounds < 0 || *rounds > kMostCopies) {
    evaluator_.enter({.name = loop, .index = std::nullopt});
    one(node, path, parent, true);
    return evaluator_.leave();
  }
  for (std::int64_t i = 0; i < *rounds && out_.resources.size() < kMostResources; ++i) {
    evaluator_.enter({.name = loop, .index = i});
    one(node, path, parent, false);
    evaluator_.leave();
  }
}

std::optional<ResourceId> Flattener::identify(const Node& node, const std::string& path, const Resource* parent) {
  const Node* type = find_member(node, "type");
  const Node* name = find_member(node, "name");
  if (type == nullptr || name == nullptr) {
    unknown("a resource without a type or a name", node, path);
    return std::nullopt;
  }
  const Value type_value = evaluator_.evaluate(*type);
  const auto name_text = as_text(evaluator_.evaluate(*name));
  if (type_value.text() == nullptr || !name_text) {
    unknown("a resource whose type or name cannot be read", node, path);
    return std::nullopt;
  }
  ResourceId id;
  const Scope& scope = evaluator_.scope();
  id.scope = "/subscriptions/" + scope.subscription;
  if (!scope.group.empty()) id.scope += "/resourceGroups/" + scope.group;  // else it goes to the subscription
  std::vector<std::string> names = split_outside_braces(*name_text, '/');
  const auto slashes = static_cast<std::size_t>(std::count(type_value.text()->begin(), type_value.text()->end(), '/'));
  if (parent != nullptr && type_value.text()->find('.') == std::string::npos) {
    return parent->id.child(*type_value.text(), names.back());
  }
  const Reading reading = reading_of(*type_value.text());
  if (slashes != names.size() && (reading == Reading::Irrelevant || reading == Reading::ByReference)) {
    // nothing refers to it by its name
    names.resize(slashes, "?");
  }
  if (slashes != names.size()) {
    unknown("`" + *name_text + "` has not one name for each part of its type `" + *type_value.text() + "`", node, path);
    return std::nullopt;
  }
  id.type = *type_value.text();
  id.names = std::move(names);
  return id;
}

/// Everything but the children, and of a deployment its template: that has expressions of its own.
Value Flattener::evaluated(const Node& node, bool is_deployment) {
  Fields out;
  for (const document::Entry& entry : node.mapping()->entries) {
    if (same_word(entry.key, "resources") || same_word(entry.key, "copy")) continue;
    if (is_deployment && same_word(entry.key, "properties")) continue;
    out.push_back({.name = std::string(entry.key), .value = evaluator_.evaluate(entry.value)});
  }
  return {.is = std::move(out), .span = node.span};
}

void Flattener::one(const Node& node, const std::string& path, const Resource* parent, bool repeated) {
  if (out_.resources.size() >= kMostResources) return unknown("there are too many resources", node, path);
  const std::optional<ResourceId> id = identify(node, path, parent);
  if (!id) return;
  Resource made;
  made.id = *id;
  made.place = {.resource = id->name(), .path = path, .span = node.span};
  const Surroundings around = parent != nullptr ? inside_of(*parent) : around_;
  made.presence = around.presence;
  made.condition = around.condition;
  made.repeated = repeated || around.repeated;
  if (const Node* condition = find_member(node, "condition")) {
    const Value value = evaluator_.evaluate(*condition);
    const auto truth = as_truth(value);
    if (truth && !*truth) return;
    if (!truth) {
      made.presence = Presence::Open;
      made.condition = written(value);
    }
  }
  const bool is_deployment = made.is(kDeployment.name);
  made.body = evaluated(node, is_deployment);
  if (const Value* version = made.body.find("apiVersion")) made.api_version = as_text(*version).value_or("");
  if (const Value* existing = made.body.find("existing")) made.existing = as_truth(*existing).value_or(false);
  made.order = out_.resources.size();
  out_.resources.push_back(made);
  if (is_deployment) nested(node, made);
  const Node* children = find_member(node, "resources");
  if (children != nullptr) section(*children, path + "/resources", &made);
}

void Flattener::nested(const Node& node, const Resource& deployment) {
  const std::string name = deployment.id.name();
  auto nested = nested_template(evaluator_, node, name);
  if (!nested) {
    return unknown("the template of deployment `" + name + "` is not here to be read", node, deployment.place.path);
  }
  const std::string path = deployment.place.path + "/properties/template";
  const bool is_inner = nested->inner;
  const Node* resources = find_member(*nested->root, "resources");
  if (resources == nullptr) return;
  out_.scopes.push_back(std::move(nested->scope));
  Flattener flattener(out_, budget_, out_.scopes.back(), inside_of(deployment));
  // expressions of the outer template stand in the copies around the deployment too
  if (!is_inner) flattener.evaluator_.stand_in(evaluator_.loops());
  flattener.section(*resources, path + "/resources", nullptr);
}

}  // namespace

Template flatten(const Node& root) {
  Template out;
  Budget budget;
  Scope scope;
  scope.root = &root;
  out.scopes.push_back(std::move(scope));
  const Node* resources = find_member(root, "resources");
  if (resources == nullptr) return out;
  Flattener flattener(out, budget, out.scopes.front(), {});
  flattener.section(*resources, "/resources", nullptr);
  if (budget.left == 0) {
    out.unknowns.push_back({.what = "the template's expressions are too much work: not all of it is read",
                            .place = {.resource = {}, .path = "/", .span = root.span}});
  }
  return out;
}

}  // namespace crenel::azure::lifting
