#include "compiler/model/engines.h"

#include <algorithm>

namespace crenel::model {

const std::vector<Engine>& engines() {
  // postgresql.org/support/versioning and dev.mysql.com (8.4 is the line with long-term support), 2026-11-23.
  static const std::vector<Engine> kEngines = {
      {.word = "postgres15", .family = EngineFamily::Postgres, .version = "15", .port = 5432},
      {.word = "postgres16", .family = EngineFamily::Postgres, .version = "16", .port = 5432},
      {.word = "postgres17", .family = EngineFamily::Postgres, .version = "17", .port = 5432},
      {.word = "mysql8", .family = EngineFamily::MySql, .version = "8.4", .port = 3306},
  };
  return kEngines;
}

const Engine* engine_named(std::string_view word) {
  const auto& all = engines();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Engine& each) { return each.word == word; });
  return found == all.end() ? nullptr : &*found;
}

net::Traffic listened_on(const Engine& engine) {
  return net::Traffic::of(net::Protocol::Tcp, engine.port, engine.port);
}

}  // namespace crenel::model
