#include "compiler/sema/flow_endpoints.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/sema/flow_except.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using model::to_string;

class Expander {
 public:
  Expander(BuildContext& context, Purpose purpose) : design_(context.design), context_(context), purpose_(purpose) {}

  EndpointSet expand(const std::vector<EndpointRef>& terms) {
    for (const EndpointRef& ref : terms) {
      term_ = out_.terms.size();
      out_.terms.push_back({.text = {}, .named = false, .list = false, .span = ref.span, .members = 0});
      std::visit([this](const auto& node) { add(node); }, ref.node);
    }
    return std::move(out_);
  }

 private:
  void put(Endpoint endpoint, bool named = false) {
    ++term().members;
    const auto same =
        std::find_if(out_.atoms.begin(), out_.atoms.end(), [&](const Atom& atom) { return atom.endpoint == endpoint; });
    if (same == out_.atoms.end()) {
      out_.atoms.push_back({.endpoint = std::move(endpoint), .named = named, .term = term_});
    } else if (named && !same->named) {
      same->named = true;  // named beside a collective that holds it: the name is what must hold
      same->term = term_;
    }
  }
  TermInfo& term() { return out_.terms[term_]; }

  /// Without either: the services too, and functions outside every network.
  void put_members(std::optional<model::NetworkId> network, std::optional<model::TierId> tier) {
    for (const Endpoint& end : model::declared_endpoints(design_)) {
      const auto in = model::tier_of(design_, end);
      const bool fits = in && (!tier || *in == *tier) && (!network || design_.tiers[*in].network == *network);
      if (fits || (!network && !tier)) put(end);
    }
  }

  void put_outside() {
    for (const auto id : design_.sites.ids()) {
      if (design_.sites[id].inside && purpose_ == Purpose::Grant) continue;
      if (!model::addresses_of(design_, id).empty()) put(id);
    }
    put(model::Internet{});
    if (purpose_ == Purpose::Grant) return;
    for (const model::Flow& flow : design_.flows) {
      if (std::holds_alternative<model::Blocks>(flow.from)) put(flow.from);
      if (std::holds_alternative<model::Blocks>(flow.to)) put(flow.to);
    }
  }

  void add(const InternetEnd& /*node*/) {
    term().text = "`internet`";
    term().named = true;
    put(model::Internet{}, true);
  }
  void add(const AnyEnd& /*node*/) {
    term().text = "`any`";
    put_members({}, {});
    put_outside();
  }
  void add(const InsideEnd& /*node*/) {
    term().text = "`inside`";
    put_members({}, {});
  }
  void add(const OutsideEnd& /*node*/) {
    term().text = "`outside`";
    put_outside();
  }
  void add(const LabelEnd& node) {
    term().text = fmt::format("label `{}`", node.label);
    for (const Endpoint& end : model::declared_endpoints(design_)) {
      const auto& labels = model::labels_of(design_, end);
      if (std::find(labels.begin(), labels.end(), node.label) != labels.end()) put(end);
    }
  }
  void add(const BlocksEnd& node) {
    term().text = fmt::format("`{}`", node.name);
    term().named = true;
    put(model::Blocks{.name = node.name, .blocks = node.blocks}, true);
  }
  void add(const DeclaredEnd& node) {
    term().list = node.is_list;
    term().text = node.is_list ? "this list" : "";
    for (const DeclaredId id : node.ids) add_declared(id, !node.is_list);
  }

  void add_declared(DeclaredId id, bool alone) {
    const Declared& declared = context_.in.declared[id];
    if (alone) term().text = fmt::format("{} `{}`", keyword(declared.kind), to_string(declared.path));
    const bool one = alone && declared.kind != Kind::Network && declared.kind != Kind::Subnet;
    if (one) term().named = true;
    std::visit(base::Overloaded{[&](std::monostate) { out_.failed = true; },  // it was in error: that is reported
                                [&](model::NetworkId network) { put_members(network, {}); },
                                [&](model::TierId tier) { put_members({}, tier); },
                                [&](model::LinkId /*link*/) { out_.failed = true; },
                                [&](model::PeeringId /*peering*/) { out_.failed = true; },
                                [&](model::PrivatePathId /*path*/) { out_.failed = true; },
                                [&](model::AgentId /*agent*/) { out_.failed = true; },
                                [&](model::GuardId /*guard*/) { out_.failed = true; },
                                [&](const auto& endpoint) { put(endpoint, one); }},
               context_.things.at(id.index()));
  }

  const model::Design& design_;
  BuildContext& context_;
  Purpose purpose_;
  EndpointSet out_;
  std::size_t term_ = 0;
};

}  // namespace

bool EndpointSet::empty_on_purpose() const {
  return atoms.empty() && std::all_of(terms.begin(), terms.end(), [](const TermInfo& term) { return term.list; });
}

EndpointSet expand(BuildContext& context, const Side& side, Purpose purpose) {
  EndpointSet expansion = Expander(context, purpose).expand(side.terms);
  if (side.except.empty()) return expansion;
  const EndpointSet except = Expander(context, purpose).expand(side.except);
  expansion.failed = expansion.failed || except.failed;
  if (!expansion.failed) take_away(context, expansion, except, purpose);
  return expansion;
}

}  // namespace crenel::sema
