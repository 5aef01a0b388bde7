#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/data.h"
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
  auto store = keyed_from<model::Store>(context, declared);
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
    if (store) function.on_created.push_back(*store);
    return store.has_value();
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
    return std::optional(design.vaults.add(service_from<model::Vault>(declared)));
  });
  each<model::StoreId>(context, Kind::Store, [&](const Declared& declared) { return add_store(context, declared); });
  each<model::QueueId>(context, Kind::Queue, [&](const Declared& declared) { return add_queue(context, declared); });
  each<model::TopicId>(context, Kind::Topic, [&](const Declared& declared) {
    return std::optional(design.topics.add(keyed_from<model::Topic>(context, declared)));
  });
  each<model::TableId>(context, Kind::Table, [&](const Declared& declared) {
    return std::optional(design.data_tables.add(keyed_from<model::Table>(context, declared)));
  });
  each<model::FunctionId>(context, Kind::Function,
                          [&](const Declared& declared) { return add_function(context, declared); });
  each<model::PrivatePathId>(context, Kind::Endpoint,
                             [&](const Declared& declared) { return add_path(context, declared); });
  set_references(context);
}

}  // namespace crenel::sema
