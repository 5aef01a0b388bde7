#include "tests/checker/data_rules.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace crenel::checker {
namespace {

using nlohmann::json;

Words split(const std::string& text) {
  Words out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(", ", at), text.size());
    out.insert(text.substr(at, comma - at));
    at = comma + 2;
  }
  return out;
}

bool contains(const Words& outer, const Words& inner) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

/// "from `office_addresses`" is "from OfficeAddresses", as the template calls the parameter.
std::string way(const std::string& text) {
  const std::size_t mark = text.find('`');
  if (mark == std::string::npos) return text;
  return text.substr(0, mark) + pascal(text.substr(mark + 1, text.size() - mark - 2));
}

struct Grant {
  std::string at, from, who, named, to, service;
  Words actions, ways;
  bool existing = false;
};

class DataChecker {
 public:
  DataChecker(DataReading reading, const json& data) : reading_(std::move(reading)), data_(data) {
    for (const json& row : data.at("grants")) {
      Grant grant{.at = row.at("at"),
                  .from = row.at("from"),
                  .who = row.at("who"),
                  .named = row.value("named", ""),
                  .to = row.at("to"),
                  .service = reading_.by_declared_name && !row.value("existing", false)
                                 ? pascal(row.at("to"))
                                 : row.at("service").get<std::string>(),
                  .actions = split(row.at("actions")),
                  .ways = {},
                  .existing = row.value("existing", false)};
      for (const json& each : row.at("ways")) grant.ways.insert(way(each));
      if (reading_.by_declared_name && grant.who == "service") grant.named = pascal(grant.from);
      require(!row.contains("undecided"), "undecided: " + name(grant));
      grants_.push_back(std::move(grant));
    }
  }

  std::vector<std::string> run() {
    for (const std::string& each : reading_.unreadable) faults_.push_back("it cannot be told: " + each);
    for (const json& pair : data_.at("admitted")) admitted(pair);
    for (const Grant& grant : grants_) made(grant);
    for (const DataStatement& each : reading_.statements) {
      if (each.allow) accounted(each);
    }
    for (const auto& [service, words] : reading_.to_close) {
      for (const auto& [word, operations] : words) closed(service, word, operations);
    }
    return std::move(faults_);
  }

 private:
  void require(bool good, const std::string& fault) {
    if (!good) faults_.push_back(fault);
  }

  static std::string name(const Grant& grant) { return grant.from + " -> " + grant.to + " (" + grant.at + ")"; }

  // ---- what flows declare
  void admitted(const json& pair) {
    const std::string from = pair.at("from");
    const std::string to = pair.at("to");
    const std::string ends = from + " -> " + to;
    Words all;
    for (const json& flow : pair.at("flows")) {
      const Words actions = split(flow.at("actions"));
      all.insert(actions.begin(), actions.end());
      require(!flow.at("statement").get<std::string>().empty(), "admitted and not declared: " + ends);
      Words decided;
      for (const json& passage : flow.at("decided")) {
        const Words passed = split(passage.at("actions"));
        decided.insert(passed.begin(), passed.end());
        Words granted;
        for (const json& place : passage.at("by")) {
          for (const Grant& grant : grants_) {
            if (grant.at == place && grant.from == from && grant.to == to) {
              granted.insert(grant.actions.begin(), grant.actions.end());
            }
          }
        }
        require(contains(granted, passed), "nothing grants all of a flow: " + ends);
      }
      require(decided == actions, "not all of a data flow is granted, or more than it: " + ends);
    }
    require(all == split(pair.at("actions")), "admitted is not what data flows declare: " + ends);
  }

  // ---- what is granted
  void made(const Grant& grant) {
    const auto& pairs = data_.at("admitted");
    const bool declared = std::any_of(pairs.begin(), pairs.end(), [&](const json& pair) {
      return pair.at("from") == grant.from && pair.at("to") == grant.to &&
             contains(split(pair.at("actions")), grant.actions);
    });
    require(declared, "granted and not declared: " + name(grant));
    require(grant.existing || grant.service.starts_with(pascal(grant.to)), "of another service: " + name(grant));
    acts(grant);
    if (grant.who == "account") return;  // that nothing denies it is what `closed` asks
    Words words;
    bool there = false;
    for (const DataStatement& each : reading_.statements) {
      if (!each.allow || !each.services.contains(grant.service) || !each.who.contains(who(grant))) continue;
      words.insert(each.words.begin(), each.words.end());
      there = there || each.at == grant.at;
      if (!grant.ways.contains("anywhere")) come(grant, each);
    }
    require(there, "the template does not grant it there: " + name(grant));
    require(contains(words, grant.actions), "the template does not grant all of it: " + name(grant));
  }

  void acts(const Grant& grant) {
    const std::string from = pascal(grant.from);
    if (grant.who == "service") require(grant.named.starts_with(from), "another service acts: " + name(grant));
    if (grant.who != "identity") return;
    const auto found = reading_.actors.find(grant.named);
    const bool good = found != reading_.actors.end() &&
                      std::all_of(found->second.begin(), found->second.end(),
                                  [&](const std::string& actor) { return actor.starts_with(from); });
    require(good, "nobody acts so, or somebody else: " + name(grant));
  }

  static std::string who(const Grant& grant) { return grant.who == "anyone" ? "*" : grant.named; }

  /// By its own condition, or because the other ways are denied.
  void come(const Grant& grant, const DataStatement& statement) {
    if (std::none_of(statement.words.begin(), statement.words.end(),
                     [&](const std::string& word) { return grant.actions.contains(word); })) {
      return;
    }
    if (!statement.ways.empty() && contains(grant.ways, statement.ways)) return;
    const auto& all = reading_.statements;
    const bool denied = std::any_of(all.begin(), all.end(), [&](const DataStatement& each) {
      const bool theirs = each.who.contains(who(grant)) || each.who.contains("*");
      return !each.allow && theirs && !each.except_who.contains(who(grant)) && !each.ways.empty() &&
             each.services.contains(grant.service) && contains(grant.ways, each.ways) &&
             contains(each.operations, statement.operations);
    });
    require(denied, "other ways are open: " + name(grant));
  }

  // ---- what the template allows
  void accounted(const DataStatement& statement) {
    for (const std::string& service : statement.services) {
      for (const std::string& who_asks : statement.who) {
        for (const std::string& word : statement.words) {
          const bool known = std::any_of(grants_.begin(), grants_.end(), [&](const Grant& grant) {
            return grant.service == service && who(grant) == who_asks && grant.actions.contains(word);
          });
          if (known || is_denied(service, word, who_asks) || tells(service, word, who_asks)) continue;
          faults_.push_back("allowed, and not in the certificate: " + who_asks + " -> " + service + " : " + word +
                            " (" + statement.at + ")");
        }
      }
    }
  }

  [[nodiscard]] bool is_denied(const std::string& service, const std::string& word, const std::string& who_asks) const {
    const auto kinds = reading_.to_close.find(service);
    if (kinds == reading_.to_close.end() || !kinds->second.contains(word)) return false;
    const Words& operations = kinds->second.at(word);
    return std::all_of(operations.begin(), operations.end(), [&](const std::string& operation) {
      return std::any_of(reading_.statements.begin(), reading_.statements.end(), [&](const DataStatement& each) {
        return !each.allow && each.services.contains(service) && each.operations.contains(operation) &&
               each.ways.empty() && (each.who.contains("*") || each.who.contains(who_asks)) &&
               !each.except_who.contains(who_asks) && !(each.spares_services && who_asks.starts_with("service "));
      });
    });
  }

  /// A guard's topic is published on by EventBridge, which uses the key of the topic for it, or by Event Grid.
  [[nodiscard]] bool tells(const std::string& service, const std::string& word, const std::string& who_asks) const {
    if (undoes(service, word, who_asks) || records(service, word, who_asks)) return true;
    const bool events = who_asks == "service events.amazonaws.com" || who_asks == kEventsOfGroup;
    if (!events || !data_.contains("guards")) return false;
    const auto& guards = data_.at("guards");
    return std::any_of(guards.begin(), guards.end(), [&](const json& guard) {
      const bool publishes =
          word == "publish" && guard.contains("tells") && service.starts_with(pascal(guard.at("tells")));
      const bool uses = (word == "encrypt" || word == "decrypt") && guard.contains("key") &&
                        service.starts_with(pascal(guard.at("key")));
      return publishes || uses;
    });
  }

  /// Flow logs are written into a store by the provider, which uses the store's key for it.
  [[nodiscard]] bool records(const std::string& service, const std::string& word, const std::string& who_asks) const {
    if (who_asks != "service delivery.logs.amazonaws.com" || !data_.contains("logs")) return false;
    const auto& logs = data_.at("logs");
    return std::any_of(logs.begin(), logs.end(), [&](const json& log) {
      const bool writes = word == "write" && service == pascal(log.at("in")) + "Bucket";
      const bool uses =
          (word == "encrypt" || word == "decrypt") && log.contains("key") && service.starts_with(pascal(log.at("key")));
      return writes || uses;
    });
  }

  /// The function of a guard is started by the guard's rule, and publishes what it could not undo.
  [[nodiscard]] bool undoes(const std::string& service, const std::string& word, const std::string& who_asks) const {
    if (!data_.contains("guards")) return false;
    const auto& guards = data_.at("guards");
    return std::any_of(guards.begin(), guards.end(), [&](const json& guard) {
      const std::string stem = pascal(guard.at("guard")) + "Revert";
      if (!guard.contains("undoes") || who_asks != stem + "Role") return false;
      const bool starts = word == "invoke" && service == stem + "Function";
      return starts || (word == "publish" && service == pascal(guard.at("tells")) + "Topic");
    });
  }

  /// Whoever of the account has permission is denied what no flow declares.
  void closed(const std::string& service, const std::string& word, const Words& operations) {
    const bool all = std::all_of(operations.begin(), operations.end(), [&](const std::string& operation) {
      return std::any_of(reading_.statements.begin(), reading_.statements.end(), [&](const DataStatement& each) {
        return !each.allow && each.services.contains(service) && each.operations.contains(operation) &&
               each.who.contains("*") && are_granted(service, word, each);
      });
    });
    require(all, "whoever of the account has permission may " + word + " " + service);
  }

  /// Everybody whom a denial spares may, by the certificate.
  [[nodiscard]] bool are_granted(const std::string& service, const std::string& word,
                                 const DataStatement& denial) const {
    const auto granted = [&](const auto& fits) {
      return std::any_of(grants_.begin(), grants_.end(), [&](const Grant& grant) {
        return grant.service == service && grant.actions.contains(word) && fits(grant);
      });
    };
    return std::all_of(denial.except_who.begin(), denial.except_who.end(),
                       [&](const std::string& spared) {
                         return undoes(service, word, spared) ||
                                granted([&](const Grant& grant) { return who(grant) == spared; });
                       }) &&
           std::all_of(denial.ways.begin(), denial.ways.end(), [&](const std::string& spared) {
             return granted([&](const Grant& grant) { return grant.ways.contains(spared); });
           });
  }

  DataReading reading_;
  const json& data_;
  std::vector<Grant> grants_;
  std::vector<std::string> faults_;
};

}  // namespace

std::string pascal(const std::string& path) {
  std::string out;
  bool starts = true;
  for (const char c : path) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (letter) out += starts ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    starts = !letter;
  }
  return out;
}

bool runs_outside(const json& document, const std::string& declared) {
  const std::string name = pascal(declared) + "Function";
  if (!document.contains("Resources") || !document.at("Resources").contains(name)) return false;
  const json& resource = document.at("Resources").at(name);
  return resource.at("Type") == "AWS::Lambda::Function" && !resource.at("Properties").contains("VpcConfig");
}

bool only_hands_on(const json& document, const std::string& declared) {
  const std::string name = pascal(declared);
  if (document.contains("Resources")) {
    const json& resources = document.at("Resources");
    const std::string id = name + "LoadBalancer";
    return resources.contains(id) && resources.at(id).at("Properties").value("Type", "") == "network";
  }
  const json& resources = document.at("resources");
  return std::any_of(resources.begin(), resources.end(), [&](const json& one) {
    return one.at("type") == "Microsoft.Network/loadBalancers" && one.at("name") == name + "Balancer";
  });
}

namespace {

std::size_t workflows(const json& document) {
  const json& all = document.at("resources");
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const json& each) { return each.at("type") == "Microsoft.Logic/workflows"; }));
}

}  // namespace

std::vector<std::string> check_data(const json& document, const json& certificate) {
  const std::string provider = certificate.at("provider");
  DataReading reading = provider == "aws" ? aws_data(document) : azure_data(document);
  static const json nothing = {{"admitted", json::array()}, {"grants", json::array()}};
  const json& data = certificate.contains("data") ? certificate.at("data") : nothing;
  std::vector<std::string> faults = DataChecker(std::move(reading), data).run();
  bool blocks = false;
  bool mails = false;
  std::size_t undoing = 0;
  for (const json& guard : data.value("guards", json::array())) {
    blocks = blocks || guard.contains("blocks_public_access");
    mails = mails || guard.contains("mails");
    if (guard.contains("mails")) {
      for (std::string& fault : check_mails(document, guard)) faults.push_back(std::move(fault));
    }
    if (guard.contains("undoes")) {
      ++undoing;
      const auto check = provider == "aws" ? check_undoing : check_putting_back;
      for (std::string& fault : check(document, guard)) faults.push_back(std::move(fault));
    }
    if (guard.contains("blocks_public_access")) {
      for (std::string& fault : check_blocking(document, certificate, guard)) faults.push_back(std::move(fault));
    }
    if (guard.contains("forbids")) {
      const auto check = provider == "aws" ? check_forbidding : check_role_without;
      for (std::string& fault : check(document, guard)) faults.push_back(std::move(fault));
      if (provider == "azure") {
        for (std::string& fault : check_policy(document, guard)) faults.push_back(std::move(fault));
      }
    }
  }
  if (!blocks && document.dump().find("\"AWS::EC2::VPCBlockPublicAccessOptions\"") != std::string::npos) {
    faults.emplace_back("a block of public access that no guard is said to make");
  }
  if (provider == "azure" && workflows(document) != undoing) {
    faults.emplace_back("other workflows than those of guards that are said to undo changes");
  }
  if (!mails && document.dump().find("GuardMail\"") != std::string::npos) {
    faults.emplace_back("an action group of a guard that is said to mail nobody");
  }
  return faults;
}

}  // namespace crenel::checker
