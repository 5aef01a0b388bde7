#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/net/traffic.h"

/// The engines of managed databases that the language knows.
namespace crenel::model {

enum class EngineFamily : std::uint8_t { Postgres, MySql };

struct Engine {
  std::string_view word;  ///< as the language spells it: "postgres16"
  EngineFamily family = EngineFamily::Postgres;
  std::string_view version;  ///< as its makers number it: "16", "8.4"
  std::uint16_t port = 0;    ///< what it listens on, over TCP
};

/// Newest last within a family. What its makers no longer mend, or a provider no longer offers, is not in it.
[[nodiscard]] const std::vector<Engine>& engines();
/// Null for a word that is none.
[[nodiscard]] const Engine* engine_named(std::string_view word);
[[nodiscard]] net::Traffic listened_on(const Engine& engine);

}  // namespace crenel::model
