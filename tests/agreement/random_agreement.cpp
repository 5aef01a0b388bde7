#include "tests/agreement/random_agreement.h"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <set>

#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/azure_interpreter.h"
#include "tests/agreement/declared.h"
#include "tests/agreement/engine.h"
#include "tests/agreement/mutation.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

constexpr std::size_t kMostReported = 12;
constexpr std::uint64_t kPerTemplate = 2000;
/// Of ICMP, what the interpreters know the answers of.
constexpr std::array<int, 1> kIcmpQuestions = {8};

/// What the provider would do, by an interpreter; on Azure under both readings of the tag VirtualNetwork.
class Cloud {
 public:
  Cloud(const json& document, std::string_view provider, const ParameterValues& values) {
    if (provider == "aws") {
      aws_ = std::make_unique<AwsInterpreter>(document, values);
      return;
    }
    narrow_ = std::make_unique<AzureInterpreter>(document, values, TagReading::Narrow);
    wide_ = std::make_unique<AzureInterpreter>(document, values, TagReading::Wide);
  }
  [[nodiscard]] const std::vector<Host>& hosts() const { return aws_ ? aws_->hosts() : narrow_->hosts(); }
  /// How many of the readings admit it, and how many there are.
  [[nodiscard]] std::pair<int, int> admits(const Packet& packet) const {
    if (aws_) return {aws_->admits(packet) ? 1 : 0, 1};
    return {(narrow_->admits(packet) ? 1 : 0) + (wide_->admits(packet) ? 1 : 0), 2};
  }

 private:
  std::unique_ptr<AwsInterpreter> aws_;
  std::unique_ptr<AzureInterpreter> narrow_;
  std::unique_ptr<AzureInterpreter> wide_;
};

/// Blocks and ports that a text names.
void collect(const json& node, std::set<Ip>& addresses, std::set<int>& ports) {
  if (node.is_number_integer()) {
    const auto value = node.get<long long>();
    if (value > 0 && value < 65536) ports.insert(static_cast<int>(value));
  } else if (node.is_string()) {
    const std::string text = node.get<std::string>();
    if (text.size() > 45 || text.find_first_not_of("0123456789abcdef:./-") != std::string::npos) return;
    try {
      if (text.find('.') == std::string::npos && text.find(':') == std::string::npos) {
        const int port = std::stoi(text);
        if (port > 0 && port < 65536) ports.insert(port);
        return;
      }
      const Cidr block = cidr(text);
      const Ip last = block.last();
      addresses.insert({block.base + 1, last - 1, block.base - 1, last + 1, block.base + (last - block.base) / 2});
    } catch (const std::exception&) {
      return;  // a date or a version
    }
  } else if (node.is_structured()) {
    for (const json& child : node) collect(child, addresses, ports);
  }
}

template <class T>
T one_of(const std::vector<T>& values, Random& random) {
  return values[random() % values.size()];
}

class Run {
 public:
  Run(std::uint64_t samples, std::uint64_t seed) : wanted_(samples), random_(seed) {}

  RandomOutcome run(const std::vector<Trial>& trials) {
    std::size_t next = 0;
    while (outcome_.samples < wanted_ && outcome_.templates < wanted_ + trials.size()) {
      const Trial& trial = trials[next++ % trials.size()];
      ++outcome_.templates;
      const json original = json::parse(trial.text);
      const auto values = assignments(*trial.design);
      const auto& assignment = values[random_() % values.size()];
      json changed = original;
      std::string what;
      for (std::uint64_t change = random_() % 3; change > 0; --change) what += mutate(changed, random_) + "; ";
      try {
        one(trial, changed, assignment, what);
      } catch (const std::exception&) {
        ++outcome_.unread;
      }
    }
    return outcome_;
  }

 private:
  static ParameterValues parameters(const json& document, const Assignment& assignment) {
    return for_template(assignment, names_left_open(document));
  }

  /// What the design declares: most of it is still admitted after a change, or no more.
  static std::vector<Packet> declared(const Trial& trial, const Assignment& assignment,
                                      const std::vector<Host>& hosts) {
    const Declared design(*trial.design, assignment, hosts);
    std::vector<Packet> out = design.samples();
    std::erase_if(out, [&](const Packet& packet) {
      const bool odd = packet.protocol == kIcmp &&
                       std::find(kIcmpQuestions.begin(), kIcmpQuestions.end(), packet.port) == kIcmpQuestions.end();
      return odd || !design.admits(packet);
    });
    return out;
  }

  void one(const Trial& trial, const json& document, const Assignment& assignment, const std::string& what) {
    const ParameterValues values = parameters(document, assignment);
    const Cloud cloud(document, trial.backend->name, values);
    const json whole = filled(document, values);
    std::set<Ip> corners = {ip("93.184.216.34"), ip("10.255.255.1"), ip("172.31.9.9"),
                            ip("192.168.7.7"),   ip("2606:2800::1"), ip("fd12::9")};
    std::set<int> ports = {22, 53, 80, 443, 3389, 40000};
    collect(whole, corners, ports);
    std::vector<std::pair<int, int>> kinds;
    for (const int port : ports) {
      kinds.emplace_back(kTcp, port);
      kinds.emplace_back(kTcp, std::min(port + 1, 65535));
      kinds.emplace_back(kUdp, port);
    }
    for (const int type : kIcmpQuestions) kinds.emplace_back(kIcmp, type);
    kinds.emplace_back(kIcmp6, 128);
    std::vector<Host> hosts = cloud.hosts();
    if (hosts.empty()) return;  // nobody to ask about
    const std::vector<Packet> wanted = declared(trial, assignment, hosts);
    for (const Packet& packet : wanted) kinds.emplace_back(packet.protocol, packet.port);
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    Engine engine(*trial.backend, whole, hosts, kinds);
    if (!engine.unread().empty()) {
      ++outcome_.unread;
      return;
    }
    std::vector<Ip> others;
    for (const Ip address : corners) {
      if (!engine.in_network(address)) others.push_back(address);
    }
    for (int i = 0; i < 8; ++i) {
      const Ip address = static_cast<std::uint32_t>(random_());
      // What is nobody's is nobody's: loopback, multicast and the rest of 0.0.0.0/8 and 224.0.0.0/3.
      if (!engine.in_network(address) && address >> 24 != 0 && address >> 24 != 127 && address >> 29 != 7) {
        others.push_back(address);
      }
    }
    for (std::uint64_t i = 0; i < kPerTemplate && outcome_.samples < wanted_; ++i) {
      const Host host = one_of(hosts, random_);
      const bool between_hosts = random_() % 3 == 0;
      const Ip other = between_hosts ? one_of(hosts, random_).address : one_of(others, random_);
      const auto [protocol, port] = one_of(kinds, random_);
      if (other == host.address) continue;
      Packet packet{host.address, other, protocol, port};
      if (random_() % 2 == 0) std::swap(packet.from, packet.to);
      if (!wanted.empty() && random_() % 2 == 0) packet = beside(one_of(wanted, random_), packet);
      if (is_ipv6(packet.from) != is_ipv6(packet.to) || packet.protocol == (is_ipv6(packet.from) ? kIcmp : kIcmp6)) {
        --i;  // no such packet
        continue;
      }
      if (is_nobodys(packet.from) || is_nobodys(packet.to)) continue;
      if (packet.from == packet.to || same_and_alone(engine, hosts, packet)) continue;
      sample(trial, cloud, engine, packet, what);
    }
  }

  /// A declared packet, in one of four with something of another.
  Packet beside(Packet packet, const Packet& other) {
    switch (random_() % 8) {
      case 0:
        packet.protocol = other.protocol;
        packet.port = other.port;
        break;
      case 1:
        (random_() % 2 == 0 ? packet.from : packet.to) = random_() % 2 == 0 ? other.from : other.to;
        break;
      default:
        break;
    }
    return packet;
  }

  /// No host has such an address, and nobody carries a packet from or to it. (RFC 1122, 3.2.1.3; RFC 919.)
  static bool is_nobodys(Ip address) { return address >> 24 == 127 || address == ip("255.255.255.255"); }

  static bool same_and_alone(const Engine& engine, const std::vector<Host>& hosts, const Packet& packet) {
    const auto name = [&](Ip address) {
      const auto found = std::find_if(hosts.begin(), hosts.end(), [&](const Host& h) { return h.address == address; });
      return found == hosts.end() ? std::string() : found->name;
    };
    return !name(packet.from).empty() && name(packet.from) == name(packet.to) && engine.alone(name(packet.from));
  }

  void sample(const Trial& trial, const Cloud& cloud, Engine& engine, const Packet& packet, const std::string& what) {
    ++outcome_.samples;
    const auto [yes, of] = cloud.admits(packet);
    outcome_.admitted += yes == of ? 1 : 0;
    const Engine::Says says = engine.says(packet);
    if (says == Engine::Says::Undecided) {
      ++outcome_.undecided;
      return;
    }
    if ((says == Engine::Says::Admits) == (yes == of) && (says == Engine::Says::Stops) == (yes == 0)) return;
    ++outcome_.disagreements;
    if (outcome_.examples.size() >= kMostReported) return;
    outcome_.examples.push_back(trial.design->name + " on " + std::string(trial.backend->name) + " [" + what + "] " +
                                show(packet) + ": the engine " +
                                (says == Engine::Says::Admits ? "admits it" : "stops it") + ", the interpreter " +
                                (yes == of  ? "admits it"
                                 : yes == 0 ? "stops it"
                                            : "is of two minds") +
                                "\n" + engine.trace(packet));
  }

  std::uint64_t wanted_;
  Random random_;
  RandomOutcome outcome_;
};

}  // namespace

RandomOutcome agree_at_random(const std::vector<Trial>& trials, std::uint64_t samples, std::uint64_t seed) {
  return Run(samples, seed).run(trials);
}

}  // namespace crenel::agreement
