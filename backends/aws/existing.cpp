#include "backends/aws/existing.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "backends/aws/diagnostics.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::Endpoint;
using model::Existing;

// IAM/latest/UserGuide/reference-arns.html, and of each service the page of the Service Authorization Reference.
constexpr ArnForm kBucketForm = {"^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "the ARN of a bucket"};
constexpr ArnForm kTopicForm = {"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?$",
                                "the ARN of a topic"};
constexpr ArnForm kKeyForm = {"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", "the ARN of a key"};
/// With the six characters that AWS puts after the name: a policy that names less than the whole names nothing.
constexpr ArnForm kSecretForm = {
    "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$",
    "the ARN of a secret"};

/// AWSEC2/latest/UserGuide/resource-ids.html: eight digits of an older account, or seventeen.
constexpr ArnForm kNetworkForm = {"^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$", "the id of a VPC"};

struct Arn {
  std::string service;
  std::string region;
  std::string account;
  std::string resource;
};

bool is_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return plain || allowed.find(c) != std::string_view::npos;
  });
}
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
std::string with_upper(std::string_view more) { return std::string(kUpper) + std::string(more); }

std::optional<Arn> arn_in(std::string_view text) {
  if (!text.starts_with("arn:aws")) return std::nullopt;
  std::vector<std::string> fields;
  constexpr std::size_t kFields = 6;
  fields.reserve(kFields);
  while (fields.size() + 1 < kFields) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    fields.emplace_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  fields.emplace_back(text);
  return Arn{.service = fields[2], .region = fields[3], .account = fields[4], .resource = fields[5]};
}

bool is_placed(const Arn& arn) {
  constexpr std::size_t kAccountDigits = 12;
  const bool digits = arn.account.find_first_not_of("0123456789") == std::string::npos;
  return is_of(arn.region, "-") && digits && arn.account.size() == kAccountDigits;
}

bool is_bucket(const Arn& arn) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 63;
  const std::string& name = arn.resource;
  const auto is_edge = [](char c) { return c != '-' && c != '.'; };
  return arn.service == "s3" && arn.region.empty() && arn.account.empty() && is_of(name, "-.") &&
         name.size() >= kShortest && name.size() <= kLongest && is_edge(name.front()) && is_edge(name.back());
}

bool is_topic(const Arn& arn) {
  std::string_view name = arn.resource;
  constexpr std::string_view kOrdered = ".fifo";
  if (name.ends_with(kOrdered)) name.remove_suffix(kOrdered.size());
  return arn.service == "sns" && is_placed(arn) && is_of(name, with_upper("_-"));
}

bool is_key(const Arn& arn) {
  return arn.service == "kms" && is_placed(arn) && arn.resource.starts_with("key/") &&
         is_of(std::string_view(arn.resource).substr(4), with_upper("-"));
}

bool is_secret(const Arn& arn) {
  constexpr std::string_view kStart = "secret:";
  constexpr std::size_t kSuffix = 7;  // "-" and six characters
  if (arn.service != "secretsmanager" || !is_placed(arn) || !arn.resource.starts_with(kStart)) return false;
  const std::string_view name = std::string_view(arn.resource).substr(kStart.size());
  return is_of(name, with_upper("/_+=.@-")) && name.size() > kSuffix && name[name.size() - kSuffix] == '-';
}

bool is_network(std::string_view text) {
  constexpr std::string_view kStart = "vpc-";
  constexpr std::size_t kShort = 8;
  constexpr std::size_t kLong = 17;
  if (!text.starts_with(kStart)) return false;
  text.remove_prefix(kStart.size());
  return (text.size() == kShort || text.size() == kLong) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// What a design wants of a vault.
struct Uses {
  bool key = false;
  bool secret = false;
};

Uses uses_of(const model::Design& design, model::VaultId vault) {
  Uses out;
  for (const model::DataFlow& flow : design.data_flows) {
    if (flow.to != Endpoint(vault)) continue;
    for (const model::DataAction action : flow.actions) {
      (cloud_of(action, flow.to) == Cloud::Secrets ? out.secret : out.key) = true;
    }
  }
  const auto encrypts = [&](const auto& things) {
    return std::any_of(things.begin(), things.end(), [&](const auto& thing) { return thing.key == vault; });
  };
  out.key = out.key || encrypts(design.stores) || encrypts(design.queues) || encrypts(design.topics) ||
            encrypts(design.data_tables);
  return out;
}

class Checker {
 public:
  Checker(const model::Design& design, diagnostics::Diagnostics& diagnostics)
      : design_(design), diagnostics_(diagnostics), region_(design.region) {
    std::replace(region_.begin(), region_.end(), '_', '-');
  }

  void run() {
    for (const auto id : design_.stores.ids()) {
      check(id, is_bucket, "the ARN of a bucket, `arn:aws:s3:::NAME`");
    }
    for (const auto id : design_.topics.ids()) {
      check(id, is_topic, "the ARN of a topic, `arn:aws:sns:REGION:ACCOUNT:NAME`");
    }
    for (const auto id : design_.vaults.ids()) vault(id);
    for (const model::Site& site : design_.sites) network(site);
  }

 private:
  /// The ARN, when it is known now and has the form.
  template <class Is>
  std::optional<Arn> check(const Endpoint& thing, Is is_one, const std::string& form) {
    const Existing* existing = model::existing_of(design_, thing);
    const auto* text = existing == nullptr ? nullptr : std::get_if<std::string>(&existing->id);
    if (text == nullptr) return std::nullopt;
    auto arn = arn_in(*text);
    if (!arn || !is_one(*arn)) {
      diagnostics_.report(kExistingForm, existing->span, name(thing), *text, "the ID of such a thing at AWS").help =
          "give " + form + ", or a parameter for it";
      return std::nullopt;
    }
    if (!region_.empty() && !arn->region.empty() && arn->region != region_) {
      refuse(thing, "it is in " + arn->region + ", and the stack in " + region_,
             "declare one in the stack's Region: private paths and keys serve their own");
    }
    return arn;
  }

  void network(const model::Site& site) {
    const auto* text = site.network ? std::get_if<std::string>(&site.network->id) : nullptr;
    if (text == nullptr || is_network(*text)) return;
    diagnostics_
        .report(kExistingForm, site.network->span, model::to_string(site.origin.path), *text,
                "the ID of such a thing at AWS")
        .help = "give the id of a VPC, `vpc-0123456789abcdef0`, or a parameter for it";
  }

  void vault(model::VaultId id) {
    const Existing* existing = model::existing_of(design_, id);
    if (existing == nullptr) return;
    const Uses uses = uses_of(design_, id);
    if (uses.key && uses.secret) {
      return refuse(id, "one ARN is a key's or a secret's, and it is used as both",
                    "declare the key and the secret apart, each with its own ARN");
    }
    const auto arn = check(
        id, [](const Arn& one) { return is_key(one) || is_secret(one); },
        "the ARN of a key, `arn:aws:kms:REGION:ACCOUNT:key/ID`, or the whole ARN of a secret");
    if (!arn) return;
    if (uses.secret && !is_secret(*arn)) {
      refuse(id, "it is a key, and a key holds nothing to read", "give the whole ARN of the secret that is read");
    }
    if (uses.key && !is_key(*arn)) {
      refuse(id, "it is a secret, and nothing is encrypted by one", "give the ARN of the key");
    }
  }

  void refuse(const Endpoint& thing, const std::string& why, const std::string& help) {
    diagnostics_.report(kExistingUse, model::existing_of(design_, thing)->span, name(thing), why).help = help;
  }

  [[nodiscard]] std::string name(const Endpoint& thing) const { return model::name_of(design_, thing); }

  const model::Design& design_;
  diagnostics::Diagnostics& diagnostics_;
  std::string region_;
};

bool is_id(const std::optional<Existing>& existing, model::ParameterId parameter) {
  return existing && existing->id == model::Late<std::string>(parameter);
}

}  // namespace

void check_existing(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  Checker(design, diagnostics).run();
}

ArnForm form_of(const model::Design& design, model::ParameterId parameter) {
  for (const model::Store& store : design.stores) {
    if (is_id(store.existing, parameter)) return kBucketForm;
  }
  for (const model::Site& site : design.sites) {
    if (is_id(site.network, parameter)) return kNetworkForm;
  }
  for (const model::Topic& topic : design.topics) {
    if (is_id(topic.existing, parameter)) return kTopicForm;
  }
  for (const auto id : design.vaults.ids()) {
    if (is_id(design.vaults[id].existing, parameter)) return uses_of(design, id).secret ? kSecretForm : kKeyForm;
  }
  return {};
}

Value existing_arn(const model::Design& design, const Existing& existing) { return text_value(design, existing.id); }

Value existing_arn(const model::Design& design, const Existing& existing, std::string_view more) {
  if (const auto* text = std::get_if<std::string>(&existing.id)) return *text + std::string(more);
  const std::string parameter = parameter_id(design, std::get<model::ParameterId>(existing.id));
  return substitute("${" + parameter + "}" + std::string(more));
}

Value existing_name(const model::Design& design, const Existing& existing) {
  if (const auto* text = std::get_if<std::string>(&existing.id)) return text->substr(text->rfind(':') + 1);
  constexpr int kLastField = 5;
  const Value fields = object({{"Fn::Split", array({":", existing_arn(design, existing)})}});
  return object({{"Fn::Select", array({kLastField, fields})}});
}

Value key_arn(const model::Design& design, model::VaultId vault) {
  const auto& existing = design.vaults[vault].existing;
  return existing ? existing_arn(design, *existing) : attribute(thing_name(design, vault, "Key"), "Arn");
}

}  // namespace crenel::aws
