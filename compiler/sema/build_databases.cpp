#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/model/engines.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/build_things.h"

namespace crenel::sema {
namespace {

constexpr std::int64_t kMostDays = 35;  // both providers keep backups by which a moment is restored for so long

bool knows_engine(BuildContext& context, const Declared& declared) {
  const std::string engine(word(declared, "engine"));
  if (model::engine_named(engine) != nullptr) return true;
  std::vector<std::string> known;
  for (const model::Engine& each : model::engines()) known.emplace_back(each.word);
  auto& report = context.diagnostics.report(diagnostics::kUnknownEngine, attribute_span(declared, "engine"), engine);
  const auto near = base::nearest(engine, known);
  report.help = near ? fmt::format("did you mean `{}`?", *near)
                     : fmt::format("the engines are {}", base::list_in_words(known, "and"));
  if (near) report.fixes.push_back({fmt::format("write `{}`", *near), {{attribute_span(declared, "engine"), *near}}});
  return false;
}

bool keeps_whole_days(BuildContext& context, const Declared& declared, std::int64_t seconds) {
  const bool days = seconds % model::kSecondsPerDay == 0;
  if (days && seconds >= model::kSecondsPerDay && seconds <= kMostDays * model::kSecondsPerDay) return true;
  context.diagnostics
      .report(diagnostics::kBackupDays, attribute_span(declared, "backup"), model::to_string(declared.path))
      .help = "say `backup = 35d`, or fewer days";
  return false;
}

}  // namespace

std::optional<model::DatabaseId> build_database(BuildContext& context, const Declared& declared) {
  const auto tier = context.id_of<model::TierId>(declared.home.value());
  const bool known = knows_engine(context, declared);
  model::Database database;
  if (const auto* backup = attribute_as<Duration>(declared, "backup")) {
    if (!keeps_whole_days(context, declared, backup->seconds)) return std::nullopt;
    database.backup_seconds = backup->seconds;
  }
  if (!tier || !known) return std::nullopt;
  database.origin = origin_from(declared);
  database.tier = *tier;
  database.engine = std::string(word(declared, "engine"));
  database.size = size_from(declared);
  database.labels = words(declared, "labels");
  database.settings = declared.settings;
  return context.design.databases.add(std::move(database));
}

}  // namespace crenel::sema
