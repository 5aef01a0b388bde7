#include "backends/aws/lift_reverts.h"

#include <algorithm>
#include <charconv>

#include "backends/aws/lift_types.h"
#include "backends/aws/reverting.h"

namespace crenel::aws::reading {
namespace {

/// A text of pieces, neighbours of which are not both known.
class Pieces {
 public:
  void add(const Value& value) {
    if (const auto* text = value.as<Text>()) return add(text->text);
    if (const auto* composed = value.as<Composed>()) {
      for (const Value& piece : composed->pieces) add(piece);
      return;
    }
    pieces_.push_back(value);
  }
  void add(std::string_view text) {
    auto* last = pieces_.empty() ? nullptr : std::get_if<Text>(&pieces_.back().what);
    if (last == nullptr) last = &std::get<Text>(pieces_.emplace_back(Value{Text{}, {}}).what);
    last->text += text;
  }
  [[nodiscard]] const std::vector<Value>& all() const { return pieces_; }

 private:
  std::vector<Value> pieces_;
};

/// Goes through pieces from their start.
class Cursor {
 public:
  explicit Cursor(const std::vector<Value>& pieces) : pieces_(pieces) {}

  bool take(std::string_view text) {
    if (!rest().starts_with(text)) return false;
    offset_ += text.size();
    if (rest().empty() && at_ < pieces_.size() && pieces_[at_].as<Text>() != nullptr) {
      ++at_;
      offset_ = 0;
    }
    return true;
  }

  bool take(const std::vector<Value>& expected) {
    const Cursor before = *this;
    for (const Value& each : expected) {
      if (const auto* text = each.as<Text>(); text != nullptr ? take(text->text) : take(each)) continue;
      at_ = before.at_;
      offset_ = before.offset_;
      return false;
    }
    return true;
  }

  std::optional<std::int64_t> take_number() {
    std::int64_t out = 0;
    const std::string_view text = rest();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc()) return std::nullopt;
    take(text.substr(0, static_cast<std::size_t>(end - text.data())));
    return out;
  }

  [[nodiscard]] bool done() const { return at_ == pieces_.size(); }

 private:
  bool take(const Value& value) {
    if (done() || offset_ != 0 || pieces_[at_] != value) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] std::string_view rest() const {
    const auto* text = done() ? nullptr : pieces_[at_].as<Text>();
    return text == nullptr ? std::string_view() : std::string_view(text->text).substr(offset_);
  }

  const std::vector<Value>& pieces_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// What the function's list has to be of one network, out of the resources that make it.
class NetworkRows {
 public:
  NetworkRows(const Reading& reading, std::string network) : reading_(reading), network_(std::move(network)) {}

  const std::vector<Value>& run() {
    row("Network", {{"VpcId", refer(network_)}});
    for (const Item& item : reading_.items()) add(item);
    return rows_.all();
  }

 private:
  static Value refer(std::string resource, std::string attribute = {}) {
    return {.what = Reference{std::move(resource), std::move(attribute)}, .place = {}};
  }

  [[nodiscard]] bool is_here(const Item& item) const {
    const auto* to = item["VpcId"].as<Reference>();
    return to != nullptr && to->resource == network_;
  }

  [[nodiscard]] bool belongs(const Item& item, std::string_view property, std::string_view type) const {
    const Item* to = reading_.target(item[property], type);
    return to != nullptr && is_here(*to);
  }

  void row(std::string_view kind, const std::vector<Member>& members) {
    ++count_;
    rows_.add("[\"" + std::string(kind) + "\",");
    write(Value{Object{members}, {}});
    rows_.add("]\n");
  }

  void write(const Value& value) {
    if (const auto* list = value.as<List>()) {
      rows_.add("[");
      for (const Value& each : list->elements) {
        if (&each != &list->elements.front()) rows_.add(",");
        write(each);
      }
      rows_.add("]");
    } else if (const auto* object = value.as<Object>()) {
      rows_.add("{");
      for (const Member& each : object->members) {
        if (&each != &object->members.front()) rows_.add(",");
        rows_.add(quoted(each.name) + ":");
        write(each.value);
      }
      rows_.add("}");
    } else if (const auto* text = value.as<Text>()) {
      rows_.add(quoted(text->text));
    } else {
      rows_.add("\"");
      rows_.add(value);
      rows_.add("\"");
    }
  }

  void add(const Item& item) {
    const std::size_t before = count_;
    add_certain(item);
    // A list cannot say that something is there in some deployments only.
    if (!item.certain && count_ != before) rows_.add(Value{Unread{"a condition"}, item.place()});
  }

  void add_certain(const Item& item) {
    const std::string& type = item.resource->type;
    if (type == kSecurityGroup.name && is_here(item)) return add_group(item);
    if (type == kNetworkAcl.name && is_here(item)) return row("NetworkAcl", {{"NetworkAclId", refer(item.id())}});
    if (type == kRouteTable.name && is_here(item)) return row("RouteTable", {{"RouteTableId", refer(item.id())}});
    const bool rule = type == kSecurityGroupIngress.name || type == kSecurityGroupEgress.name;
    const bool ours = (rule && belongs(item, "GroupId", kSecurityGroup.name)) ||
                      (type == kNetworkAclEntry.name && belongs(item, "NetworkAclId", kNetworkAcl.name)) ||
                      (type == kRoute.name && belongs(item, "RouteTableId", kRouteTable.name));
    const auto* whole = item.properties.as<Object>();
    if (ours && whole != nullptr) row(type.substr(type.rfind(':') + 1), whole->members);
  }

  void add_group(const Item& item) {
    const Member group = {"GroupId", refer(item.id(), "GroupId")};
    row("SecurityGroup", {group});
    for (const char* side : {"SecurityGroupIngress", "SecurityGroupEgress"}) {
      const auto* rules = item[side].as<List>();
      if (rules == nullptr) continue;
      for (const Value& rule : rules->elements) {
        std::vector<Member> members = {group};
        if (const auto* own = rule.as<Object>()) {
          members.insert(members.end(), own->members.begin(), own->members.end());
        }
        row(side, members);
      }
    }
  }

  const Reading& reading_;
  std::string network_;
  Pieces rows_;
  std::size_t count_ = 0;
};

/// It is run as it stands, and nothing beside its text decides what it does.
bool is_plain(const Item& function) {
  const auto handler = known_text(function["Handler"]);
  const auto runtime = known_text(function["Runtime"]);
  return function.certain && handler == std::string(kRevertHandler) && runtime == std::string(kRevertRuntime) &&
         has_none_but(function["Code"], {"ZipFile"}) &&
         has_none_but(function.properties,
                      {"Code", "DeadLetterConfig", "Description", "FunctionName", "Handler", "LoggingConfig",
                       "MemorySize", "ReservedConcurrentExecutions", "Role", "Runtime", "Tags", "Timeout"});
}

/// Reads the list network by network; nothing where it, or the text behind it, is something else.
std::optional<Revert> revert_of(const Reading& reading, const Item& function) {
  Pieces text;
  text.add(function["Code"]["ZipFile"]);
  Cursor cursor(text.all());
  if (!is_plain(function) || !cursor.take(std::string(kWantedStart) + "[\"Guard\",{\"Within\":\"")) return std::nullopt;
  const auto seconds = cursor.take_number();
  if (!seconds || !cursor.take("\"}]\n")) return std::nullopt;
  Revert out;
  out.function = &function;
  out.within_seconds = *seconds;
  const auto* role = function["Role"].as<Reference>();
  out.role = role == nullptr ? nullptr : reading.find(role->resource);
  std::vector<const Item*> left = reading.of(kVpc.name);
  const auto is_next = [&](const Item* network) {
    return network->certain && cursor.take(NetworkRows(reading, network->id()).run());
  };
  for (auto next = left.begin(); (next = std::find_if(left.begin(), left.end(), is_next)) != left.end();) {
    out.networks.push_back((*next)->id());
    left.erase(next);
  }
  if (out.networks.empty() || !cursor.take(code_behind_wanted()) || !cursor.done()) return std::nullopt;
  return out;
}

}  // namespace

std::vector<Revert> reverts_of(const Reading& reading) {
  std::vector<Revert> out;
  for (const Item* function : reading.of(kFunction.name)) {
    if (auto found = revert_of(reading, *function)) out.push_back(std::move(*found));
  }
  return out;
}

}  // namespace crenel::aws::reading
