#include "backends/aws/lift_functions.h"

#include <algorithm>
#include <utility>

#include "compiler/net/prefix.h"

namespace crenel::aws::reading {
namespace {

using document::Node;

std::string ordinal(std::size_t index) { return "[" + std::to_string(index) + "]"; }

/// One element of a list that only a deployment gives.
Value late_element(const Value& list, std::int64_t index, const Place& place) {
  return late_at(place, words(list) + ordinal(static_cast<std::size_t>(index)));
}

std::vector<std::string> pieces_between(const std::string& text, const std::string& separator) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t at = text.find(separator); at != std::string::npos; at = text.find(separator, from)) {
    out.push_back(text.substr(from, at - from));
    from = at + separator.size();
  }
  out.push_back(text.substr(from));
  return out;
}

}  // namespace

Value Functions::apply(std::string_view function, const Place& call) {
  if (function == "Ref") return reference(call);
  if (function == "Fn::GetAtt") return attribute(call);
  if (function == "Fn::Sub") return substitute(call);
  if (function == "Fn::Join") return join(call);
  if (function == "Fn::Select") return select(call);
  if (function == "Fn::Split") return split(call);
  if (function == "Fn::Cidr") return carve(call);
  if (function == "Fn::FindInMap") return find_in_map(call);
  if (function == "Fn::If") return choose(call);
  if (function == "Fn::GetAZs") return late_at(call, "zones of " + words(whole()));
  if (function == "Fn::ImportValue") return late_at(call, "import of " + words(whole()));
  if (function == "Fn::Base64") return late_at(call, "text in base 64");
  return unread_at(call, "`" + std::string(function) + "` is not read");
}

Value Functions::whole() {
  return tagged_ ? evaluator_.plain(argument_, place_) : evaluator_.evaluate(argument_, place_);
}

std::size_t Functions::count() const {
  if (!tagged_ && !argument_.tag().empty()) return 0;
  return argument_.elements().size();
}

Value Functions::element(std::size_t index) {
  const Node& node = argument_.elements()[index];
  return evaluator_.evaluate(node, inside(place_, std::to_string(index), node.span));
}

Value Functions::reference(const Place& call) {
  const auto* name = argument_.scalar();
  if (name == nullptr) return unread_at(call, "`Ref` of something that is no name");
  return evaluator_.reference(std::string(name->text), call);
}

Value Functions::attribute(const Place& call) {
  if (const auto* scalar = argument_.scalar()) {
    const std::string text(scalar->text);
    const std::size_t dot = text.find('.');
    if (dot == std::string::npos) return unread_at(call, "`Fn::GetAtt` without an attribute");
    return evaluator_.attribute(text.substr(0, dot), text.substr(dot + 1), call);
  }
  if (count() < 2) return unread_at(call, "`Fn::GetAtt` needs a resource and an attribute");
  const auto resource = known_text(element(0));
  std::string name;
  for (std::size_t i = 1; i < count(); ++i) {
    const auto part = known_text(element(i));
    if (!part) return unread_at(call, "an attribute whose name is not known");
    name += (name.empty() ? "" : ".") + *part;
  }
  if (!resource) return unread_at(call, "an attribute of a resource that is not known");
  return evaluator_.attribute(*resource, name, call);
}

Value Functions::substitute(const Place& call) {
  Value replacements = absent_at(call);
  std::optional<std::string> text;
  if (const auto* scalar = argument_.scalar()) {
    text = std::string(scalar->text);
  } else if (count() == 2) {
    if (const auto* first = argument_.elements()[0].scalar()) text = std::string(first->text);
    replacements = element(1);
  }
  if (!text) return unread_at(call, "`Fn::Sub` of something that is no text");
  std::vector<Value> pieces;
  std::size_t from = 0;
  for (std::size_t at = text->find("${"); at != std::string::npos; at = text->find("${", from)) {
    const std::size_t end = text->find('}', at);
    if (end == std::string::npos) break;
    pieces.push_back(text_at(call, text->substr(from, at - from)));
    std::string name = text->substr(at + 2, end - at - 2);
    from = end + 1;
    std::erase(name, ' ');
    if (name.starts_with("!")) {
      pieces.push_back(text_at(call, "${" + name.substr(1) + "}"));
      continue;
    }
    const std::size_t dot = name.find('.');
    const Value& replaced = replacements[name];
    if (!replaced.absent()) {
      pieces.push_back(replaced);
    } else if (dot == std::string::npos) {
      pieces.push_back(evaluator_.reference(name, call));
    } else {
      pieces.push_back(evaluator_.attribute(name.substr(0, dot), name.substr(dot + 1), call));
    }
  }
  pieces.push_back(text_at(call, text->substr(from)));
  return composed_at(call, std::move(pieces));
}

Value Functions::join(const Place& call) {
  if (count() != 2) return unread_at(call, "`Fn::Join` needs a separator and a list");
  const auto separator = known_text(element(0));
  const Value list = element(1);
  if (!separator) return unread_at(call, "`Fn::Join` with a separator that is not known");
  const auto* elements = list.as<List>();
  if (elements == nullptr) return late_at(call, words(list) + " joined by " + *separator);
  std::vector<Value> pieces;
  for (const Value& one : elements->elements) {
    if (!pieces.empty()) pieces.push_back(text_at(call, *separator));
    pieces.push_back(one);
  }
  return composed_at(call, std::move(pieces));
}

Value Functions::select(const Place& call) {
  if (count() != 2) return unread_at(call, "`Fn::Select` needs an index and a list");
  const Value list = element(1);
  const auto index = known_number(element(0));
  if (const auto* unread = list.as<Unread>()) return unread_at(call, unread->why);
  if (!index || *index < 0) return unread_at(call, "`Fn::Select` with an index that is not known");
  const auto choose_from = [&](const Value& from) {
    const auto* elements = from.as<List>();
    if (elements == nullptr) return late_element(from, *index, call);
    if (static_cast<std::size_t>(*index) >= elements->elements.size()) {
      return unread_at(call, "`Fn::Select` past the end of its list");
    }
    Value chosen = elements->elements[static_cast<std::size_t>(*index)];
    chosen.place = call;
    return chosen;
  };
  const auto* either = list.as<Either>();
  if (either == nullptr) return choose_from(list);
  Either chosen{.options = {}, .why = either->why};
  for (const Option& option : options_of(list)) chosen.options.push_back(choose_from(*option.value));
  return {.what = std::move(chosen), .place = call};
}

Value Functions::split(const Place& call) {
  if (count() != 2) return unread_at(call, "`Fn::Split` needs a separator and a text");
  const auto separator = known_text(element(0));
  const Value text = element(1);
  if (!separator || separator->empty()) return unread_at(call, "`Fn::Split` with a separator that is not known");
  if (text.as<Unread>() || text.as<Either>()) return unread_at(call, "`Fn::Split` of a text that is not known");
  List list;
  if (const auto known = known_text(text)) {
    for (std::string& piece : pieces_between(*known, *separator))
      list.elements.push_back(text_at(call, std::move(piece)));
    return {.what = std::move(list), .place = call};
  }
  const auto* composed = text.as<Composed>();
  if (composed == nullptr) return late_at(call, words(text) + " split at " + *separator);
  std::vector<Value> piece;
  for (const Value& part : composed->pieces) {
    const auto known = known_text(part);
    if (!known) {
      piece.push_back(part);
      continue;
    }
    std::vector<std::string> cut = pieces_between(*known, *separator);
    for (std::size_t i = 0; i < cut.size(); ++i) {
      if (i != 0) list.elements.push_back(composed_at(call, std::exchange(piece, {})));
      piece.push_back(text_at(call, std::move(cut[i])));
    }
  }
  list.elements.push_back(composed_at(call, std::move(piece)));
  return {.what = std::move(list), .place = call};
}

Value Functions::carve(const Place& call) {
  if (count() < 2) return unread_at(call, "`Fn::Cidr` needs a block, a count and how many bits are the host's");
  const Value block = element(0);
  const auto parts = known_number(element(1));
  const auto bits = count() > 2 ? known_number(element(2)) : std::optional<std::int64_t>();
  if (!parts || !bits) return unread_at(call, "`Fn::Cidr` with numbers that are not known");
  return parts_of(block, *parts, *bits, call);
}

Value Functions::find_in_map(const Place& call) {
  if (count() < 3 || evaluator_.template_.mappings == nullptr)
    return unread_at(call, "`Fn::FindInMap` without a mapping");
  std::vector<std::pair<const Node*, Place>> found{
      {evaluator_.template_.mappings, {.resource = call.resource, .path = "/Mappings", .span = call.span}}};
  bool open = false;
  for (std::size_t level = 0; level < 3; ++level) {
    const auto key = known_text(element(level));
    open = open || !key;
    std::vector<std::pair<const Node*, Place>> next;
    for (const auto& [node, place] : found) {
      for (const document::Entry& entry : node->entries()) {
        if (!key || entry.key == *key) next.emplace_back(&entry.value, inside(place, entry.key, entry.value.span));
      }
    }
    found = std::move(next);
  }
  if (found.empty()) return unread_at(call, "`Fn::FindInMap` finds nothing");
  Either either{.options = {}, .why = "the key of a mapping is only known when the template is deployed"};
  for (const auto& [node, place] : found) {
    Value value = evaluator_.evaluate(*node, call);
    const bool there = std::find(either.options.begin(), either.options.end(), value) != either.options.end();
    if (!there) either.options.push_back(std::move(value));
  }
  if (either.options.size() == 1) return std::move(either.options.front());
  return {.what = std::move(either), .place = call};
}

Value Functions::choose(const Place& call) {
  if (count() != 3) return unread_at(call, "`Fn::If` needs a condition and two values");
  const auto name = known_text(element(0));
  if (!name) return unread_at(call, "`Fn::If` with a condition that is no name");
  const Truth truth = evaluator_.condition(*name);
  if (truth == Truth::Yes) return element(1);
  if (truth == Truth::No) return element(2);
  Either either{.options = {element(1), element(2)}, .why = "it depends on the condition `" + *name + "`"};
  if (either.options[0] == either.options[1]) return std::move(either.options[0]);
  return {.what = std::move(either), .place = call};
}

}  // namespace crenel::aws::reading
