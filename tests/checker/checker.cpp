#include "tests/checker/checker.h"

#include <algorithm>
#include <exception>
#include <set>

#include "compiler/base/fingerprint.h"
#include "tests/checker/addresses.h"
#include "tests/checker/data_rules.h"
#include "tests/checker/template_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

bool same(const PacketList& a, const PacketList& b) { return covers(a, b) && covers(b, a); }

void append(PacketList& all, const PacketList& more) { all.insert(all.end(), more.begin(), more.end()); }

class Checker {
 public:
  Checker(const std::string& text, json certificate)
      : text_(text), certificate_(std::move(certificate)), document_(read_template(text)) {
    rules_ = rules_of(document_, certificate_.at("provider").get<std::string>());
  }

  std::vector<std::string> run() {
    subject();
    for (const auto& [path, rule] : rules_) listed(path, rule);
    for (const json& row : certificate_.at("rules")) known(row);
    require(blocks_said(certificate_) == blocks_of(document_),
            "networks and subnets have other addresses than it says");
    for (const json& pair : certificate_.at("admitted")) admitted(pair);
    for (const auto& [path, rule] : rules_) {
      if (rule.allow && rule.stateful) needed(path, rule);
    }
    if (certificate_.at("provider") == "azure") closed();
    for (const std::string& fault : check_data(document_, certificate_)) faults_.push_back(fault);
    return faults_;
  }

 private:
  void require(bool good, const std::string& fault) {
    if (!good) faults_.push_back(fault);
  }

  void subject() {
    require(certificate_.at("schema") == "crenel.certificate/2", "another form of certificate");
    require(certificate_.at("template").at("sha256") == base::sha256(text_), "it is about other bytes");
    require(certificate_.at("proof").at("template") == "equal", "the template was not proved equal");
    for (const json& claim : certificate_.at("claims")) {
      require(claim.at("verdict") != "refuted", "a claim does not hold: " + claim.at("claim").get<std::string>());
    }
    for (const json& source : certificate_.at("sources")) {
      require(source.at("sha256").get<std::string>().size() == 64, "a source without a digest");
    }
  }

  /// The certificate has the rule as the template has it.
  void listed(const std::string& path, const Rule& rule) {
    const json& rows = certificate_.at("rules");
    const bool found = std::any_of(rows.begin(), rows.end(), [&](const json& row) {
      return row.at("at") == path && (row.at("direction") == "in") == rule.in &&
             (row.at("action") == "allow") == rule.allow && same(parse_packets(row.at("packets")), rule.packets);
    });
    require(found, "a rule of the template that the certificate does not have so: " + path);
  }

  /// A private endpoint without a list takes everything, and opens nothing.
  [[nodiscard]] bool of_endpoint(const json& row) const {
    const json::json_pointer place(row.at("at").get<std::string>());
    if (!document_.contains(place) || !document_.at(place).is_object()) return false;
    const bool endpoint = document_.at(place).value("type", "") == "Microsoft.Network/privateEndpoints";
    return endpoint && (row.at("direction") == "in") == (row.at("action") == "allow");
  }

  /// The template has the rule, or the provider adds it to a list of the template.
  void known(const json& row) {
    const std::string path = row.at("at");
    const bool of_list = std::any_of(rules_.begin(), rules_.end(), [&](const auto& each) {
      return each.second.list == path || each.first.starts_with(path + "/");
    });
    require(rules_.contains(path) || of_list || of_endpoint(row), "a rule that the template does not have: " + path);
  }

  void admitted(const json& pair) {
    const std::string name = pair.at("from").get<std::string>() + " -> " + pair.at("to").get<std::string>();
    PacketList all;
    for (const json& flow : pair.at("flows")) {
      const PacketList packets = parse_packets(flow.at("traffic"));
      append(all, packets);
      require(!flow.at("statement").get<std::string>().empty(), "admitted and not declared: " + name);
      PacketList decided;
      for (const json& passage : flow.at("decided")) {
        append(decided, parse_packets(passage.at("packets")));
        passes(passage, name);
      }
      // Between the members of a group of one there is nothing to let through.
      const bool alone = decided.empty() && pair.at("from") == pair.at("to");
      if (decided.empty() && pair.at("to") == "internet" && runs_outside(document_, pair.at("from"))) continue;
      if (decided.empty() && only_hands_on(document_, pair.at("from")) && !is_called(pair.at("from"))) continue;
      const PacketList met = between(pair.at("from"), pair.at("to"), packets);
      require(alone || same(decided, met), "not all of a flow is let through, or more than it: " + name);
    }
    require(same(all, parse_packets(pair.at("traffic"))), "admitted is not what flows declare: " + name);
  }

  [[nodiscard]] bool is_called(const json& name) const {
    const json& pairs = certificate_.at("admitted");
    return std::any_of(pairs.begin(), pairs.end(), [&](const json& pair) { return pair.at("to") == name; });
  }

  /// What of the packets two ends can send each other: a block of addresses has one family, and so one ICMP.
  static PacketList between(const std::string& from, const std::string& to, PacketList packets) {
    for (const std::string& end : {from, to}) {
      if (end.find('/') == std::string::npos) continue;
      const int other = protocol_number(end.find(':') == std::string::npos ? "icmp6" : "icmp");
      std::erase_if(packets, [&](const Packets& one) { return one.protocol == other; });
    }
    return packets;
  }

  /// Past what a balancer hands on to, packets have the port of that.
  void hand_on(const std::string& path, PacketList& packets) const {
    const json::json_pointer place(path);
    const json& at = document_.at(place);
    const bool whole = !place.empty() && place.back() == "Properties";
    const json& resource = whole ? document_.at(place.parent_pointer()) : at;
    if (!resource.is_object()) return;
    const bool target_group = resource.value("Type", "") == "AWS::ElasticLoadBalancingV2::TargetGroup";
    const json& said = resource.contains("properties") ? resource.at("properties") : at;
    const json port = said.is_object() ? said.value(target_group ? "Port" : "backendPort", json()) : json();
    if (!port.is_number() && !port.is_string()) return;
    const int number = port.is_number() ? port.get<int>() : std::stoi(port.get<std::string>());
    if (number == 0) return;  // all ports, as they are
    for (Packets& one : packets) one.first = one.last = number;
  }

  void passes(const json& passage, const std::string& name) {
    PacketList packets = parse_packets(passage.at("packets"));
    bool by_rule = false;
    for (const json& place : passage.at("by")) {
      const std::string path = place;
      require(document_.contains(json::json_pointer(path)), name + ": there is no " + path);
      const auto found = rules_.find(path);
      if (found == rules_.end()) {
        hand_on(path, packets);
        continue;
      }
      const Rule& rule = found->second;
      require(rule.allow, name + ": denied by " + path);
      if (!rule.stateful) continue;  // it may be there for the answers
      by_rule = true;
      append(used_[path], packets);
      require(covers(rule.packets, packets), name + ": " + path + " does not match all of it");
      require(!denied_before(rule, packets), name + ": a denial to everybody comes before " + path);
    }
    require(by_rule, name + ": no rule lets it through");
  }

  [[nodiscard]] bool denied_before(const Rule& rule, const PacketList& packets) const {
    return std::any_of(rules_.begin(), rules_.end(), [&](const auto& each) {
      const Rule& other = each.second;
      return !other.allow && other.everybody && other.list == rule.list && other.in == rule.in &&
             other.order < rule.order && covers(other.packets, packets);
    });
  }

  /// Whatever the rule lets through is let through for a flow, or accounted for.
  void needed(const std::string& path, const Rule& rule) {
    PacketList packets = used_.contains(path) ? used_.at(path) : PacketList{};
    for (const json& row : certificate_.at("beyond")) {
      if (row.at("at") == path && !row.at("why").get<std::string>().empty()) {
        append(packets, parse_packets(row.at("packets")));
      }
    }
    require(covers(packets, rule.packets), "an opening that no flow needs: " + path);
  }

  /// Azure ends every list with rules that admit the whole network; a denial of everything stands before them.
  void closed() {
    std::set<std::string> lists;
    std::set<std::pair<std::string, bool>> ends;
    for (const auto& [path, rule] : rules_) {
      lists.insert(rule.list);
      if (!rule.allow && rule.everybody && covers(rule.packets, {Packets{}})) ends.emplace(rule.list, rule.in);
    }
    for (const std::string& list : lists) {
      for (const bool in : {true, false}) require(ends.contains({list, in}), "a list that is left open: " + list);
    }
  }

  const std::string& text_;
  json certificate_;
  json document_;
  std::map<std::string, Rule> rules_;
  std::map<std::string, PacketList> used_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> check(const std::string& template_text, const std::string& certificate_text) {
  try {
    return Checker(template_text, json::parse(certificate_text)).run();
  } catch (const std::exception& fault) {
    return {std::string("it cannot be read: ") + fault.what()};
  }
}

}  // namespace crenel::checker
