#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/ids.h"
#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/existing.h"
#include "compiler/model/existing.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/build_things.h"

namespace crenel::sema {
namespace {

template <class T>
T service_from(const Declared& declared) {
  T out;
  out.origin = origin_from(declared);
  out.labels = words(declared, "labels");
  out.settings = declared.settings;
  return out;
}

/// Of what may have been made elsewhere.
template <class T>
T known_from(T made, const Declared& declared) {
  auto id = late<std::string>(declared, "id");
  if (flag(declared, "existing", false) && id) {
    made.existing = model::Existing{.id = std::move(*id), .span = attribute_span(declared, "id")};
  }
  return made;
}

/// With a key of its own vault, perhaps.
template <class T>
T keyed_from(const BuildContext& context, const Declared& declared) {
  T out = service_from<T>(declared);
  const auto* vault = attribute_as<EntityRef>(declared, "key");
  if (vault != nullptr) out.key = context.id_of<model::VaultId>(vault->id);
  return out;
}

std::optional<std::int64_t> seconds(const Declared& declared, std::string_view name) {
  const auto* duration = attribute_as<Duration>(declared, name);
  return duration == nullptr ? std::nullopt : std::optional(duration->seconds);
}

/// What providers count in days.
std::optional<std::int64_t> whole_days(BuildContext& context, const Declared& declared, std::string_view name) {
  const auto given = seconds(declared, name);
  if (!given || (*given >= model::kSecondsPerDay && *given % model::kSecondsPerDay == 0)) return given;
  context.diagnostics
      .report(diagnostics::kNotWholeDays, attribute_span(declared, name), std::string(name),
              model::to_string(declared.path))
      .help = fmt::format("say `{} = 30d`, or another number of days", name);
  return std::nullopt;
}

std::optional<model::StoreId> add_store(BuildContext& context, const Declared& declared) {
  auto store = known_from(keyed_from<model::Store>(context, declared), declared);
  store.archive_after_seconds = whole_days(context, declared, "archive_after");
  store.lock_seconds = whole_days(context, declared, "lock");
  return context.design.stores.add(std::move(store));
}

std::optional<model::QueueId> add_queue(BuildContext& context, const Declared& declared) {
  auto queue = keyed_from<model::Queue>(context, declared);
  if (const auto* retry = attribute_as<std::int64_t>(declared, "retry")) queue.retry = static_cast<int>(*retry);
  queue.retain_seconds = seconds(declared, "retain");
  return context.design.queues.add(std::move(queue));
}

/// The things of a list that became a part of the design; false when one of them was in error.
template <class Add>
bool each_named(const Declared& declared, std::string_view name, Add add) {
  const auto* list = attribute_as<List>(declared, name);
  if (list == nullptr) return true;
  return std::all_of(list->items.begin(), list->items.end(), [&](const Value& item) {
    const auto* reference = std::get_if<EntityRef>(&item.node);
    return reference == nullptr || add(reference->id);
  });
}

std::optional<model::FunctionId> add_function(BuildContext& context, const Declared& declared) {
  auto function = service_from<model::Function>(declared);
  if (declared.home) {
    function.tier = context.id_of<model::TierId>(*declared.home);
    if (!function.tier) return std::nullopt;
  }
  function.code = text(declared, "code");
  function.runtime = text(declared, "runtime");
  const bool sound = each_named(declared, "on_created", [&](DeclaredId id) {
    const auto store = context.id_of<model::StoreId>(id);
    if (!store) return false;
    const model::Store& source = context.design.stores[*store];
    if (source.existing) {
      context.diagnostics
          .report(diagnostics::kElsewhere, attribute_span(declared, "on_created"), model::to_string(source.origin.path),
                  "which events it tells is said where it is made")
          .help = "let the function be invoked by a group, or keep what starts it in a store of this design";
      return false;
    }
    function.on_created.push_back(*store);
    return true;
  });
  if (!sound) return std::nullopt;
  return context.design.functions.add(std::move(function));
}

std::optional<model::Service> service_of(const BuildContext& context, DeclaredId id) {
  return std::visit(
      [](const auto& thing) -> std::optional<model::Service> {
        if constexpr (std::is_constructible_v<model::Service, decltype(thing)>) return model::Service(thing);
        return std::nullopt;
      },
      context.things.at(id.index()));
}

std::optional<model::PrivatePathId> add_path(BuildContext& context, const Declared& declared) {
  const auto tier = context.id_of<model::TierId>(declared.home.value());
  if (!tier) return std::nullopt;
  model::PrivatePath path{
      .origin = origin_from(declared), .tier = *tier, .services = {}, .settings = declared.settings};
  const bool sound = each_named(declared, "targets", [&](DeclaredId id) {
    const auto service = service_of(context, id);
    const bool known =
        service && std::find(path.services.begin(), path.services.end(), *service) != path.services.end();
    if (service && !known) path.services.push_back(*service);
    return service.has_value();
  });
  if (!sound) return std::nullopt;
  return context.design.private_paths.add(std::move(path));
}

/// Things that were made elsewhere: each has one name, and what is taken for granted of it is said.
class Elsewhere {
 public:
  explicit Elsewhere(BuildContext& context) : context_(context) {}

  void check() {
    const model::Design& design = context_.design;
    for (const auto id : design.vaults.ids()) see(design.vaults[id], id);
    for (const auto id : design.stores.ids()) see(design.stores[id], id);
    for (const auto id : design.topics.ids()) see(design.topics[id], id);
  }

 private:
  template <class Thing, class Id>
  void see(const Thing& thing, Id id) {
    if (!thing.existing) return;
    const std::string name = model::to_string(thing.origin.path);
    for (const Known& other : known_) {
      if (other.id != thing.existing->id) continue;
      context_.diagnostics.report(diagnostics::kOneThingTwice, thing.existing->span, other.name, name)
          .notes.push_back({other.span, fmt::format("`{}` is declared here", other.name)});
      return;
    }
    auto& assumptions = context_.design.assumptions;
    assumptions.push_back(model::assumption_on(context_.design, id) + ".");
    for (const Known& other : known_) {
      // Two names that are written out differ; a parameter may be given the other's.
      const bool open =
          other.kind == model::Endpoint(id).index() && (std::holds_alternative<model::ParameterId>(other.id) ||
                                                        std::holds_alternative<model::ParameterId>(thing.existing->id));
      if (open) assumptions.push_back(fmt::format("`{}` and `{}` are two.", other.name, name));
    }
    known_.push_back(
        {.kind = model::Endpoint(id).index(), .id = thing.existing->id, .name = name, .span = thing.existing->span});
  }

  struct Known {
    std::size_t kind;
    model::Late<std::string> id;
    std::string name;
    base::Span span;
  };
  BuildContext& context_;
  std::vector<Known> known_;
};

/// What other things say of services.
void set_references(BuildContext& context) {
  for (const auto id : context.design.networks.ids()) {
    const auto* store = attribute_as<EntityRef>(context.declared(id), "flow_logs");
    if (store != nullptr) context.design.networks[id].flow_log_store = context.id_of<model::StoreId>(store->id);
  }
  for (const auto id : context.design.groups.ids()) {
    const auto* driven = attribute_as<Driven>(context.declared(id), "scale");
    const auto* queue = driven == nullptr ? nullptr : std::get_if<EntityRef>(&driven->argument->node);
    if (queue != nullptr) context.design.groups[id].scale.queued = context.id_of<model::QueueId>(queue->id);
  }
}

}  // namespace

void build_services(BuildContext& context) {
  model::Design& design = context.design;
  each<model::VaultId>(context, Kind::Vault, [&](const Declared& declared) {
    return std::optional(design.vaults.add(known_from(service_from<model::Vault>(declared), declared)));
  });
  each<model::StoreId>(context, Kind::Store, [&](const Declared& declared) { return add_store(context, declared); });
  each<model::QueueId>(context, Kind::Queue, [&](const Declared& declared) { return add_queue(context, declared); });
  each<model::TopicId>(context, Kind::Topic, [&](const Declared& declared) {
    return std::optional(design.topics.add(known_from(keyed_from<model::Topic>(context, declared), declared)));
  });
  each<model::TableId>(context, Kind::Table, [&](const Declared& declared) {
    return std::optional(design.data_tables.add(keyed_from<model::Table>(context, declared)));
  });
  each<model::FunctionId>(context, Kind::Function,
                          [&](const Declared& declared) { return add_function(context, declared); });
  each<model::PrivatePathId>(context, Kind::Endpoint,
                             [&](const Declared& declared) { return add_path(context, declared); });
  set_references(context);
  Elsewhere(context).check();
}

}  // namespace crenel::sema
