#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/existing.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/schema.h"

namespace crenel::sema {
namespace {

/// What a group and its like may stand in.
const std::vector<Kind> kTier = {Kind::Subnet};

/// The attributes of one row. Found first, stored last: evaluating may add rows, and the table may move.
struct Found {
  std::map<std::string, Value> attributes;
  model::ProviderSettings settings;
};

class Structure {
 public:
  Structure(Expansion& x, const StatementState& state) : x_(x), state_(state) {}

  void at(const syntax::Network& network) {
    read(network.body, state_.row);
    for (std::size_t i = 0; i < network.subnets.size(); ++i) {
      const DeclaredId id = state_.subnets[i];
      read(network.subnets[i].body, id);
      if (!gives(network.subnets[i].body, "size") && !gives(network.subnets[i].body, "space")) missing(id, "size");
    }
  }
  void at(const syntax::Site& site) { site_body(x_, site, state_.row); }
  void at(const syntax::Group& group) {
    home(group.tier);
    read(group.body, state_.row);
  }
  void at(const syntax::Balancer& balancer) {
    home(balancer.tier);
    read(balancer.body, state_.row);
    for (const auto& line : balancer.forwards) forward(line);
  }
  void at(const syntax::Appliance& appliance) {
    home(appliance.tier);
    read(appliance.body, state_.row);
  }
  void at(const syntax::Function& function) {
    if (function.tier) home(*function.tier);
    read(function.body, state_.row);
    List sources;
    for (const auto& trigger : function.triggers) {
      const auto id = entity_at(x_, context(state_.row), trigger.source, {Kind::Store});
      if (id) sources.items.push_back({.node = EntityRef{*id}, .span = trigger.source.span});
    }
    if (sources.items.empty()) return;
    Value value{.node = std::move(sources), .span = function.triggers.front().source.span};
    x_.rows[state_.row].declared.attributes.insert_or_assign("on_created", std::move(value));
  }
  void at(const syntax::Data& data) { read(data.body, state_.row); }
  void at(const syntax::Database& database) {
    home(database.tier);
    read(database.body, state_.row);
  }
  void at(const syntax::EndpointDecl& endpoint) {
    home(endpoint.tier);
    List targets;
    for (const auto& target : endpoint.targets) {
      const auto id = entity_at(x_, context(state_.row), target,
                                {Kind::Store, Kind::Queue, Kind::Topic, Kind::Table, Kind::Vault, Kind::Group,
                                 Kind::Function, Kind::Database});
      if (id) targets.items.push_back({.node = EntityRef{*id}, .span = target.span});
    }
    x_.rows[state_.row].declared.attributes.insert_or_assign("targets", Value{.node = std::move(targets), .span = {}});
  }
  void at(const syntax::Link& link) {
    const auto network = entity_at(x_, context(state_.row), link.network, {Kind::Network});
    const auto site = entity_at(x_, context(state_.row), link.site, {Kind::Site});
    Declared& declared = x_.rows[state_.row].declared;
    declared.name_span = base::join(link.network.span, link.site.span);
    const bool direct = link.by.text == "direct";
    declared.link_kind = direct ? model::LinkKind::Direct : model::LinkKind::Vpn;
    if (network) declared.first = *network;
    if (site) declared.second = *site;
    declared.path.back() = network ? x_.rows[*network].declared.path.back() : text_of(link.network);
    declared.path.emplace_back("to");
    declared.path.push_back(site ? x_.rows[*site].declared.path.back() : text_of(link.site));
    read(link.body, state_.row);
    if (!direct && !gives(link.body, "key") && !gives(link.body, "certificate")) missing(state_.row, "key");
  }
  void at(const syntax::Peer& peer) {
    const auto first = entity_at(x_, context(state_.row), peer.first, {Kind::Network});
    const auto second = entity_at(x_, context(state_.row), peer.second, {Kind::Network});
    Declared& declared = x_.rows[state_.row].declared;
    declared.name_span = base::join(peer.first.span, peer.second.span);
    if (first) declared.first = *first;
    if (second) declared.second = *second;
    declared.path.back() = first ? x_.rows[*first].declared.path.back() : text_of(peer.first);
    declared.path.emplace_back("with");
    declared.path.push_back(second ? x_.rows[*second].declared.path.back() : text_of(peer.second));
    read(peer.body, state_.row);
  }
  void at(const syntax::Agent& agent) { read(agent.body, state_.row); }
  void at(const syntax::Guard& guard) { read(guard.body, state_.row); }
  void at(const syntax::Existing& existing) {
    if (x_.rows[state_.row].declared.kind == Kind::Network) {
      read(existing.body, state_.row);
      check_owners(existing.body);
    } else if (!existing.body.properties.empty() || !existing.body.providers.empty()) {
      elsewhere(existing.name.span, "what it is like is not decided here").help = "leave out what is in braces";
    }
    Type text;
    text.base = Type::Base::Text;
    auto id = evaluate(x_, context(state_.row), *existing.id, text);
    Declared& declared = x_.rows[state_.row].declared;
    declared.attributes.insert_or_assign("existing", Value{.node = true, .span = existing.id->span});
    if (id) declared.attributes.insert_or_assign("id", Value{.node = std::move(id->node), .span = existing.id->span});
  }
  template <class Other>
  void at(const Other&) {}

  static void site_body(Expansion& x, const syntax::Site& site, DeclaredId row) {
    Structure(x, {.conditions = {}, .live = true, .row = row, .subnets = {}, .used = nullptr}).read_site(site, row);
  }

 private:
  /// A copy: what is evaluated in it may add rows, and the table may move.
  Context context(DeclaredId row) const { return x_.rows[row].context; }

  std::string subject(DeclaredId row) const {
    const Declared& declared = x_.rows[row].declared;
    return fmt::format("{} `{}`", keyword(declared.kind), declared.path.back());
  }

  static bool gives(const syntax::Body& body, std::string_view name) {
    for (const auto& property : body.properties) {
      if (property.name.text == name) return true;
    }
    return false;
  }

  const Value* attribute(DeclaredId row, const std::string& name) const {
    const auto& attributes = x_.rows[row].declared.attributes;
    const auto found = attributes.find(name);
    return found == attributes.end() ? nullptr : &found->second;
  }

  void missing(DeclaredId row, const std::string& name) {
    const Declared& declared = x_.rows[row].declared;
    const std::string alternative = declared.kind == Kind::Subnet ? "`space`"
                                    : declared.kind == Kind::Link ? "`certificate`"
                                                                  : "`identities`";
    x_.diagnostics.report(diagnostics::kMissingAttribute, declared.name_span, subject(row), name).help =
        fmt::format("give `{}` or {}", name, alternative);
  }

  void read(const syntax::Body& body, DeclaredId row) {
    Found found;
    const Context at = context(row);
    const Declared& declared = x_.rows[row].declared;
    const Kind kind = declared.kind;
    const std::string name = subject(row);
    const base::Span span = declared.name_span;
    read_body(x_, at, body, keyword(kind), name, span, found.attributes, found.settings);
    x_.rows[row].declared.attributes = std::move(found.attributes);
    x_.rows[row].declared.settings = std::move(found.settings);
  }

  void read_site(const syntax::Site& site, DeclaredId row) {
    read(site.body, row);
    if (!gives(site.body, "addresses") && !gives(site.body, "identities")) missing(row, "addresses");
  }

  diagnostics::Diagnostic& elsewhere(base::Span span, const std::string& why) {
    return x_.diagnostics.report(diagnostics::kElsewhere, span, x_.rows[state_.row].declared.path.back(), why);
  }

  /// Of a network that was made elsewhere a design says where it lies, and nothing that its owner decides.
  void check_owners(const syntax::Body& body) {
    for (const auto& property : body.properties) {
      if (property.name.text == "space") continue;
      elsewhere(property.name.span, fmt::format("`{}` is for its owner to say", property.name.text)).help =
          "say its `space`, which is all that a design needs of it";
    }
  }

  void home(const syntax::Path& tier) {
    const auto found = entity_at(x_, context(state_.row), tier, kTier);
    if (found) x_.rows[state_.row].declared.home = *found;
  }

  void forward(const syntax::Forward& line) {
    const Context at = context(state_.row);
    const auto listen = one_port(x_, at, line.listen);
    const auto target = entity_at(x_, at, line.target, {Kind::Group});
    const auto to = one_port(x_, at, line.to);
    std::optional<std::string> check;
    if (line.check != nullptr) {
      Type text;
      text.base = Type::Base::Text;
      text.known = true;
      text.pattern = "/[!-~]*";
      const auto value = evaluate(x_, at, *line.check, text);
      if (!value) return;
      check = std::get<std::string>(value->node);
    }
    if (!listen || !target || !to) return;
    const bool plain = *listen == net::Traffic::of(net::Protocol::Tcp, 80, 80);
    x_.rows[state_.row].declared.forwards.push_back({.listen = *listen,
                                                     .listen_is_plain_http = plain,
                                                     .target = *target,
                                                     .to = *to,
                                                     .check = std::move(check),
                                                     .span = line.span});
  }

  Expansion& x_;
  const StatementState& state_;
};

}  // namespace

void evaluate_attributes(Expansion& x, Instance& instance) {
  if (instance.broken) return;
  for (std::size_t i = 0; i < instance.states.size(); ++i) {
    const StatementState& state = instance.states[i];
    const syntax::Statement& statement = (*instance.statements)[i];
    if (state.used != nullptr) evaluate_attributes(x, *state.used);
    if (state.row.valid()) std::visit([&](const auto& node) { Structure(x, state).at(node); }, statement.node);
    const Context context{
        .scope = &instance.scope, .conditions = state.conditions, .live = state.live, .statement = {}};
    if (const auto* let = std::get_if<syntax::Let>(&statement.node); let != nullptr && !is_builtin(let->name.text)) {
      // By its name, so that a cycle is noticed. Words are judged where the value is used.
      const syntax::Expr expr{.node = syntax::PathExpr{{.names = {let->name}, .span = let->name.span}},
                              .span = let->name.span};
      Type loose = any_type();
      loose.open = true;
      static_cast<void>(raw_value(x, context, expr, loose));
    }
    if (const auto* verbatim = std::get_if<syntax::Verbatim>(&statement.node)) {
      read_verbatim(x, context, *verbatim, statement.span);
    }
    if (std::holds_alternative<syntax::Waiver>(statement.node)) {
      x.diagnostics.report(diagnostics::kWaiverMisplaced, statement.span).help = std::string(kWaiverHelp);
    }
  }
}

void check_sites(Expansion& x) {
  for (const DeclaredId first : x.rows.ids()) {
    std::vector<std::string> names;
    DeclaredId at = first;
    for (std::size_t steps = 0; steps <= x.rows.size(); ++steps) {
      names.push_back(x.rows[at].declared.path.back());
      const auto& attributes = x.rows[at].declared.attributes;
      const auto inside = attributes.find("inside");
      if (inside == attributes.end()) break;
      at = std::get<EntityRef>(inside->second.node).id;
      if (at < first) break;  // reported from there, if it is in the circle
      if (at != first) continue;
      names.push_back(names.front());
      x.diagnostics.report(diagnostics::kValueCycle, inside->second.span, base::join(names, " → ")).help =
          "a site is inside a larger one";
      break;
    }
  }
}

void read_module_row(Expansion& x, DefinitionId definition, DeclaredId row) {
  const auto& node = x.program.definitions[definition].item->node;
  if (const auto* site = std::get_if<syntax::Site>(&node)) {
    Structure::site_body(x, *site, row);
  } else if (const auto* agent = std::get_if<syntax::Agent>(&node)) {
    const StatementState state{.conditions = {}, .live = true, .row = row, .subnets = {}, .used = nullptr};
    Structure(x, state).at(*agent);
  }
}

}  // namespace crenel::sema
