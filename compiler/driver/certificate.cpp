#include "compiler/driver/certificate.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "compiler/base/fingerprint.h"
#include "compiler/driver/certificate_data.h"
#include "compiler/driver/certificate_rules.h"
#include "compiler/driver/diff_addresses.h"
#include "compiler/driver/outside.h"
#include "compiler/driver/root.h"
#include "compiler/driver/version.h"
#include "compiler/model/existing.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;

class Certificate {
 public:
  Certificate(const Compilation& compilation, const CertificateSubject& subject)
      : compilation_(compilation), subject_(subject), design_(subject.design) {
    for (const auto& read : compilation_.files_read()) {
      shown_paths_.emplace(read.path, relative_to_root(compilation_.files(), compilation_.root(), read.path));
    }
  }

  [[nodiscard]] Json whole() const {
    Json out;
    out["schema"] = kCertificateSchema;
    out["compiler"] = std::string("crenel ") + std::string(version());
    out["target"] = subject_.target;
    out["provider"] = subject_.provider;
    if (design_.environment) out["environment"] = model::to_string(design_.environment->origin.path);
    if (!design_.region.empty()) out["region"] = design_.region;
    out["template"] = {{"file", subject_.template_file}, {"sha256", base::sha256(subject_.artifact.text)}};
    out["sources"] = sources();
    out["settings"] = settings();
    out["parameters"] = parameters();
    out["proof"] = proof();
    out["admitted"] = admitted();
    out["addresses"] = addresses();
    out["rules"] = rules();
    out["beyond"] = beyond();
    const bool logged = std::any_of(design_.networks.begin(), design_.networks.end(),
                                    [](const model::Network& network) { return network.flow_log_store.has_value(); });
    if (logged || !design_.data_flows.empty() || !design_.guards.empty() ||
        (subject_.deciding != nullptr && !subject_.deciding->grants.empty()))
      out["data"] = data();
    out["claims"] = claims();
    if (!subject_.policies.rules.empty()) out["policies"] = policies();
    if (!subject_.policies.waivers.empty()) out["waivers"] = waivers();
    out["residue"] = residue();
    out["assumptions"] = assumptions();
    if (says_something_outside(design_, subject_.provider)) out["outside"] = outside();
    out["quotas"] = quotas();
    return out;
  }

 private:
  /// Files by what lies on the disk, modules of the library by their text. By name, so that the order in which they
  /// were named or imported does not show.
  [[nodiscard]] Json sources() const {
    std::map<std::string, std::string> digests;
    for (const auto& read : compilation_.files_read()) digests[shown_paths_.at(read.path)] = read.sha256;
    for (const auto id : compilation_.sources().ids()) {
      const auto& source = compilation_.sources()[id];
      const bool library = source.path.starts_with("std/") && !shown_paths_.contains(source.path);
      if (library) digests[source.path] = base::sha256(source.text);
    }
    Json out = Json::array();
    for (const auto& [path, digest] : digests) out.push_back({{"path", path}, {"sha256", digest}});
    return out;
  }

  [[nodiscard]] Json settings() const {
    Json out = Json::object();
    for (const auto& binding : compilation_.request().bindings) out[binding.parameter] = binding.value;
    return out;
  }

  [[nodiscard]] Json parameters() const {
    Json out = Json::array();
    for (const auto& parameter : design_.parameters) {
      if (!parameter.chosen) out.push_back(model::to_string(parameter.origin.path));
    }
    return out;
  }

  [[nodiscard]] Json place(base::Span span) const {
    if (!span.valid()) return nullptr;
    const auto& source = compilation_.sources()[span.source];
    const auto position = compilation_.sources().position(span.source, span.begin);
    const auto shown = shown_paths_.find(source.path);
    return {{"path", shown == shown_paths_.end() ? source.path : shown->second},
            {"line", position.line},
            {"column", position.column}};
  }

  /// A template that was not read back proves nothing; one that differs is not written, and one that leaves something
  /// open only where that is in its nature.
  [[nodiscard]] Json proof() const {
    if (subject_.read_back == nullptr) return nullptr;
    return {{"template", subject_.read_back->comparison.equal() ? "equal" : "undecided"},
            {"over",
             "every pair of ends, every packet, every action on a service, every value of the parameters within their "
             "bounds"},
            {"except",
             "private addresses where a flow comes over the Internet, and of `internet` 100.64.0.0/10 (RFC 6598): "
             "nobody there has them; what programs do with what they may: their code and boot texts are not read"}};
  }

  /// What lies where: inside as the template was read back, outside as the design has it.
  [[nodiscard]] Json addresses() const {
    Json out = Json::array();
    const auto add = [&](const std::vector<Placed>& placed) {
      for (const Placed& each : placed) out.push_back({{"of", each.name}, {"blocks", each.blocks}});
    };
    if (subject_.read_back != nullptr) add(places(subject_.read_back->estate));
    add(places_outside(design_));
    return out;
  }

  /// As the template was read back.
  [[nodiscard]] Json rules() const {
    Json out = Json::array();
    if (subject_.read_back == nullptr) return out;
    for (auto& row : rule_rows(subject_.read_back->estate)) {
      out.push_back({{"at", std::move(row.at)},
                     {"list", std::move(row.list)},
                     {"direction", row.in ? "in" : "out"},
                     {"action", row.allow ? "allow" : "deny"},
                     {"packets", std::move(row.packets)}});
    }
    return out;
  }

  /// Openings that no flow needs.
  /// What is said in the provider's own words: of none of it anything is proved.
  [[nodiscard]] Json outside() const {
    Json out = Json::array();
    for (const model::Override& each : design_.overrides) {
      if (each.provider != subject_.provider) continue;
      Json paths = Json::array();
      for (const auto& [path, value] : each.values) paths.push_back(path);
      out.push_back({{"override", each.resource}, {"properties", std::move(paths)}, {"at", place(each.span)}});
    }
    for (const model::Verbatim& each : design_.verbatims) {
      if (each.provider != subject_.provider) continue;
      out.push_back({{"verbatim", each.resource}, {"sha256", base::sha256(each.text)}, {"at", place(each.span)}});
    }
    return out;
  }

  [[nodiscard]] Json beyond() const {
    Json out = Json::array();
    if (subject_.deciding == nullptr) return out;
    for (auto& row : beyond_rows(subject_.read_back->estate, *subject_.deciding)) {
      out.push_back({{"at", std::move(row.at)}, {"packets", std::move(row.packets)}, {"why", std::move(row.why)}});
    }
    return out;
  }

  /// Which places of the template let the flow's packets through.
  [[nodiscard]] Json decided(std::size_t flow) const {
    Json out = Json::array();
    for (const auto& passage : subject_.deciding->flows[flow]) {
      Json by = Json::array();
      for (const auto& place : passage.by) by.push_back(place.path);
      out.push_back({{"packets", passage.packets}, {"by", std::move(by)}});
    }
    return out;
  }

  [[nodiscard]] Json flow(std::size_t index) const {
    const model::Flow& flow = design_.flows[index];
    const auto& statement = design_.statements[flow.statement];
    Json via = Json::array();
    for (const auto& hop : flow.via) {
      const auto* site = std::get_if<model::SiteId>(&hop);
      via.push_back(site == nullptr ? "nat" : model::to_string(design_.sites[*site].origin.path));
    }
    Json out = {{"traffic", net::to_string(flow.traffic)}, {"via", via}, {"statement", statement.text}};
    if (!statement.because.empty()) out["because"] = statement.because;
    if (statement.implied) out["implied"] = true;
    out["at"] = place(statement.span);
    if (subject_.deciding != nullptr) out["decided"] = decided(index);
    return out;
  }

  /// Pairs in the order in which the first flow of each is declared.
  [[nodiscard]] Json admitted() const {
    struct Pair {
      net::Traffic traffic;
      Json flows = Json::array();
    };
    std::vector<std::pair<std::string, std::string>> order;
    std::map<std::pair<std::string, std::string>, Pair> pairs;
    for (std::size_t index = 0; index < design_.flows.size(); ++index) {
      const model::Flow& one = design_.flows[index];
      const std::pair ends(model::name_of(design_, one.from), model::name_of(design_, one.to));
      const auto [entry, fresh] = pairs.try_emplace(ends);
      if (fresh) order.push_back(ends);
      entry->second.traffic = entry->second.traffic.united(one.traffic);
      entry->second.flows.push_back(flow(index));
    }
    Json out = Json::array();
    for (const auto& ends : order) {
      auto& pair = pairs.at(ends);
      out.push_back({{"from", ends.first},
                     {"to", ends.second},
                     {"traffic", net::to_string(pair.traffic)},
                     {"flows", std::move(pair.flows)}});
    }
    return out;
  }

  [[nodiscard]] Json data() const {
    return Json::parse(data_section(design_, subject_.provider, subject_.deciding,
                                    [this](base::Span span) { return place(span).dump(); }));
  }

  [[nodiscard]] Json claims() const {
    Json out = Json::array();
    for (const auto& verdict : subject_.report.claims) {
      const auto& claim = design_.claims.at(verdict.claim);
      Json row = {{"claim", claim.text}, {"verdict", word(verdict.verdict)}};
      if (!verdict.witness.empty()) row["witness"] = verdict.witness;
      if (const auto taken = model::assumptions_of(design_, claim); !taken.empty()) row["assuming"] = taken;
      row["at"] = place(claim.span);
      out.push_back(std::move(row));
    }
    return out;
  }

  /// The rules of policies that are in force here.
  [[nodiscard]] Json policies() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < subject_.policies.rules.size(); ++i) {
      const model::Rule& rule = subject_.policies.rules[i];
      Json row = {{"rule", rule.name},
                  {"severity", model::to_string(rule.severity)},
                  {"verdict", verify::word(subject_.policy_report.rules.at(i))}};
      if (!rule.controls.empty()) row["controls"] = rule.controls;
      row["at"] = place(rule.span);
      out.push_back(std::move(row));
    }
    return out;
  }

  [[nodiscard]] Json waivers() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < subject_.policies.waivers.size(); ++i) {
      const model::Waiver& waiver = subject_.policies.waivers[i];
      const std::string_view covers = compilation_.sources().text(waiver.covers_span);
      out.push_back({{"rule", waiver.rule},
                     {"covers", std::string(covers)},
                     {"because", waiver.because},
                     {"owner", waiver.owner},
                     {"ticket", waiver.ticket},
                     {"until", model::to_string(waiver.until)},
                     {"used", subject_.policy_report.waivers.at(i).used},
                     {"at", place(waiver.span)}});
    }
    return out;
  }

  [[nodiscard]] Json residue() const {
    Json out = Json::array();
    for (const auto& one : subject_.artifact.residue) out.push_back({{"subject", one.subject}, {"text", one.text}});
    return out;
  }

  /// The model's, then the provider's.
  [[nodiscard]] Json assumptions() const {
    Json out = Json::array();
    for (const auto& one : design_.assumptions) out.push_back(one);
    for (const auto& one : subject_.artifact.assumptions) out.push_back(one);
    return out;
  }

  [[nodiscard]] Json quotas() const {
    Json out = Json::array();
    for (const auto& use : subject_.artifact.quotas) {
      out.push_back({{"subject", use.subject},
                     {"quota", use.quota},
                     {"used", use.used},
                     {"limit", use.limit},
                     {"adjustable", use.adjustable},
                     {"source", use.source}});
    }
    return out;
  }

  const Compilation& compilation_;
  const CertificateSubject& subject_;
  const model::Design& design_;
  std::map<std::string, std::string> shown_paths_;  // as read → relative to the root
};

}  // namespace

std::string certificate(const Compilation& compilation, const CertificateSubject& subject) {
  constexpr int kIndent = 2;
  return Certificate(compilation, subject).whole().dump(kIndent) + "\n";
}

}  // namespace crenel::driver
