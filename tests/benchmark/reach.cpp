#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <ctime>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/reach/relation.h"
#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// How long the exact relation of an estate takes, and how it grows. See README.md.
///   crenel_reach_benchmark            three sizes, and the exponents between them
///   crenel_reach_benchmark GROUPS     one size, "value name" a line, for the run above
namespace {

using namespace crenel;

constexpr std::size_t kGroupsInSubnet = 50;
constexpr int kFlowsOfGroup = 45;  ///< to other groups: a rule at either end
constexpr int kBlocksOfGroup = 5;  ///< addresses outside in each direction
constexpr double kMegabyte = 1024.0 * 1024.0;

/// Milliseconds of processor time: what else the machine does is left out.
double now() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::size_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

estate::Block block(std::uint32_t bits, int length) {
  return {.base = net::Prefix{.address = {.family = net::Family::V4, .bits = bits}, .length = length},
          .part = std::nullopt};
}

estate::Kind tcp(std::uint16_t port) {
  return {.protocol = std::uint8_t{6}, .ports = {port, port}, .source_ports = {0, 65535}};
}

estate::Rule rule(std::uint16_t port, estate::Peers source, estate::Peers destination) {
  return {.allow = true,
          .kinds = {tcp(port)},
          .source = std::move(source),
          .destination = std::move(destination),
          .place = {},
          .name = {}};
}

estate::Peers anyone() {
  estate::Peers out;
  out.anyone = true;
  return out;
}

estate::Peers tagged(std::size_t group) {
  estate::Peers out;
  out.tags.emplace_back(group);
  return out;
}

/// Groups in subnets of one network, each with its own tag and list of 100 rules, an office behind a link, and NAT.
class LargeEstate {
 public:
  explicit LargeEstate(std::size_t groups) : groups_(groups) {
    network_ = made_.networks.add({.name = "Main", .spaces = {block(0x0A000000, 8)}, .place = {}});
    internet_ = made_.doors.add({.network = network_, .kind = estate::InternetDoor{}, .name = "Internet", .place = {}});
    estate::LinkDoor link;
    link.name = "Office";
    link.prefixes = {block(0xAC100000, 12)};
    office_ = made_.doors.add({.network = network_, .kind = link, .name = "Office", .place = {}});
    add_subnets();
    add_groups();
    add_flows();
  }
  estate::Estate take() { return std::move(made_); }

 private:
  void add_subnets() {
    const estate::SubnetId front = add_subnet(0xFFFF, internet_);
    estate::Interface nat;
    nat.name = "Nat";
    nat.role = estate::Role::Nat;
    nat.subnets = {front};
    nat.public_address = estate::PublicAddress::Yes;
    const estate::InterfaceId id = made_.interfaces.add(nat);
    for (std::size_t i = 0; i * kGroupsInSubnet < groups_; ++i) {
      subnets_.push_back(add_subnet(static_cast<std::uint32_t>(i), id));
    }
  }

  estate::SubnetId add_subnet(std::uint32_t number, const estate::RouteTarget& outward) {
    estate::RouteTable table{.name = "table", .routes = {}, .place = {}};
    table.routes.push_back({.destination = block(0x0A000000, 8), .target = estate::LocalTarget{}, .place = {}});
    table.routes.push_back({.destination = block(0xAC100000, 12), .target = office_, .place = {}});
    table.routes.push_back({.destination = block(0, 0), .target = outward, .place = {}});
    estate::Subnet made;
    made.name = "subnet";
    made.network = network_;
    made.blocks = {block(0x0A000000U | number << 8U, 24)};
    made.routes = made_.route_tables.add(std::move(table));
    return made_.subnets.add(std::move(made));
  }

  void add_groups() {
    for (std::size_t i = 0; i < groups_; ++i) {
      estate::Interface made;
      made.name = "group";
      made.subnets = {subnets_[i / kGroupsInSubnet]};
      made.tags = {made_.tags.add({.name = "group", .place = {}})};
      made.lists = {{made_.rule_lists.add({.name = "rules", .in = {}, .out = {}, .place = {}})}};
      made_.interfaces.add(std::move(made));
    }
  }

  void add_flows() {
    for (std::size_t from = 0; from < groups_; ++from) {
      for (int i = 0; i < kFlowsOfGroup; ++i) {
        const std::size_t to = random_() % groups_;
        const auto port = static_cast<std::uint16_t>(1 + random_() % 1000);
        list(from).out.push_back(rule(port, anyone(), tagged(to)));
        list(to).in.push_back(rule(port, tagged(from), anyone()));
      }
      for (int i = 0; i < kBlocksOfGroup; ++i) {
        estate::Peers office;
        office.blocks = {block(0xAC100000U | static_cast<std::uint32_t>(random_() % 4096) << 8U, 24)};
        list(from).in.push_back(rule(443, office, anyone()));
        estate::Peers service;
        service.blocks = {block(0x34000000U | static_cast<std::uint32_t>(random_() % 65536) << 8U, 24)};
        list(from).out.push_back(rule(443, anyone(), service));
      }
    }
  }

  estate::RuleList& list(std::size_t group) { return made_.rule_lists[estate::RuleListId(group)]; }

  std::size_t groups_;
  std::mt19937_64 random_{7};  // the same every time
  estate::Estate made_;
  estate::NetworkId network_;
  estate::DoorId internet_;
  estate::DoorId office_;
  std::vector<estate::SubnetId> subnets_;
};

int measure_one(std::size_t groups) {
  const estate::Estate estate = LargeEstate(groups).take();
  const double before = static_cast<double>(peak_bytes()) / kMegabyte;
  std::size_t rules = 0;
  for (const auto& list : estate.rule_lists) rules += list.in.size() + list.out.size();
  auto start = now();
  const auto began = start;
  const auto trees = reach::AddressTree::all(reach::blocks_of(estate),
                                             [](const auto& /*a*/, const auto& /*b*/) { return reach::Order::Open; });
  const reach::Packets packets(reach::kinds_of(estate), {});
  const double cut = now() - start;
  start = now();
  const reach::Relation relation(estate, trees.front(), packets);
  const double prepared = now() - start;
  start = now();
  const reach::Rows rows = relation.rows();
  const double related = now() - start;
  const double all = now() - began;
  const double after = static_cast<double>(peak_bytes()) / kMegabyte;
  std::size_t pairs = 0;
  for (const auto& row : rows.rows) {
    std::size_t from = 0;
    std::size_t to = 0;
    for (const auto& range : row.from) from += range.count;
    for (const auto& range : row.to) to += range.count;
    pairs += from * to;
  }
  start = now();
  const auto& first = rows.rows.front();
  const auto trace = relation.trace(first.from.front().first, first.to.front().first,
                                    rows.admitted[first.admitted].perhaps.atoms().front());
  const double witness = now() - start;
  fmt::print("{} rules\n{} ends\n{} rows\n{} pairs that admit something\n", rules, relation.ends().size(),
             rows.rows.size(), pairs);
  fmt::print("{} addresses and packets, ms\n{} ends and routes, ms\n{} rules and rows, ms\n{} all, ms\n", cut, prepared,
             related, all);
  fmt::print("{} the estate itself, MB\n{} the engine on top of it, MB\n{} a witness of {} steps, ms\n", before,
             after - before, witness, trace.steps.size());
  return trace.admitted ? 0 : 1;
}

void print_growth(const std::vector<std::size_t>& sizes) {
  std::vector<std::vector<std::pair<std::string, double>>> measured;
  for (const std::size_t size : sizes) {
    const tests::Outcome outcome = tests::run({"/proc/self/exe", std::to_string(size)});
    if (outcome.exit_code != 0) fmt::print(stderr, "{}", outcome.err);
    measured.emplace_back();
    for (const std::string& line : tests::lines_of(outcome.out)) {
      std::istringstream in(line);
      double value = 0;
      std::string name;
      in >> value >> std::ws;
      std::getline(in, name);
      measured.back().emplace_back(name, value);
    }
  }
  fmt::print("The exact relation of an estate of so many groups, and the exponents of growth between\n  {:<34}",
             "groups");
  for (const std::size_t size : sizes) fmt::print("{:>12}", size);
  fmt::print("\n");
  for (std::size_t at = 0; at < measured.front().size(); ++at) {
    fmt::print("  {:<34}", measured.front()[at].first);
    for (const auto& size : measured) fmt::print("{:>12.2f}", size.at(at).second);
    for (std::size_t i = 1; i < measured.size(); ++i) {
      const double factor = static_cast<double>(sizes[i]) / static_cast<double>(sizes[i - 1]);
      fmt::print("{:>8.2f}", std::log(measured[i][at].second / measured[i - 1][at].second) / std::log(factor));
    }
    fmt::print("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() == 2) return measure_one(std::stoul(words[1]));
  print_growth({100, 1'000, 10'000});
  return 0;
}
