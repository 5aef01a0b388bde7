#include <algorithm>
#include <array>
#include <utility>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using ServiceKind = estate::Service::Kind;

/// A service of AWS that an estate knows, and the resource that would stand for a thing of it.
struct Known {
  std::string_view word;  ///< of its actions and ARNs
  ServiceKind kind;
  std::string_view type;
  std::string_view start;  ///< of an ARN's last part
};
constexpr std::array<Known, 6> kKnown = {{{"s3", ServiceKind::Store, kBucket.name, ""},
                                          {"sqs", ServiceKind::Queue, kQueue.name, ""},
                                          {"sns", ServiceKind::Topic, kTopic.name, ""},
                                          {"dynamodb", ServiceKind::Table, kTable.name, "table/"},
                                          {"kms", ServiceKind::Vault, kKey.name, "key/"},
                                          {"secretsmanager", ServiceKind::Vault, kSecret.name, "secret:"}}};

bool has_wildcard(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

/// Where the thing's own ARN ends, and what lies in it begins: a bucket's objects, a table's indexes.
std::size_t end_of_thing(std::string_view arn, const Known& known) {
  const std::size_t from = arn.rfind(':') + 1 + (known.word == "dynamodb" ? known.start.size() : 0);
  const bool holds = known.word == "s3" || known.word == "dynamodb";
  return holds ? std::min(arn.find('/', from), arn.size()) : arn.size();
}

const Known* known_of(std::string_view arn) {
  constexpr std::string_view kStart = "arn:{p}:";
  if (!arn.starts_with(kStart)) return nullptr;
  const std::string_view rest = arn.substr(kStart.size());
  const auto found = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) {
    return rest.starts_with(each.word) && rest.substr(each.word.size()).starts_with(':');
  });
  if (found == kKnown.end()) return nullptr;
  std::size_t colons = 0;
  std::size_t last = 0;
  while (last < rest.size() && colons < 3) colons += rest[last++] == ':' ? 1U : 0U;
  return colons == 3 && rest.substr(last).starts_with(found->start) ? &*found : nullptr;
}

const Late* late_in(const Value& value) {
  if (const auto* late = value.as<Late>()) return late;
  const auto* composed = value.as<Composed>();
  return composed == nullptr || composed->pieces.empty() ? nullptr : composed->pieces.front().as<Late>();
}

class Gathering {
 public:
  Gathering(Reading& reading, DataReading& data) : reading_(reading), judge_(reading), data_(data) {}

  void keys() {
    const std::size_t own = data_.holders.size();
    for (std::size_t i = 0; i < own; ++i) {
      if (data_.holders[i].key != nullptr || data_.holders[i].key_value == nullptr) continue;
      const Value& value = *data_.holders[i].key_value;
      const Known& of_keys = kKnown[4];
      const Holder* found = thing(value, &of_keys);
      if (found == nullptr || found->item->resource->type != kKey.name) continue;
      const estate::ServiceId vault = found->service;
      data_.holders[i].key = found->item;
      reading_.estate.services[data_.holders[i].service].key = vault;
    }
  }

  /// Buckets that flow logs go to.
  void logs() {
    for (const Item* log : reading_.of(kFlowLog.name)) {
      if (known_text((*log)["LogDestinationType"]) == "s3") thing((*log)["LogDestination"], &kKnown.front());
    }
  }

  void policies() {
    for (const Actor& actor : data_.actors) {
      const estate::Identity& identity = reading_.estate.identities[actor.identity];
      const bool handed_out = !identity.interfaces.empty() || !identity.functions.empty();
      for (const PolicyStatement& each : actor.policies) {
        if (each.allow) statement(*each.value, handed_out ? actor.item : nullptr);
      }
    }
    for (const Item* endpoint : reading_.of(kVpcEndpoint.name)) {
      for (const Option& option : elements_of((*endpoint)["PolicyDocument"]["Statement"])) {
        if (known_text((*option.value)["Effect"]) == "Allow") statement(*option.value, nullptr);
      }
    }
  }

 private:
  /// `of`: somebody who is told when he may do something with more than can be named; null: nobody is.
  void statement(const Value& value, const Item* of) {
    const Known* const service = service_of(value);
    for (const Option& option : elements_of(value["Resource"])) {
      if (thing(*option.value, service) != nullptr || of == nullptr || service == nullptr) continue;
      if (is_ours(judge_.arn_text(*option.value))) continue;
      beyond(value, *of);
    }
    if (of != nullptr && service != nullptr && value["Resource"].absent()) beyond(value, *of);
  }

  void beyond(const Value& value, const Item& of) {
    const auto told = std::find(told_.begin(), told_.end(), value.place.path);
    if (told != told_.end()) return;
    told_.push_back(value.place.path);
    reading_.unknown(value.place, "`" + of.id() + "` may do `" + words(*elements_of(value["Action"]).front().value) +
                                      "` with more than the template makes or names");
  }

  /// The service that a statement's actions are of, when an estate knows it.
  [[nodiscard]] static const Known* service_of(const Value& statement) {
    for (const Option& option : elements_of(statement["Action"])) {
      const std::string action = lower_case(words(*option.value));
      for (const Known& known : kKnown) {
        if (action.starts_with(std::string(known.word) + ":")) return &known;
      }
    }
    return nullptr;
  }

  [[nodiscard]] bool is_ours(const std::string& said) const {
    return std::any_of(data_.holders.begin(), data_.holders.end(), [&](const Holder& holder) {
      const std::string own = arn_of(judge_, holder);
      return said == own || said.starts_with(own + "/");
    });
  }

  /// What the value names, made when it is named for the first time; null: it names nothing, or something of the
  /// template. `service`: what it would be one of, when only a deployment gives it.
  const Holder* thing(const Value& value, const Known* service) {
    const std::string said = judge_.arn_text(value);
    if (said.starts_with("{late ")) {
      const std::string own = said.substr(0, said.find('}') + 1);
      const std::string_view rest = std::string_view(said).substr(own.size());
      const Late* late = late_in(value);
      if (service == nullptr || late == nullptr || !(rest.empty() || rest.starts_with("/"))) return nullptr;
      if (!late->parameter) return put(own, words(value), *service, value);
      return put(own, symbol_of(*late, false, value.place, reading_.estate), *service, value);
    }
    const Known* const known = known_of(said);
    if (known == nullptr) return nullptr;
    const std::string own = said.substr(0, end_of_thing(said, *known));
    if (has_wildcard(own) || data_.is_made(judge_, own)) return nullptr;
    const std::string text = words(value);
    return put(own, text.substr(0, end_of_thing(text, *known)), *known, value);
  }

  const Holder* put(const std::string& arn, std::variant<std::string, estate::SymbolId> id, const Known& known,
                    const Value& value) {
    const auto same = std::find_if(data_.holders.begin(), data_.holders.end(),
                                   [&](const Holder& holder) { return holder.arn == arn; });
    if (same != data_.holders.end()) return &*same;
    Elsewhere& made = data_.elsewhere.emplace_back();
    made.resource.id = arn;
    made.resource.type = std::string(known.type);
    made.item.resource = &made.resource;
    made.item.properties.place = value.place;
    estate::Service service;
    service.kind = known.kind;
    const auto* text = std::get_if<std::string>(&id);
    service.name = text != nullptr ? *text : reading_.estate.symbols[std::get<estate::SymbolId>(id)].name;
    service.elsewhere = std::move(id);
    service.place = value.place;
    data_.holders.push_back({.item = &made.item,
                             .service = reading_.estate.services.add(std::move(service)),
                             .policy = {},
                             .key = nullptr,
                             .key_value = nullptr,
                             .arn = arn});
    return &data_.holders.back();
  }

  Reading& reading_;
  Judge judge_;
  DataReading& data_;
  std::vector<std::string> told_;
};

}  // namespace

std::string arn_of(const Judge& judge, const Holder& holder) {
  return holder.arn.empty() ? judge.arn_of(*holder.item) : holder.arn;
}

bool DataReading::is_made(const Judge& judge, const std::string& arn) const {
  return std::any_of(holders.begin(), holders.end(),
                     [&](const Holder& holder) { return holder.arn.empty() && judge.arn_of(*holder.item) == arn; });
}

void read_elsewhere(Reading& reading, DataReading& data) {
  Gathering gathering(reading, data);
  gathering.keys();
  gathering.logs();
  gathering.policies();
}

}  // namespace crenel::aws::reading
