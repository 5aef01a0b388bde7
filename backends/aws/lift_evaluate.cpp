#include "backends/aws/lift_evaluate.h"

#include <algorithm>
#include <utility>

#include "backends/aws/lift_functions.h"
#include "backends/aws/lift_types.h"
#include "backends/aws/resource_types.h"

namespace crenel::aws::reading {
namespace {

using document::Node;

constexpr std::size_t kDeepestAttribute = 20;
constexpr std::string_view kDynamic = "{{resolve:";

/// "!GetAtt" is "Fn::GetAtt"; "!Ref" and "!Condition" are themselves.
std::string function_of_tag(std::string_view tag) {
  const std::string name(tag.substr(1));
  return name == "Ref" || name == "Condition" ? name : "Fn::" + name;
}

bool is_function(std::string_view key) { return key == "Ref" || key.starts_with("Fn::"); }

std::string escaped(std::string_view step) {
  std::string out;
  for (const char c : step) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

bool is_attribute_with_value(const Resource& resource, std::string_view name) {
  return name == "CidrBlock" && (resource.type == kVpc.name || resource.type == kSubnet.name);
}

}  // namespace

Place inside(const Place& place, std::string_view step, base::Span span) {
  return {.resource = place.resource, .path = place.path + "/" + escaped(step), .span = span};
}

Value absent_at(const Place& place) { return {.what = Absent{}, .place = place}; }
Value text_at(const Place& place, std::string text) { return {.what = Text{std::move(text)}, .place = place}; }
Value unread_at(const Place& place, std::string why) { return {.what = Unread{std::move(why)}, .place = place}; }
Value late_at(const Place& place, std::string name, bool parameter) {
  return {.what = Late{std::move(name), parameter}, .place = place};
}

Value composed_at(const Place& place, std::vector<Value> pieces) {
  std::vector<Value> out;
  for (Value& piece : pieces) {
    if (piece.as<Absent>() || piece.as<List>() || piece.as<Object>()) return unread_at(place, "a text of no texts");
    if (const auto* unread = piece.as<Unread>()) return unread_at(place, unread->why);
    if (const auto* either = piece.as<Either>()) return unread_at(place, either->why);
    auto* before = out.empty() ? nullptr : std::get_if<Text>(&out.back().what);
    const auto* text = piece.as<Text>();
    const auto* composed = piece.as<Composed>();
    if (text != nullptr && before != nullptr) {
      before->text += text->text;
    } else if (text != nullptr && text->text.empty()) {
      continue;
    } else if (composed != nullptr) {
      for (const Value& inner : composed->pieces) out.push_back(inner);
    } else {
      out.push_back(std::move(piece));
    }
  }
  if (out.empty()) return text_at(place, "");
  Value made{.what = Composed{std::move(out)}, .place = place};
  auto& made_pieces = std::get<Composed>(made.what).pieces;
  if (made_pieces.size() == 1) {
    Value only = std::move(made_pieces.front());
    only.place = place;
    made = std::move(only);
  }
  const std::string said = words(made);
  if (said.starts_with(kDynamic)) return late_at(place, said);
  if (said.find(kDynamic) != std::string::npos && made.as<Text>()) return late_at(place, said);
  return made;
}

Truth Evaluator::is_made(const Resource& resource) {
  if (resource.condition.empty()) return Truth::Yes;
  return condition(resource.condition);
}

Value Evaluator::properties(const Resource& resource) {
  const Place place{.resource = resource.id,
                    .path = "/Resources/" + escaped(resource.id) + "/Properties",
                    .span = resource.properties == nullptr ? resource.name_span : resource.properties->span};
  if (resource.properties == nullptr) return {.what = Object{}, .place = place};
  const std::string before = std::exchange(assumed_, resource.condition);
  Value value = evaluate(*resource.properties, place);
  assumed_ = before;
  return value;
}

Value Evaluator::evaluate(const Node& node, const Place& place) {
  if (node.tag().empty()) return plain(node, place);
  return apply(function_of_tag(node.tag()), node, true, place);
}

Value Evaluator::plain(const Node& node, const Place& place) {
  if (const auto* scalar = node.scalar()) {
    return composed_at(place, {text_at(place, std::string(scalar->text))});
  }
  if (node.sequence() != nullptr) {
    List list;
    std::size_t at = 0;
    for (const Node& element : node.elements()) {
      Value value = evaluate(element, inside(place, std::to_string(at++), element.span));
      if (!value.absent()) list.elements.push_back(std::move(value));
    }
    return {.what = std::move(list), .place = place};
  }
  if (node.mapping() == nullptr) return absent_at(place);
  const auto entries = node.entries();
  if (entries.size() == 1 && is_function(entries.front().key)) {
    return apply(entries.front().key, entries.front().value, false, place);
  }
  Object object;
  for (const document::Entry& entry : entries) {
    if (is_function(entry.key)) return unread_at(place, "`" + std::string(entry.key) + "` beside other members");
    Value value = evaluate(entry.value, inside(place, entry.key, entry.value.span));
    if (!value.absent()) object.members.push_back({std::string(entry.key), std::move(value)});
  }
  return {.what = std::move(object), .place = place};
}

Value Evaluator::reference(const std::string& name, const Place& place) {
  if (name == kNoValue) return absent_at(place);
  if (name.starts_with(kPseudo)) return late_at(place, name);
  if (const auto found = template_.parameters.find(name); found != template_.parameters.end()) {
    if (found->second.type.starts_with(kStoredParameter)) return late_at(place, "value stored under `" + name + "`");
    if (found->second.only_value) return text_at(place, *found->second.only_value);
    return late_at(place, name, true);
  }
  if (template_.find(name) != nullptr) return {.what = Reference{name, ""}, .place = place};
  return unread_at(place, "`" + name + "` is neither a parameter nor a resource of the template");
}

Value Evaluator::attribute(const std::string& resource, const std::string& name, const Place& place) {
  const Resource* of = template_.find(resource);
  if (of == nullptr) return unread_at(place, "`" + resource + "` is no resource of the template");
  if (!is_attribute_with_value(*of, name)) return {.what = Reference{resource, name}, .place = place};
  const Node* block = of->properties == nullptr ? nullptr : of->properties->find(name);
  if (block == nullptr) return late_at(place, resource + "." + name);
  if (attribute_depth_ >= kDeepestAttribute) return unread_at(place, "`" + resource + "." + name + "` names itself");
  ++attribute_depth_;
  Value value = evaluate(*block, place);
  --attribute_depth_;
  return value;
}

Value Evaluator::apply(std::string_view function, const Node& argument, bool tagged, const Place& place) {
  return Functions(*this, argument, tagged, inside(place, function, argument.span)).apply(function, place);
}

Truth Evaluator::condition(std::string_view name) {
  if (!assumed_.empty() && name == assumed_) return Truth::Yes;
  if (const auto known = conditions_.find(name); known != conditions_.end()) return known->second;
  const auto found = template_.conditions.find(name);
  const bool round =
      std::find(conditions_under_way_.begin(), conditions_under_way_.end(), name) != conditions_under_way_.end();
  if (found == template_.conditions.end() || round) return Truth::Open;
  conditions_under_way_.emplace_back(name);
  const std::string before = std::exchange(assumed_, "");
  const Truth truth = Conditions(*this).decide(*found->second, 0);
  assumed_ = before;
  conditions_under_way_.pop_back();
  conditions_.emplace(name, truth);
  return truth;
}

}  // namespace crenel::aws::reading
