#include "backends/azure/existing.h"

#include <algorithm>
#include <vector>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/diagnostics.h"
#include "compiler/base/text.h"

namespace crenel::azure {
namespace {

using model::Design;
using model::Endpoint;
using model::Existing;

/// An id: `/subscriptions/S/resourceGroups/G/providers/TYPE/NAME`, and what lies in it.
constexpr std::size_t kSubscriptionPart = 2;
constexpr std::size_t kGroupPart = 4;
constexpr std::size_t kNamePart = 8;
constexpr std::size_t kWholeOfTop = 9;  ///< parts of the id of a resource that lies in no other

struct Form {
  std::vector<std::string_view> types;  ///< what stands between names, small letters
  std::string_view says;
};

Form form_of(const Endpoint& service) {
  if (std::holds_alternative<model::StoreId>(service)) {
    return {.types = {"microsoft.storage", "storageaccounts", "blobservices", "containers"},
            .says =
                "the id of a container, `/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Storage/"
                "storageAccounts/ACCOUNT/blobServices/default/containers/NAME`"};
  }
  if (std::holds_alternative<model::TopicId>(service)) {
    return {.types = {"microsoft.servicebus", "namespaces", "topics"},
            .says =
                "the id of a topic, `/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.ServiceBus/"
                "namespaces/NAMESPACE/topics/NAME`"};
  }
  return {
      .types = {"microsoft.keyvault", "vaults"},
      .says = "the id of a vault, `/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.KeyVault/vaults/NAME`"};
}

const Form kNetworkForm = {
    .types = {"microsoft.network", "virtualnetworks"},
    .says =
        "the id of a virtual network, `/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Network/"
        "virtualNetworks/NAME`"};

std::string small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// The id between its slashes; the first part is empty.
std::vector<std::string> parts_of(std::string_view id) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t slash = id.find('/');
    out.emplace_back(id.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    id.remove_prefix(slash + 1);
  }
}

bool has_form(const std::vector<std::string>& parts, const Form& form) {
  constexpr std::size_t kProvider = 6;
  // after the provider's word types and names take turns
  if (parts.size() != kProvider + 1 + (form.types.size() - 1) * 2) return false;
  const bool named = std::all_of(parts.begin() + 1, parts.end(), [](const std::string& part) { return !part.empty(); });
  if (!named || !parts[0].empty() || small(parts[1]) != "subscriptions" || small(parts[3]) != "resourcegroups" ||
      small(parts[5]) != "providers" || small(parts[kProvider]) != form.types[0]) {
    return false;
  }
  for (std::size_t i = 1; i < form.types.size(); ++i) {
    if (small(parts[kProvider + 2 * i - 1]) != form.types[i]) return false;
  }
  return true;
}

const std::string* known_id(const Design& design, const Endpoint& service) {
  const Existing* existing = model::existing_of(design, service);
  return existing == nullptr ? nullptr : std::get_if<std::string>(&existing->id);
}

class Checker {
 public:
  Checker(const Design& design, diagnostics::Diagnostics& diagnostics) : design_(design), diagnostics_(diagnostics) {}

  void run() {
    for (const model::Site& site : design_.sites) network(site);
    for (const Endpoint& each : model::declared_endpoints(design_)) {
      if (!is_existing(design_, each)) continue;
      form(each);
      door(each);
    }
    for (const model::DataFlow& flow : design_.data_flows) {
      const bool subscribes =
          std::find(flow.actions.begin(), flow.actions.end(), model::DataAction::Subscribe) != flow.actions.end();
      if (!subscribes || !is_existing(design_, flow.to)) continue;
      refuse(flow.to,
             "`" + model::name_of(design_, flow.from) +
                 "` would need a subscription in it, which is for its "
                 "owner to make",
             "subscribe to a topic of this design");
    }
    for (const model::StoreId store : design_.stores.ids()) {
      if (!is_existing(design_, store) || !is_logged_to(design_, store)) continue;
      refuse(store,
             "it is one container, and flow logs are written into another one of its account, which is for its owner "
             "to let happen",
             "keep them in a store of this design, or say `flow_logs = true`");
    }
    for (const Endpoint& each : model::declared_endpoints(design_)) {
      const auto vault = key_of(design_, each);
      if (vault && is_existing(design_, *vault)) {
        refuse(*vault,
               "`" + model::name_of(design_, each) +
                   "` would be encrypted with a key of it, as an identity "
                   "that only its owner can let unwrap",
               "declare a vault of this design for what this design encrypts");
      }
    }
  }

 private:
  void network(const model::Site& site) {
    const auto* text = site.network ? std::get_if<std::string>(&site.network->id) : nullptr;
    if (text == nullptr || has_form(parts_of(*text), kNetworkForm)) return;
    diagnostics_.report(kExistingForm, site.network->span, model::to_string(site.origin.path), *text).help =
        "give " + std::string(kNetworkForm.says) + ", or a parameter for it";
  }

  void form(const Endpoint& thing) {
    const std::string* text = known_id(design_, thing);
    if (text == nullptr) return;
    const Form wanted = form_of(thing);
    if (has_form(parts_of(*text), wanted)) return;
    diagnostics_.report(kExistingForm, model::existing_of(design_, thing)->span, model::name_of(design_, thing), *text)
        .help = "give " + std::string(wanted.says) + ", or a parameter for it";
  }

  /// A network reaches an account, a namespace or a vault by one private name, so by one endpoint.
  void door(const Endpoint& thing) {
    const std::string* own = known_id(design_, thing);
    if (own == nullptr || std::holds_alternative<model::VaultId>(thing)) return;
    for (const Endpoint& other : model::declared_endpoints(design_)) {
      if (other == thing) return;
      const std::string* its = is_existing(design_, other) ? known_id(design_, other) : nullptr;
      if (its == nullptr || other.index() != thing.index()) continue;
      const bool one_door =
          small(existing_connected(design_, other).text()) == small(existing_connected(design_, thing).text());
      if (!one_door || !share_network(thing, other)) continue;
      return refuse(thing,
                    "it lies beside `" + model::name_of(design_, other) +
                        "`, and a network has one private endpoint for what both lie in",
                    "use one of them in a network of its own");
    }
  }

  [[nodiscard]] bool share_network(const Endpoint& one, const Endpoint& other) const {
    const auto ends = private_ends(design_);
    return std::any_of(ends.begin(), ends.end(), [&](const PrivateEnd& end) {
      return end.service == one && private_end(design_, end.network, other);
    });
  }

  void refuse(const Endpoint& thing, const std::string& why, const std::string& help) {
    diagnostics_.report(kExistingUse, model::existing_of(design_, thing)->span, model::name_of(design_, thing), why)
        .help = help;
  }

  const Design& design_;
  diagnostics::Diagnostics& diagnostics_;
};

Term split_id(const Term& id) { return call("split", {id, Term::literal("/")}); }

/// A part of the id, now or when the template is deployed.
Term part_of(const Design& design, const Endpoint& service, std::size_t index) {
  const Term id = existing_id(design, service);
  if (!id.is_literal()) return Term::expression(split_id(id).text() + "[" + std::to_string(index) + "]");
  const auto parts = parts_of(id.text());
  return Term::literal(index < parts.size() ? parts[index] : "");
}

}  // namespace

void check_existing(const Design& design, diagnostics::Diagnostics& diagnostics) { Checker(design, diagnostics).run(); }

bool is_existing(const Design& design, const Endpoint& service) {
  return model::existing_of(design, service) != nullptr;
}

Term existing_id(const Design& design, const Endpoint& service) {
  return text(design, model::existing_of(design, service)->id);
}

Term existing_connected(const Design& design, const Endpoint& service) {
  Term id = existing_id(design, service);
  if (std::holds_alternative<model::VaultId>(service)) return id;
  if (!id.is_literal()) {
    const Term top = call("take", {split_id(id), Term::expression(std::to_string(kWholeOfTop))});
    return call("join", {top, Term::literal("/")});
  }
  auto parts = parts_of(id.text());
  parts.resize(std::min(parts.size(), kWholeOfTop));
  return Term::literal(base::join(parts, "/"));
}

Term existing_name(const Design& design, const Endpoint& service) { return part_of(design, service, kNamePart); }

Term existing_part(const Design& design, const Endpoint& service) {
  const Term id = existing_id(design, service);
  if (!id.is_literal()) return call("last", {split_id(id)});
  return Term::literal(parts_of(id.text()).back());
}

Term existing_subscription(const Design& design, const Endpoint& service) {
  return part_of(design, service, kSubscriptionPart);
}
Term existing_group(const Design& design, const Endpoint& service) { return part_of(design, service, kGroupPart); }

}  // namespace crenel::azure
