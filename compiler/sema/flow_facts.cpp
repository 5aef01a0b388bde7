#include <algorithm>

#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

const Value& internet() {
  static const Value kInternet = made(Word{"internet"});
  return kInternet;
}

/// Collects what stands on a side, each once.
class Ends {
 public:
  explicit Ends(const Expansion& x) : x_(x) {}

  void add(const EndpointRef& ref) {
    std::visit(base::Overloaded{
                   [&](const InternetEnd&) { put(internet()); },
                   [&](const AnyEnd&) {
                     put_inside();
                     put_outside();
                   },
                   [&](const InsideEnd&) { put_inside(); },
                   [&](const OutsideEnd&) { put_outside(); },
                   [&](const LabelEnd& label) { put_labelled(label.label); },
                   [&](const BlocksEnd& blocks) { put(made(AddressBlocks{blocks.blocks})); },
                   [&](const DeclaredEnd& declared) {
                     for (const DeclaredId id : declared.ids) put_thing(id);
                   },
               },
               ref.node);
  }

  std::vector<Value> all;

 private:
  void put(Value value) {
    if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(std::move(value));
  }

  template <class Wanted>
  void put_where(Wanted wanted) {
    for (const DeclaredId id : x_.rows.ids()) {
      const Row& row = x_.rows[id];
      if (row.live && !row.for_rules && wanted(row.declared)) put(made(EntityRef{id}));
    }
  }

  static bool is_member(const Declared& declared) {
    return is_end(declared.kind) && declared.kind != Kind::Site && declared.kind != Kind::Network &&
           declared.kind != Kind::Subnet;
  }
  void put_inside() { put_where(is_member); }
  void put_outside() {
    put_where([](const Declared& declared) { return declared.kind == Kind::Site; });
    put(internet());
  }
  void put_labelled(const std::string& label) {
    put_where([&](const Declared& declared) {
      const auto labels = declared.attributes.find("labels");
      const auto* list = labels == declared.attributes.end() ? nullptr : std::get_if<List>(&labels->second.node);
      return list != nullptr &&
             std::find(list->items.begin(), list->items.end(), made(Word{label})) != list->items.end();
    });
  }
  /// A tier and a network are what stands in them.
  void put_thing(DeclaredId id) {
    const Kind kind = x_.rows[id].declared.kind;
    if (kind == Kind::Network) {
      put_where([&](const Declared& declared) {
        return is_member(declared) && declared.home && x_.rows[*declared.home].declared.home == id;
      });
    } else if (kind == Kind::Subnet) {
      put_where([&](const Declared& declared) { return is_member(declared) && declared.home == id; });
    } else {
      put(made(EntityRef{id}));
    }
  }

  const Expansion& x_;
};

bool is_thing(const Expansion& x, const Value& end, Kind kind) {
  const auto* thing = std::get_if<EntityRef>(&end.node);
  return thing != nullptr && x.rows[thing->id].declared.kind == kind;
}

template <class Holds>
bool some(const std::vector<Value>& ends, Holds holds) {
  return std::any_of(ends.begin(), ends.end(), holds);
}

bool is_written(const Side& side, bool (*fits)(const Expansion&, const EndpointRef&), const Expansion& x) {
  return std::any_of(side.terms.begin(), side.terms.end(), [&](const EndpointRef& ref) { return fits(x, ref); });
}

bool names_blocks(const Expansion&, const EndpointRef& ref) { return std::holds_alternative<BlocksEnd>(ref.node); }

bool names_tier(const Expansion& x, const EndpointRef& ref) {
  const auto* declared = std::get_if<DeclaredEnd>(&ref.node);
  return declared != nullptr && std::any_of(declared->ids.begin(), declared->ids.end(), [&](DeclaredId id) {
           return x.rows[id].declared.kind == Kind::Subnet || x.rows[id].declared.kind == Kind::Network;
         });
}

/// Every action, every packet, or every port of a protocol that has them.
bool is_wide(const Actions& actions) {
  if (actions.any || actions.traffic.is_all()) return true;
  const auto& parts = actions.traffic.parts();
  return std::any_of(parts.begin(), parts.end(), [](const net::ProtocolPorts& part) {
    const bool has_ports = part.protocol != net::Protocol::Icmp && part.protocol != net::Protocol::Icmp6;
    return has_ports && part.ports == net::Traffic::of(part.protocol).parts().front().ports;
  });
}

Value actions_value(const Actions& actions) {
  List list;
  for (const auto& action : actions.data) list.items.push_back(made(Word{action}));
  if (actions.any) {
    list.items.push_back(made(Word{"any"}));
    list.items.push_back(made(net::Traffic::all()));
  } else if (!actions.traffic.empty()) {
    list.items.push_back(made(actions.traffic));
  }
  return made(std::move(list));
}

/// Whether every thing that opens has a private endpoint in its own tier to every thing that answers.
bool by_endpoint(const Expansion& x, const std::vector<Value>& from, const std::vector<Value>& to) {
  const auto leads = [&](DeclaredId source, DeclaredId target) {
    for (const Row& row : x.rows) {
      if (!row.live || row.declared.kind != Kind::Endpoint || row.declared.home != x.rows[source].declared.home)
        continue;
      const auto targets = row.declared.attributes.find("targets");
      const auto* list = targets == row.declared.attributes.end() ? nullptr : std::get_if<List>(&targets->second.node);
      if (list == nullptr) continue;
      if (some(list->items, [&](const Value& item) { return item == made(EntityRef{target}); })) return true;
    }
    return false;
  };
  for (const Value& source : from) {
    for (const Value& target : to) {
      const auto* a = std::get_if<EntityRef>(&source.node);
      const auto* b = std::get_if<EntityRef>(&target.node);
      if (a == nullptr || b == nullptr || !x.rows[a->id].declared.home || !leads(a->id, b->id)) return false;
    }
  }
  return true;
}

bool is_linked(const Expansion& x, DeclaredId site) {
  for (std::size_t step = 0; step <= x.rows.size(); ++step) {
    for (const Row& row : x.rows) {
      if (row.live && row.declared.kind == Kind::Link && row.declared.second == site) return true;
    }
    const auto& attributes = x.rows[site].declared.attributes;
    const auto inside = attributes.find("inside");
    const auto* larger = inside == attributes.end() ? nullptr : std::get_if<EntityRef>(&inside->second.node);
    if (larger == nullptr) return false;
    site = larger->id;
  }
  return false;
}

std::string path_of(const Expansion& x, const FlowLine& flow, const std::vector<Value>& from,
                    const std::vector<Value>& to) {
  if (!flow.actions.data.empty()) return by_endpoint(x, from, to) ? "endpoint" : "internet";
  for (const auto& hop : flow.via) {
    const auto* thing = std::get_if<DeclaredId>(&hop.node);
    if (thing != nullptr && x.rows[*thing].declared.kind == Kind::Site) return "link";
  }
  const auto anonymous = [&](const Value& end) { return !std::holds_alternative<EntityRef>(end.node); };
  if (some(from, anonymous) || some(to, anonymous)) return "internet";
  std::string sites;
  std::vector<DeclaredId> networks;
  for (const auto* side : {&from, &to}) {
    for (const Value& end : *side) {
      const DeclaredId id = std::get<EntityRef>(end.node).id;
      if (is_thing(x, end, Kind::Site)) {
        if (!is_linked(x, id)) return "internet";
        sites = "link";
      } else if (const auto network = network_of(x, id)) {
        if (std::find(networks.begin(), networks.end(), *network) == networks.end()) networks.push_back(*network);
      }
    }
  }
  if (!sites.empty()) return sites;
  return networks.size() > 1 ? "peer" : "network";
}

}  // namespace

std::vector<Value> ends_of(const Expansion& x, const Side& side) {
  Ends ends(x);
  for (const EndpointRef& ref : side.terms) ends.add(ref);
  Ends except(x);
  for (const EndpointRef& ref : side.except) except.add(ref);
  std::erase_if(ends.all, [&](const Value& end) {
    return std::find(except.all.begin(), except.all.end(), end) != except.all.end();
  });
  return std::move(ends.all);
}

std::map<std::string, Value> flow_facts(const Expansion& x, const FlowLine& flow) {
  const auto from = ends_of(x, flow.from);
  const auto to = ends_of(x, flow.to);
  const bool peer = some(from, [&](const Value& end) {
    return is_thing(x, end, Kind::Group) && std::find(to.begin(), to.end(), end) != to.end();
  });
  List via;
  for (const auto& hop : flow.via) {
    const auto* thing = std::get_if<DeclaredId>(&hop.node);
    via.items.push_back(thing == nullptr ? made(Word{"nat"}) : made(EntityRef{*thing}));
  }
  constexpr std::int64_t kAllPorts = 65536;
  const std::int64_t ports =
      flow.actions.any ? kAllPorts : static_cast<std::int64_t>(flow.actions.traffic.port_count());
  std::map<std::string, Value> facts;
  facts.emplace("name", made(flow.text));
  facts.emplace("from", made(List{from}));
  facts.emplace("to", made(List{to}));
  facts.emplace("actions", actions_value(flow.actions));
  facts.emplace("via", made(std::move(via)));
  facts.emplace("deny", made(flow.deny));
  facts.emplace("data", made(!flow.actions.data.empty()));
  facts.emplace("peer", made(peer));
  facts.emplace("wide", made(is_wide(flow.actions)));
  facts.emplace("ports", made(ports));
  facts.emplace("by_address", made(is_written(flow.from, names_blocks, x) || is_written(flow.to, names_blocks, x)));
  facts.emplace("names_subnet", made(is_written(flow.from, names_tier, x) || is_written(flow.to, names_tier, x)));
  facts.emplace("path", made(Word{path_of(x, flow, from, to)}));
  return facts;
}

}  // namespace crenel::sema
