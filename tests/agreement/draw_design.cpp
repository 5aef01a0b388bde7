#include <fmt/format.h>

#include <array>

#include "tests/agreement/random_designs.h"

namespace crenel::agreement {
namespace {

/// One design after another of a few networks, so that little of it stands alone.
class Drawing {
 public:
  Drawing(std::string_view provider, Random& random) : aws_(provider == "aws"), random_(random) {
    line("import std/services { https, http, ssh, dns, postgres }");
    line(
        fmt::format("pattern drawn(image : image, certificate : certificate, key0 : secret, key1 : secret, "
                    "key2 : secret, password : secret, office : cidr(/24../28) within 192.168.96.0/20, "
                    "partner : cidr(/26../32) within 203.0.113.128/25) for {} {{",
                    provider));
  }

  std::string draw() {
    sites();
    hub_ = chance(25);
    const std::size_t networks = (hub_ ? 2 : 1) + below(3);
    for (std::size_t i = 0; i < networks; ++i) network(i);
    links();
    peers(networks);
    if (chance(15)) network_elsewhere();
    things();
    guards();
    const std::size_t flows = 3 + below(12);
    for (std::size_t i = 0; i < flows; ++i) flow();
    if (chance(40)) {
      for (std::size_t i = 1 + below(4); i > 0; --i) claim();
    }
    line("}");
    return std::move(text_);
  }

 private:
  struct Tier {
    std::string path;
    std::string kind;
  };

  void line(const std::string& said) { text_ += said + "\n"; }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

  // ---- places
  void sites() {
    const std::array<std::string, 6> blocks = {"172.16.0.0/16",   "172.20.0.0/14",  "192.168.4.0/22",
                                               "192.168.64.0/24", "203.0.113.0/25", "198.51.100.64/26"};
    const std::size_t count = below(4);
    std::size_t at = below(blocks.size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = fmt::format("site{}", i);
      std::string addresses = blocks.at(at++ % blocks.size());
      if (chance(25)) addresses += ", " + blocks.at(at++ % blocks.size());
      if (i == 2 && chance(60)) addresses = chance(50) ? "office" : "partner";
      line(fmt::format("  site {} {{ addresses = [{}]  device = 192.0.2.{} }}", name, addresses, i + 4));
      sites_.push_back(name);
    }
    if (count > 0 && chance(20)) {
      line("  site desk { addresses = [172.16.8.16/28]  inside = site0 }");
      inner_ = true;
    }
  }

  void network(std::size_t number) {
    const std::string name = fmt::format("net{}", number);
    const bool ipv6 = chance(30);
    // Twins: what nothing joins may have the same addresses.
    if (number == 0 || !chance(20)) octet_ = 10 + number;
    const std::string space = fmt::format("10.{}.0.0/{}", octet_, 16 + below(4));
    const std::string in_both = fmt::format("[{}, 2001:db8:{}::/48]", space, number + 1);
    line(fmt::format("  network {} {{", name));
    line(fmt::format("    space = {}", ipv6 && !aws_ && chance(60) ? in_both : space));
    if (ipv6) line("    ipv6 = true");
    if (chance(50)) line(fmt::format("    zones = {}", 1 + below(3)));
    if (chance(10)) line("    flow_logs = kept0");
    // A hub has the gateways' tier and one or two of appliances first, by which the others send.
    const std::vector<std::string> first =
        hub_ && number == 0 ? std::vector<std::string>{"public", "private", "private"} : std::vector<std::string>{};
    const std::size_t tiers = first.size() + 1 + below(hub_ ? 2 : 5);
    for (std::size_t i = 0; i < tiers; ++i) {
      const std::string kind =
          i < first.size() ? first[i]
                           : one_of<std::string>({"public", "public", "private", "private", "private", "isolated"});
      const std::string tier = fmt::format("tier{}", i);
      const std::string rules = chance(35) ? "  acl = strict" : "";
      line(fmt::format("    subnet {} : {} {{ size = /{}{} }}", tier, kind, 24 + below(4), rules));
      tiers_.push_back({.path = name + "." + tier, .kind = kind});
    }
    line("  }");
    networks_.push_back(name);
  }

  void links() {
    std::size_t keys = 0;
    for (const std::string& network : networks_) {
      for (const std::string& site : sites_) {
        if (!chance(35)) continue;
        if (chance(80) && keys < 3) {
          line(fmt::format("  link {} to {} by vpn {{ key = key{} }} because \"drawn\"", network, site, keys++));
        } else {
          line(fmt::format("  link {} to {} by direct {{ encrypted = true }} because \"drawn\"", network, site));
        }
      }
    }
  }

  void peers(std::size_t networks) {
    for (std::size_t i = 0; i + 1 < networks; ++i) {
      const std::size_t with = hub_ && chance(85) ? 0 : i;
      if (chance(hub_ ? 90 : 60)) line(fmt::format("  peer net{} with net{} because \"drawn\"", with, i + 1));
    }
  }

  /// On AWS a route table leads to it over this side of a peering; on Azure rules name its addresses.
  void network_elsewhere() {
    const std::string id = aws_
                               ? "vpc-0123456789abcdef0"
                               : "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers/"
                                 "Microsoft.Network/virtualNetworks/far";
    line(fmt::format("  existing network far = \"{}\" {{ space = 10.200.0.0/16 }}", id));
    line(fmt::format("  peer {} with far because \"drawn\"", one_of(networks_)));
    sites_.emplace_back("far");
  }

  // ---- what is in them
  void things() {
    if (chance(15)) {
      line("  agent sensor { install = \"systemctl enable sensor\" }");
      agents_ = true;
    }
    if (chance(40)) services();
    std::vector<std::pair<std::string, std::string>> balancers;  // a name and a tier
    for (std::size_t i = 0; i < tiers_.size(); ++i) {
      const Tier& tier = tiers_[i];
      if (hub_ && (i == 1 || i == 2) && chance(70)) {
        appliance(i, tier);
        continue;
      }
      switch (below(8)) {
        case 0:
          balancers.emplace_back(fmt::format("front{}", i), tier.path);
          break;
        case 1:
          if (!services_.empty() && chance(30)) {
            function(fmt::format("run{}", i), chance(80) ? " in " + tier.path : "");
          } else if (chance(60)) {
            appliance(i, tier);
          } else {
            line(fmt::format("  database db{} in {} {{ engine = postgres }}", i, tier.path));
            databases_.push_back(fmt::format("db{}", i));
          }
          break;
        default:
          groups(i, tier);
      }
    }
    for (const auto& [name, tier] : balancers) balancer(name, tier);
  }

  void appliance(std::size_t number, const Tier& tier) {
    const std::string count = chance(30) ? fmt::format("  count = {}", 2 + below(2)) : "";
    line(fmt::format("  appliance wall{} in {} {{ image = image{} }} because \"drawn\"", number, tier.path, count));
    hops_.push_back(fmt::format("wall{}", number));
  }

  void services() {
    const std::size_t count = 1 + below(3);
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string kind = one_of<std::string>({"store", "store", "queue", "topic", "table", "vault"});
      const std::string name = fmt::format("kept{}", i);
      const std::string id = chance(20) ? id_elsewhere(kind) : "";
      line(id.empty() ? fmt::format("  {} {}", kind, name) : fmt::format("  existing {} {} = \"{}\"", kind, name, id));
      services_.emplace_back(name, kind);
      all += (i == 0 ? "" : ", ") + name;
    }
    for (std::size_t i = 0; i < tiers_.size(); ++i) {
      if (chance(50)) line(fmt::format("  endpoint way{} in {} for {}", i, tiers_[i].path, chance(70) ? all : "kept0"));
    }
  }

  /// Of a service that somebody else keeps; "" where the language has no such thing.
  [[nodiscard]] std::string id_elsewhere(const std::string& kind) const {
    const std::string group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers/";
    if (kind == "store") {
      return aws_ ? "arn:aws:s3:::kept-elsewhere"
                  : group + "Microsoft.Storage/storageAccounts/elsewhere/blobServices/default/containers/kept";
    }
    if (kind == "topic") {
      return aws_ ? "arn:aws:sns:eu-west-1:111122223333:told"
                  : group + "Microsoft.ServiceBus/namespaces/elsewhere/topics/told";
    }
    if (kind == "vault") {
      return aws_ ? "arn:aws:secretsmanager:eu-west-1:111122223333:secret:kept/login-a1B2c3"
                  : group + "Microsoft.KeyVault/vaults/elsewhere";
    }
    return "";
  }

  void function(const std::string& name, const std::string& place) {
    line(fmt::format("  function {}{} {{ code = \"print()\"  runtime = \"python3.12\"  on created({}) }}", name, place,
                     one_of(services_).first));
    functions_.push_back(name);
  }

  void guards() {
    if (!chance(8)) return;
    std::string topic = "none";
    for (const auto& [name, kind] : services_) {
      if (kind == "topic") topic = name;
    }
    const std::string alert = topic == "none" ? "" : "  alert = " + topic;
    const bool undone = !aws_ && chance(40);
    line(fmt::format("  guard drift {{ watch = [{}]{}  revert = {}{} }}", one_of(networks_), alert,
                     undone ? "5m" : "none", chance(30) ? "  prevent = true" : ""));
  }

  void data_flow() {
    const auto& [name, kind] = one_of(services_);
    std::vector<std::string> actions = {"read", "write", "read, write", "read, delete"};
    if (kind == "queue") actions = {"send", "receive"};
    if (kind == "topic") actions = {"publish"};
    if (kind == "table") actions = {"get", "put", "get, query"};
    if (kind == "vault") actions = {"read", "encrypt, decrypt"};
    const bool denied = chance(8);
    line(fmt::format("  {} {} -> {} : {}{} because \"drawn\"", denied ? "deny" : "allow", end(), name, one_of(actions),
                     !denied && chance(20) ? " via nat" : ""));
  }

  void groups(std::size_t number, const Tier& tier) {
    const std::size_t count = 1 + below(2);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = fmt::format("group{}x{}", number, i);
      std::string more;
      if (chance(30)) more += fmt::format("  scale = {}..{} by cpu(70%)", 1 + below(2), 2 + below(3));
      if (tier.kind == "public" && chance(50)) more += "  public_address = true";
      if (agents_ && chance(40)) more += "  agents = [sensor]";
      line(fmt::format("  group {} in {} {{ image = image{} }}", name, tier.path, more));
      groups_.push_back(name);
    }
  }

  void balancer(const std::string& name, const std::string& tier) {
    if (groups_.empty()) return;
    const std::string target = one_of(groups_);
    if (chance(50)) {
      const bool closed = chance(60);
      line(fmt::format("  balancer {} in {} {{ {} forward {} to {} : {} check \"/live\" }}", name, tier,
                       closed ? "certificate = certificate " : "", closed ? "https" : "http", target,
                       one_of<std::string>({"http", "tcp/8080", "http"})));
      listens_.emplace_back(name, closed ? "https" : "http");
    } else {
      const std::string protocol = chance(30) ? "udp" : "tcp";
      const std::size_t port = 5000 + below(4);
      line(fmt::format("  balancer {} in {} {{ layer = network  forward {}/{} to {} : {}/{} }}", name, tier, protocol,
                       port, target, protocol, chance(50) ? port : 6000 + below(3)));
      listens_.emplace_back(name, fmt::format("{}/{}", protocol, port));
    }
  }

  // ---- flows
  std::string end() {
    std::vector<std::string> all = {"internet", "203.0.113.0/24", "inside"};
    for (int i = 0; i < 4; ++i) all.insert(all.end(), groups_.begin(), groups_.end());
    for (int i = 0; i < 4; ++i) all.insert(all.end(), functions_.begin(), functions_.end());
    if (chance(20)) all.emplace_back("partner");
    for (int i = 0; i < 2; ++i) all.insert(all.end(), sites_.begin(), sites_.end());
    if (inner_) all.emplace_back("desk");
    if (!tiers_.empty()) all.push_back(one_of(tiers_).path);
    for (int i = 0; i < 3; ++i) all.emplace_back("internet");
    if (chance(8) && groups_.size() > 1) return one_of(groups_) + ", " + one_of(groups_);
    return one_of(all);
  }

  std::string service() {
    std::vector<std::string> all = {"https", "ssh",     "dns",           "postgres", "tcp/9000..9010",
                                    "https", "udp/514", "tcp/8080, ssh", "icmp",     "tcp/9000..9010"};
    // more rules than a security group holds, where the Internet is what sites are not
    if (chance(5)) return "tcp/25, tcp/80, tcp/443, tcp/587, tcp/993, tcp/8443";
    if (aws_) all.emplace_back("icmp/8");
    return one_of(all);
  }

  void flow() {
    if (!listens_.empty() && chance(35)) {
      const auto& [balancer, service] = one_of(listens_);
      line(fmt::format("  allow {} -> {} : {} because \"drawn\"", end(), balancer, service));
      return;
    }
    if (!services_.empty() && chance(40)) {
      data_flow();
      return;
    }
    if (!databases_.empty() && chance(25)) {
      line(fmt::format("  allow {} -> {} : postgres because \"drawn\"", end(), one_of(databases_)));
      return;
    }
    if (chance(8)) {
      line(fmt::format("  deny {} -> {} : {} because \"drawn\"", end(), end(), chance(50) ? "any" : service()));
      return;
    }
    const std::string from = end();
    const std::string to = hub_ && chance(50) ? "internet" : end();
    std::string way;
    if (to == "internet" || to == "203.0.113.0/24") {
      if (chance(50)) way = " via nat";
      if (!hops_.empty() && chance(hub_ ? 70 : 30))
        way = " via " + one_of(hops_) + (chance(hub_ ? 85 : 50) ? ", nat" : "");
      if (!sites_.empty() && chance(20)) way = " via " + one_of(sites_);
    } else if (!hops_.empty() && chance(15)) {
      way = " via " + one_of(hops_);
    }
    const std::string except = chance(5) && to != from ? " except 203.0.113.64/26" : "";
    line(fmt::format("  allow {} -> {}{} : {}{} because \"drawn\"", from, to, to == "internet" ? except : "", service(),
                     way));
  }

  /// What the compiler finds untrue is taken out like everything it refuses; what it finds proved has to be so of the
  /// template, too.
  void claim() {
    const std::string kind = one_of<std::string>({"never", "never", "only", "always"});
    const std::string arrow = kind == "never" && chance(40) ? "~>" : "->";
    const std::string traffic = kind == "always" || chance(60) ? " : " + service() : "";
    line(fmt::format("  {} {} {} {}{}", kind, chance(15) ? "any" : end(), arrow, end(), traffic));
  }

  bool aws_;
  bool hub_ = false;  ///< appliances of the first network carry what others send to the Internet
  Random& random_;
  std::string text_;
  std::vector<std::string> sites_;
  bool inner_ = false;
  std::vector<std::string> networks_;
  std::size_t octet_ = 10;  ///< of the last network's addresses
  std::vector<Tier> tiers_;
  std::vector<std::string> groups_;
  std::vector<std::string> hops_;
  std::vector<std::string> databases_;
  std::vector<std::string> functions_;
  bool agents_ = false;
  std::vector<std::pair<std::string, std::string>> listens_;   ///< a balancer and what it takes
  std::vector<std::pair<std::string, std::string>> services_;  ///< a name and a kind
};

}  // namespace

std::string draw_design(std::string_view provider, Random& random) { return Drawing(provider, random).draw(); }

}  // namespace crenel::agreement
