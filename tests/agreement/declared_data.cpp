#include "tests/agreement/declared_data.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "compiler/model/data_paths.h"
#include "compiler/model/existing.h"

namespace crenel::agreement {
namespace {

std::string plain(const model::Path& path) { return agreement::plain(model::to_string(path)); }

std::string kind_of(const model::Endpoint& endpoint) {
  return std::visit(
      base::Overloaded{[](model::StoreId) { return "store"; }, [](model::QueueId) { return "queue"; },
                       [](model::TopicId) { return "topic"; }, [](model::TableId) { return "table"; },
                       [](model::VaultId) { return "vault"; }, [](model::FunctionId) { return "function"; },
                       [](model::GroupId) { return "group"; }, [](const auto&) { return ""; }},
      endpoint);
}

}  // namespace

std::vector<Assignment> data_assignments(const model::Design& design) {
  std::vector<Assignment> out = assignments(design);
  for (const model::Parameter& parameter : design.parameters) {
    if (parameter.kind == model::ParameterKind::Cidr || parameter.kind == model::ParameterKind::Ip) continue;
    const std::string name = model::to_string(parameter.origin.path);
    for (Assignment& each : out) {
      if (each[name] == "value") each[name] = "given-as-" + agreement::plain(name);
    }
  }
  return out;
}

DeclaredData::DeclaredData(const model::Design& design, const Assignment& assignment, const DataInterpreter& cloud)
    : design_(design), assignment_(assignment), cloud_(cloud) {}

std::string DeclaredData::text(const model::Late<std::string>& late) const {
  if (const auto* known = std::get_if<std::string>(&late)) return *known;
  return assignment_.at(model::to_string(design_.parameters[std::get<model::ParameterId>(late)].origin.path));
}

bool DeclaredData::is(const DataThing& thing, const model::Endpoint& endpoint) const {
  if (thing.kind != kind_of(endpoint)) return false;
  const model::Existing* existing = model::existing_of(design_, endpoint);
  if (thing.elsewhere || existing != nullptr) {
    return thing.elsewhere && existing != nullptr && thing.stem == text(existing->id);
  }
  const std::string wanted = plain(model::origin_of(design_, endpoint).path);
  const std::string stem = agreement::plain(thing.stem);
  // What a queue lays aside is its own.
  return stem == wanted || (thing.kind == "queue" && stem == wanted + "deadletter");
}

bool DeclaredData::is(const DataAsker& asker, const model::Endpoint& from) const {
  switch (asker.kind) {
    case DataAsker::Kind::Program: {
      const bool acts = std::holds_alternative<model::GroupId>(from) || std::holds_alternative<model::FunctionId>(from);
      return acts && agreement::plain(asker.stem) == plain(model::origin_of(design_, from).path);
    }
    case DataAsker::Kind::Event:
      return kind_of(from) == "store" && agreement::plain(asker.stem) == plain(model::origin_of(design_, from).path);
    case DataAsker::Kind::Named:
    case DataAsker::Kind::Account:
      break;
    case DataAsker::Kind::Anyone:
      return false;
  }
  const auto* site = std::get_if<model::SiteId>(&from);
  if (site == nullptr) return false;
  const auto& identities = design_.sites[*site].identities;
  if (asker.kind == DataAsker::Kind::Account) return identities.empty();
  return std::any_of(identities.begin(), identities.end(), [&](const auto& each) { return text(each) == asker.name; });
}

bool DeclaredData::holds(model::SiteId site, Ip address) const {
  const auto blocks = model::addresses_of(design_, site);
  return std::any_of(blocks.begin(), blocks.end(), [&](const auto& late) {
    const auto* prefix = std::get_if<net::Prefix>(&late);
    const std::string block =
        prefix != nullptr
            ? net::to_string(*prefix)
            : assignment_.at(model::to_string(design_.parameters[std::get<model::ParameterId>(late)].origin.path));
    return cidr(block.find('/') == std::string::npos ? block + "/32" : block).holds(address);
  });
}

/// A network has one near end of a provider's service for all its tiers: which of its paths it is called by does not
/// matter here.
bool DeclaredData::comes(const DataWay& way, const model::DataFlow& flow) const {
  if (way.plain) return false;
  if (const auto* site = std::get_if<model::SiteId>(&flow.from)) {
    if (model::addresses_of(design_, *site).empty()) return true;
    return way.kind == DataWay::Kind::Address && holds(*site, way.address);
  }
  if (model::way_to(design_, flow.from, flow.to) != model::DataWay::PrivatePath) return true;
  if (way.kind != DataWay::Kind::Path) return false;
  const auto tier = model::tier_of(design_, flow.from);
  return std::any_of(design_.private_paths.begin(), design_.private_paths.end(), [&](const model::PrivatePath& path) {
    const bool near = tier && design_.tiers[path.tier].network == design_.tiers[*tier].network;
    return near && plain(way.stem).starts_with(plain(path.origin.path));
  });
}

/// What tells of changes, and the function that undoes them, for it tells of what it could not undo. EventBridge sends
/// nothing along that a topic's policy could tell one rule from another by: so do rules that the template does not
/// make. (EventBridge User Guide, "Troubleshooting", Condition blocks.)
bool DeclaredData::is_of(const DataAsker& asker, const model::Guard& guard) {
  const std::string stem = agreement::plain(asker.stem);
  const std::string own = plain(guard.origin.path);
  if (asker.kind == DataAsker::Kind::Program) return guard.revert_seconds && stem == own + "revert";
  if (asker.kind != DataAsker::Kind::Named) return false;
  return stem.empty() ? asker.name.starts_with("events.amazonaws.com for ") : stem.starts_with(own);
}

/// Who tells of changes publishes on the guard's topic, and may use the topic's key: a vault's, or its own.
bool DeclaredData::by_guard(const DataQuestion& question, const DataThing& thing) const {
  if (question.way.plain) return false;
  return std::any_of(design_.guards.begin(), design_.guards.end(), [&](const model::Guard& guard) {
    if (!guard.alert || !is_of(question.who, guard)) return false;
    if (question.action == "publish") return is(thing, *guard.alert);
    const model::Topic& topic = design_.topics[*guard.alert];
    const bool own = thing.kind == "vault" && plain(thing.stem) == plain(topic.origin.path) + "topic";
    const bool key = topic.key ? is(thing, *topic.key) : own;
    return key && (question.action == "encrypt" || question.action == "decrypt");
  });
}

/// The provider writes networks' flow logs into a store: those of the account alone.
bool DeclaredData::by_logs(const DataQuestion& question, const DataThing& thing) const {
  const bool own = question.who.kind == DataAsker::Kind::Named && question.who.stem == "logs" &&
                   question.who.name.starts_with("delivery.logs.amazonaws.com for ");
  if (!own || question.way.plain) return false;
  return std::any_of(design_.networks.begin(), design_.networks.end(), [&](const model::Network& network) {
    if (!network.flow_logs || !network.flow_log_store) return false;
    if (question.action == "write") return is(thing, *network.flow_log_store);
    const auto& key = design_.stores[*network.flow_log_store].key;
    return key && is(thing, *key) && (question.action == "encrypt" || question.action == "decrypt");
  });
}

bool DeclaredData::by_agent(const DataQuestion& question, const DataThing& thing) const {
  if (question.who.kind != DataAsker::Kind::Program || question.action != "read" || !thing.elsewhere) return false;
  return std::any_of(design_.groups.begin(), design_.groups.end(), [&](const model::Group& group) {
    if (plain(group.origin.path) != plain(question.who.stem)) return false;
    return std::any_of(group.agents.begin(), group.agents.end(), [&](model::AgentId id) {
      const auto& token = design_.agents[id].token;
      return token && thing.stem == text(model::Late<std::string>(*token));
    });
  });
}

bool DeclaredData::admits(const DataQuestion& question) const {
  const auto thing = std::find_if(cloud_.things.begin(), cloud_.things.end(),
                                  [&](const DataThing& each) { return each.name == question.thing; });
  if (thing == cloud_.things.end()) return false;
  const bool flows = std::any_of(design_.data_flows.begin(), design_.data_flows.end(), [&](const auto& flow) {
    const bool acts = std::any_of(flow.actions.begin(), flow.actions.end(),
                                  [&](model::DataAction action) { return model::word(action) == question.action; });
    return acts && is(*thing, flow.to) && is(question.who, flow.from) && comes(question.way, flow);
  });
  return flows || by_guard(question, *thing) || by_logs(question, *thing) || by_agent(question, *thing);
}

std::vector<DeclaredData::Needed> DeclaredData::needed() const {
  std::vector<Needed> out;
  for (const model::DataFlow& flow : design_.data_flows) {
    for (const model::DataAction action : flow.actions) {
      const std::string word(model::word(action));
      Needed none{.text = model::name_of(design_, flow.from) + " -> " + model::name_of(design_, flow.to) + " : " + word,
                  .any = {}};
      bool asked = false;
      for (const DataThing& thing : cloud_.things) {
        const auto taken = cloud_.actions(thing);
        const bool takes = std::find(taken.begin(), taken.end(), word) != taken.end();
        if (!takes || !is(thing, flow.to) || plain(thing.stem).ends_with("deadletter")) continue;
        for (const DataAsker& asker : cloud_.askers) {
          if (!is(asker, flow.from)) continue;
          Needed one = none;
          for (const DataWay& way : cloud_.ways) {
            if (comes(way, flow)) one.any.push_back({.who = asker, .action = word, .thing = thing.name, .way = way});
          }
          asked = true;
          // Nobody comes over the Internet from addresses that are all private.
          if (!one.any.empty() || !std::holds_alternative<model::SiteId>(flow.from)) out.push_back(std::move(one));
        }
      }
      if (!asked) out.push_back(std::move(none));
    }
  }
  return out;
}

std::string first_difference(const DeclaredData& declared, const DataInterpreter& cloud) {
  std::string unknown;
  for (const DataThing& thing : cloud.things) {
    for (const std::string& action : cloud.actions(thing)) {
      for (const DataAsker& asker : cloud.askers) {
        for (const DataWay& way : cloud.ways) {
          const DataQuestion question{.who = asker, .action = action, .thing = thing.name, .way = way};
          const DataAnswer answer = cloud.answer(question);
          if (answer.admitted == Says::No || declared.admits(question)) continue;
          if (answer.admitted == Says::Yes) return "WIDER " + show(question);
          if (unknown.empty()) unknown = show(question) + ": " + answer.why;
        }
      }
    }
  }
  for (const auto& line : declared.needed()) {
    Says best = Says::No;
    for (const DataQuestion& question : line.any) {
      const DataAnswer answer = cloud.answer(question);
      best = std::max(best, std::min(answer.works, answer.arrives));
    }
    if (best == Says::No) return "NARROWER " + (line.any.empty() ? line.text : show(line.any.front()));
    if (best == Says::Unknown && unknown.empty()) unknown = line.text;
  }
  if (!unknown.empty()) throw std::invalid_argument(unknown);
  return "";
}

}  // namespace crenel::agreement
