#include "tests/agreement/engine_data.h"

#include <algorithm>
#include <array>
#include <variant>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::agreement {
namespace {

/// In the order of `estate::Service::Kind`.
constexpr std::array<const char*, 7> kKinds = {"store", "queue", "topic", "table", "vault", "function", "group"};

bool is_thing(const estate::Service& service, const DataThing& thing) {
  if (kKinds.at(static_cast<std::size_t>(service.kind)) != thing.kind) return false;
  return service.name == thing.name || (!service.elsewhere && service.stem == thing.stem);
}

}  // namespace

EngineData::EngineData(const backend::Backend& backend, const nlohmann::json& document)
    : only_grants_(backend.name == "azure") {
  base::Sources sources;
  diagnostics::Diagnostics said;
  auto estate = backend.lift(sources, sources.add("template", document.dump()), said);
  if (!estate || said.has_errors()) {
    unread_ = said.all().empty() ? "not lifted" : said.all().front().message;
    return;
  }
  estate_ = std::move(*estate);
}

bool EngineData::is(const estate::Who& who, const DataAsker& asker) const {
  const bool event = asker.kind == DataAsker::Kind::Event;
  if (only_grants_ && !event && std::holds_alternative<estate::Anyone>(who)) return true;
  switch (asker.kind) {
    case DataAsker::Kind::Account:
      return std::holds_alternative<estate::Account>(who);
    case DataAsker::Kind::Anyone:
      return std::holds_alternative<estate::Anyone>(who);
    case DataAsker::Kind::Named: {
      const auto* named = std::get_if<estate::Named>(&who);
      const auto* name = named == nullptr ? nullptr : std::get_if<std::string>(&named->who);
      return name != nullptr && *name == asker.name.substr(0, asker.name.find(" for "));
    }
    case DataAsker::Kind::Event: {
      const auto* service = std::get_if<estate::ServiceId>(&who);
      return service != nullptr && estate_.services[*service].name == asker.name;
    }
    case DataAsker::Kind::Program:
      break;
  }
  const auto* id = std::get_if<estate::IdentityId>(&who);
  if (id == nullptr) return false;
  const estate::Identity& identity = estate_.identities[*id];
  return std::any_of(identity.functions.begin(), identity.functions.end(),
                     [&](estate::ServiceId each) { return estate_.services[each].name == asker.name; }) ||
         std::any_of(identity.interfaces.begin(), identity.interfaces.end(),
                     [&](estate::InterfaceId each) { return estate_.interfaces[each].name == asker.name; });
}

Says EngineData::comes(const estate::Access& access, const DataWay& way) const {
  if (way.kind == DataWay::Kind::Path) {
    for (const auto id : estate_.private_paths.ids()) {
      const estate::PrivatePath& path = estate_.private_paths[id];
      if (path.name != way.name) continue;
      const bool leads = std::find(path.services.begin(), path.services.end(), access.service) != path.services.end();
      if (access.anywhere && !only_grants_) return leads ? Says::Unknown : Says::No;
      return std::find(access.paths.begin(), access.paths.end(), id) != access.paths.end() ? Says::Yes : Says::No;
    }
    return Says::No;
  }
  // What comes any way is put down as that, though a way may be closed.
  if (way.kind == DataWay::Kind::Internet) return access.anywhere ? Says::Yes : Says::No;
  if (access.anywhere) return only_grants_ ? Says::Yes : Says::Unknown;
  Says out = Says::No;
  for (const estate::Block& block : access.from) {
    const auto* prefix = std::get_if<net::Prefix>(&block.base);
    if (prefix == nullptr || block.part) {
      out = std::max(out, Says::Unknown);
    } else if (prefix->address.family == net::Family::V4 && cidr(net::to_string(*prefix)).holds(way.address)) {
      out = Says::Yes;
    }
  }
  return out;
}

Says EngineData::says(const DataQuestion& question, const DataThing& thing) const {
  Says out = Says::No;
  for (const estate::Access& access : estate_.accesses) {
    if (!is_thing(estate_.services[access.service], thing) || !is(access.who, question.who)) continue;
    const bool does = std::any_of(access.actions.begin(), access.actions.end(),
                                  [&](estate::Action action) { return estate::word(action) == question.action; });
    if (!does) continue;
    const Says one = comes(access, question.way);
    out = std::max(out, access.doubt.empty() ? one : std::min(one, Says::Unknown));
  }
  return out;
}

}  // namespace crenel::agreement
