#include "backends/aws/lift_callers.h"

#include <algorithm>
#include <utility>

#include "backends/aws/lift_blocks.h"

namespace crenel::aws::reading {
namespace {

template <class See>
void each_statement(const DataReading& data, const See& see) {
  for (const Holder& holder : data.holders) {
    for (const PolicyStatement& statement : holder.policy) see(*statement.value);
  }
  for (const Actor& actor : data.actors) {
    for (const PolicyStatement& statement : actor.policies) see(*statement.value);
  }
  for (const Path& path : data.paths) {
    for (const PolicyStatement& statement : path.policy) see(*statement.value);
  }
}

/// Calls `see` with each value of each condition on the key.
template <class See>
void each_value(const Value& statement, std::string_view key, const See& see) {
  const auto* tests = statement["Condition"].as<Object>();
  if (tests == nullptr) return;
  for (const Member& test : tests->members) {
    const auto* keys = test.value.as<Object>();
    if (keys == nullptr) continue;
    for (const Member& each : keys->members) {
      if (lower_case(each.name) != key) continue;
      for (const Option& option : elements_of(each.value)) see(*option.value);
    }
  }
}

class Callers {
 public:
  Callers(Reading& reading, const DataReading& data) : reading_(reading), judge_(reading), data_(data) {}

  std::vector<Caller> all() {
    for (const Actor& actor : data_.actors) {
      out_.push_back({.kind = Caller::Kind::Role, .item = actor.item, .arn = {}, .who = actor.identity});
    }
    each_statement(data_, [&](const Value& statement) {
      const auto* kinds = statement["Principal"].as<Object>();
      if (kinds != nullptr) {
        for (const Member& kind : kinds->members) {
          for (const Option& option : elements_of(kind.value)) add(*option.value, kind.name == "Service");
        }
      }
      each_value(statement, "aws:principalarn", [&](const Value& value) { add(value, false); });
    });
    out_.push_back({.kind = Caller::Kind::Account, .item = nullptr, .arn = {}, .who = estate::Account{}});
    out_.push_back({.kind = Caller::Kind::Anyone, .item = nullptr, .arn = {}, .who = estate::Anyone{}});
    return std::move(out_);
  }

 private:
  void add(const Value& value, bool service) {
    const std::string said = judge_.arn_text(value);
    // Another account's number may be this one's, or not: whoever it is, the template names him.
    const bool account = said == "{account}" || said == "arn:{p}:iam::{account}:root";
    const bool pattern = said.find_first_of("*?") != std::string::npos;
    const auto* to = value.as<Reference>();
    const bool ours = to != nullptr && reading_.find(to->resource) != nullptr;
    if (said.empty() || account || pattern || ours) return;
    const auto same = std::find_if(out_.begin(), out_.end(), [&](const Caller& other) {
      return other.kind != Caller::Kind::Role && judge_.arn_text(other.arn) == said;
    });
    if (same != out_.end()) return;
    Caller made{
        .kind = service ? Caller::Kind::Service : Caller::Kind::Named, .item = nullptr, .arn = value, .who = {}};
    const auto* late = value.as<Late>();
    if (late != nullptr && late->parameter) {
      made.who = estate::Named{symbol_of(*late, false, value.place, reading_.estate)};
    } else {
      made.who = estate::Named{words(value)};
    }
    out_.push_back(std::move(made));
  }

  Reading& reading_;
  Judge judge_;
  const DataReading& data_;
  std::vector<Caller> out_;
};

}  // namespace

std::vector<Caller> callers_of(Reading& reading, const DataReading& data) { return Callers(reading, data).all(); }

std::vector<Way> addresses_of(Reading& reading, const DataReading& data) {
  std::vector<Way> out;
  each_statement(data, [&](const Value& statement) {
    each_value(statement, "aws:sourceip", [&](const Value& value) {
      const auto block = block_of(value, reading.estate);
      if (!block) return;
      const auto* whole = std::get_if<net::Prefix>(&block->base);
      if (whole != nullptr && whole->length == 0) return;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Way& way) { return way.block == *block; });
      if (!known) out.push_back({.kind = Way::Kind::Address, .block = *block, .endpoint = nullptr, .path = {}});
    });
  });
  return out;
}

}  // namespace crenel::aws::reading
