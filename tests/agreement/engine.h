#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/reach/relation.h"
#include "tests/agreement/packet.h"

namespace crenel::agreement {

/// The template with the values written in the place of its parameters.
[[nodiscard]] nlohmann::json filled(const nlohmann::json& document, const ParameterValues& values);

/// The compiler's own reading of a template, asked one packet at a time, as the interpreters are.
class Engine {
 public:
  /// `kinds`: every protocol with every port that will be asked about. `hosts`: at which addresses the template's
  /// interfaces are, by the names of their resources.
  Engine(const backend::Backend& backend, const nlohmann::json& document, const std::vector<Host>& hosts,
         const std::vector<std::pair<int, int>>& kinds);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  Engine(Engine&&) = delete;
  Engine& operator=(Engine&&) = delete;
  ~Engine() = default;

  /// Why nothing can be asked; empty when it can.
  [[nodiscard]] const std::string& unread() const { return unread_; }
  /// Something of the template was not understood.
  [[nodiscard]] bool understood() const { return estate_.unknowns.empty(); }

  enum class Says { Stops, Admits, Undecided };
  [[nodiscard]] Says says(const Packet& packet);
  /// Whether the host is one of a kind: between it and itself there are no packets.
  [[nodiscard]] bool alone(const std::string& host) const;
  /// Blocks that the networks own.
  [[nodiscard]] bool in_network(Ip address) const;
  /// For a message: how the packet fares.
  [[nodiscard]] std::string trace(const Packet& packet);

 private:
  struct World {
    reach::AddressTree tree;
    std::optional<reach::Relation> relation;
    std::vector<std::pair<Cidr, reach::Cell>> cells;  ///< longest first
  };
  using Ends = std::vector<reach::EndId>;

  void place(World& world) const;
  [[nodiscard]] Ends ends(const World& world, Ip address) const;
  [[nodiscard]] reach::PacketSet atoms(int protocol, int port) const;

  estate::Estate estate_;
  std::vector<Host> hosts_;
  std::optional<reach::Packets> packets_;
  std::vector<World> worlds_;
  std::string unread_;
  std::map<std::pair<int, int>, reach::PacketSet> atoms_;
  std::map<std::pair<Ip, Ip>, std::vector<reach::Admitted>> asked_;  ///< by world
};

}  // namespace crenel::agreement
