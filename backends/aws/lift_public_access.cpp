#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_reverts.h"
#include "backends/aws/lift_types.h"

/// VPC Block Public Access: vpc/latest/userguide/security-vpc-bpa.html, security-vpc-bpa-basics.html and the scenarios
/// of security-vpc-bpa-example.html (checked 2026-11-28). A template that says no mode is read as in an account that
/// has none; whatever else the account has set is among what a certificate assumes.
namespace crenel::aws::reading {
namespace {

using estate::InternetAccess;
using estate::SubnetId;

constexpr std::string_view kOptionsName = "PublicAccessOptions";

enum class Mode { Off, Ingress, Both, Unknown };
/// What an exclusion spares a subnet of.
enum class Spared { Nothing, Outward, Both, Unknown };

Mode mode_of(const Item& options) {
  const auto said = known_text(options["InternetGatewayBlockMode"]);
  if (!said || !options.certain) return Mode::Unknown;
  if (*said == "block-bidirectional") return Mode::Both;
  if (*said == "block-ingress") return Mode::Ingress;
  return *said == "off" ? Mode::Off : Mode::Unknown;
}

/// An account has one mode in a Region.
Mode mode_of(const Reading& reading) {
  const auto options = reading.of(kPublicAccessOptions);
  if (options.empty()) return Mode::Off;
  return options.size() == 1 ? mode_of(*options.front()) : Mode::Unknown;
}

Spared spared_by(const Item& exclusion) {
  const auto said = known_text(exclusion["InternetGatewayExclusionMode"]);
  if (!said || !exclusion.certain) return Spared::Unknown;
  if (*said == "allow-bidirectional") return Spared::Both;
  return *said == "allow-egress" ? Spared::Outward : Spared::Unknown;
}

/// Exclusions that let out are ignored by the mode that stops only what comes in ("Scenario 5"); where that mode is,
/// NAT gateways and egress-only ones go on ("Scenario 3"), and with the other one they do in excluded subnets alone
/// ("Scenario 6").
InternetAccess access(Mode mode, Spared spared) {
  if (mode == Mode::Off || spared == Spared::Both) return InternetAccess::Open;
  if (mode == Mode::Unknown || spared == Spared::Unknown) return InternetAccess::Unknown;
  return mode == Mode::Ingress || spared == Spared::Outward ? InternetAccess::Translated : InternetAccess::Closed;
}

/// What exclusions say of the estate's subnets.
class Exclusions {
 public:
  explicit Exclusions(Reading& reading) : reading_(reading) {
    for (const Item* item : reading.of(kPublicAccessExclusion)) add(*item);
  }

  [[nodiscard]] Spared of(SubnetId subnet) const {
    const auto found = spared_.find(subnet);
    return found == spared_.end() ? Spared::Nothing : found->second;
  }

 private:
  /// Of one subnet, or of all in one network.
  void add(const Item& item) {
    const Value& subnet = item["SubnetId"];
    const Value& vpc = item["VpcId"];
    const auto options = options_of(subnet.absent() ? vpc : subnet);
    const bool one = subnet.absent() != vpc.absent() && options.size() == 1 && options.front().certain;
    for (const Option& option : options) {
      for (const SubnetId id : reading_.estate.subnets.ids()) {
        if (is_named(id, *option.value, subnet.absent())) spare(id, one ? spared_by(item) : Spared::Unknown);
      }
    }
    if (!one) reading_.unknown(item.place(), "what `" + item.id() + "` leaves open to the Internet is not known");
  }

  [[nodiscard]] bool is_named(SubnetId id, const Value& value, bool whole_network) const {
    const estate::Subnet& subnet = reading_.estate.subnets[id];
    const Item* item = reading_.target(value, whole_network ? kVpc.name : kSubnet.name);
    const std::string name = item == nullptr ? words(value) : item->id();
    return name == (whole_network ? reading_.estate.networks[subnet.network].name : subnet.name);
  }

  /// Of two that say different things it is not said which holds.
  void spare(SubnetId id, Spared spared) {
    const auto [found, fresh] = spared_.emplace(id, spared);
    if (!fresh && found->second != spared) found->second = Spared::Unknown;
  }

  Reading& reading_;
  std::map<SubnetId, Spared> spared_;
};

bool is_spared(InternetAccess access) { return access == InternetAccess::Open || access == InternetAccess::Translated; }

/// Why it is not known whether what a subnet hands to an interface comes to the Internet; nothing: it is.
std::optional<std::string> doubt_about(const estate::Estate& estate, SubnetId from, const estate::Interface& next) {
  if (next.tunnelled) {
    return "leads to the endpoint of a gateway load balancer, and AWS says both that exclusions help there and that "
           "they do not";
  }
  if (next.role != estate::Role::Nat) return std::nullopt;
  // "Unless an exclusion has access to a NAT gateway … traffic is blocked", says the guide; and of instances that hand
  // on, that those who send to them need no exclusion. So both subnets are excluded, or neither, or it is open.
  const auto has = [&](InternetAccess access) {
    return std::all_of(next.subnets.begin(), next.subnets.end(),
                       [&](SubnetId place) { return estate.subnets[place].internet == access; });
  };
  const bool all_spared = is_spared(estate.subnets[from].internet) && !next.subnets.empty() &&
                          std::all_of(next.subnets.begin(), next.subnets.end(),
                                      [&](SubnetId place) { return is_spared(estate.subnets[place].internet); });
  const bool none = estate.subnets[from].internet == InternetAccess::Closed && has(InternetAccess::Closed);
  if (all_spared || (none && !next.subnets.empty())) return std::nullopt;
  return "leads to a NAT gateway, and not both its subnet and this one are excluded from VPC Block Public Access: AWS "
         "does not say which of them decides";
}

/// A table of the subnet's own where some of its routes are open to doubt.
void put_doubts(Reading& reading, SubnetId id) {
  estate::Estate& estate = reading.estate;
  estate::RouteTable own = estate.route_tables[estate.subnets[id].routes];
  bool changed = false;
  for (estate::Route& route : own.routes) {
    const auto* next = std::get_if<estate::InterfaceId>(&route.target);
    const auto why = next == nullptr ? std::nullopt : doubt_about(estate, id, estate.interfaces[*next]);
    if (!why) continue;
    route.target = estate::UnknownTarget{"a route of " + estate.subnets[id].name + " " + *why};
    changed = true;
  }
  if (changed) estate.subnets[id].routes = estate.route_tables.add(std::move(own));
}

/// What exclusions leave open beside what the template makes.
std::set<std::string> others_left_open(const Reading& reading) {
  std::set<std::string> out;
  for (const Item* item : reading.of(kPublicAccessExclusion)) {
    const bool whole_network = (*item)["SubnetId"].absent();
    const Value& what = (*item)[whole_network ? "VpcId" : "SubnetId"];
    if (reading.target(what, whole_network ? kVpc.name : kSubnet.name) == nullptr) out.insert(words(what));
  }
  return out;
}

void weaken(estate::Guard& guard, std::string what, bool sure, const Place& place) {
  guard.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
}

void read_blocking(Reading& reading, const Item& options) {
  const std::string& id = options.id();
  const bool own = id.ends_with(kOptionsName) && id.size() > kOptionsName.size();
  estate::Guard& guard =
      guard_named(reading, own ? id.substr(0, id.size() - kOptionsName.size()) : id, options.place());
  const Mode mode = mode_of(reading);
  guard.blocking = mode != Mode::Off;
  if (mode == Mode::Ingress) weaken(guard, "blocks only what comes in from the Internet", true, options.place());
  if (mode == Mode::Unknown) weaken(guard, "blocks public access", false, options.place());
  for (const std::string& other : others_left_open(reading)) {
    weaken(guard, "leaves `" + other + "` open to the Internet, which the template does not make", true,
           options.place());
  }
}

}  // namespace

void read_public_access(Reading& reading) {
  const auto options = reading.of(kPublicAccessOptions);
  const Exclusions exclusions(reading);
  if (options.empty()) return;
  for (std::size_t i = 1; i < options.size(); ++i) {
    reading.unknown(options[i]->place(), "`" + options[i]->id() +
                                             "` is a second mode of VPC Block Public Access: an account has one in a "
                                             "Region");
  }
  const Mode mode = mode_of(reading);
  estate::Estate& estate = reading.estate;
  for (const SubnetId id : estate.subnets.ids()) {
    estate::Subnet& subnet = estate.subnets[id];
    const Item* item = reading.find(subnet.name);
    const bool made_here = item != nullptr && item->resource->type == kSubnet.name;
    const Spared spared = exclusions.of(id);
    // What another template made, another one may have excluded.
    const bool open_to_doubt = !made_here && spared == Spared::Nothing;
    subnet.internet = access(mode, open_to_doubt ? Spared::Unknown : spared);
  }
  if (mode == Mode::Off) return;
  for (const SubnetId id : estate.subnets.ids()) put_doubts(reading, id);
}

void read_blockings(Reading& reading) {
  for (const Item* options : reading.of(kPublicAccessOptions)) read_blocking(reading, *options);
  for (estate::Guard& guard : reading.estate.guards) guard.blocking = guard.blocking.value_or(false);
}

}  // namespace crenel::aws::reading
