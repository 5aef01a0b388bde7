#include <fmt/format.h>

#include "compiler/base/text.h"
#include "compiler/sema/sema.h"
#include "compiler/sema/types.h"

namespace crenel::sema {
namespace {

class Dump {
 public:
  explicit Dump(const Elaboration& elaboration) : e_(elaboration) {}

  std::string text() {
    line(0, fmt::format("target {}{}", e_.name, e_.parameterised ? " (parameterised)" : ""));
    if (!e_.doc.empty()) line(1, fmt::format("doc {}", quoted(e_.doc)));
    if (!e_.region.empty()) line(1, "region " + e_.region);
    if (e_.environment) environment(*e_.environment);
    for (const auto& parameter : e_.parameters) at(parameter);
    for (const auto& declared : e_.declared) at(declared);
    for (const auto& flow : e_.flows) at(flow);
    for (const auto& claim : e_.claims) at(claim);
    return std::move(out_);
  }

 private:
  void line(int depth, const std::string& text) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }

  static std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '\n') {
        out += "\\n";
      } else {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
    }
    return out + "\"";
  }

  std::string name(DeclaredId id) const { return id.valid() ? model::to_string(e_.declared[id].path) : "-"; }
  std::string name(model::ParameterId id) const { return "$" + model::to_string(e_.parameters[id].origin.path); }

  std::string blocks(const std::vector<model::Late<net::Prefix>>& all) const {
    std::vector<std::string> parts;
    for (const auto& block : all) {
      const auto* known = std::get_if<net::Prefix>(&block);
      parts.push_back(known != nullptr ? net::to_string(*known) : name(std::get<model::ParameterId>(block)));
    }
    return "[" + base::join(parts, ", ") + "]";
  }

  std::string value(const Value& v) const {
    return std::visit(base::Overloaded{
                          [&](const EntityRef& reference) { return name(reference.id); },
                          [&](const Deferred& deferred) { return name(deferred.id); },
                          [&](const AddressBlocks& set) { return blocks(set.blocks); },
                          [&](const std::string& text) { return quoted(text); },
                          [&](const List& list) {
                            std::vector<std::string> parts;
                            for (const auto& item : list.items) parts.push_back(value(item));
                            return "[" + base::join(parts, ", ") + "]";
                          },
                          [&](const Driven& driven) {
                            return fmt::format("{} by {}({})", value(*driven.value), driven.driver,
                                               value(*driven.argument));
                          },
                          [&](const auto&) { return to_text(v); },
                      },
                      v.node);
  }

  static std::string setting(const model::Setting& value) {
    return std::visit(base::Overloaded{
                          [](const std::string& text) { return quoted(text); },
                          [](std::int64_t number) { return std::to_string(number); },
                          [](bool flag) { return std::string(flag ? "true" : "false"); },
                          [](const std::vector<std::string>& texts) {
                            std::vector<std::string> parts;
                            for (const auto& text : texts) parts.push_back(quoted(text));
                            return "[" + base::join(parts, ", ") + "]";
                          },
                      },
                      value);
  }

  void settings(int depth, const model::ProviderSettings& all) {
    for (const auto& [provider, values] : all) {
      for (const auto& [key, found] : values) line(depth, fmt::format("on {} {} = {}", provider, key, setting(found)));
    }
  }

  void environment(const model::Environment& environment) {
    line(1,
         fmt::format("environment {} stage {} owner {} network_admins [{}]", model::to_string(environment.origin.path),
                     environment.stage, quoted(environment.owner), base::join(environment.network_admins, ", ")));
    settings(2, environment.settings);
  }

  static std::string_view word(model::ParameterKind kind) {
    switch (kind) {
      case model::ParameterKind::Cidr:
        return "cidr";
      case model::ParameterKind::Ip:
        return "ip";
      case model::ParameterKind::Image:
        return "image";
      case model::ParameterKind::Certificate:
        return "certificate";
      case model::ParameterKind::Identity:
        return "identity";
      case model::ParameterKind::Secret:
        return "secret";
      case model::ParameterKind::Key:
        return "key";
      case model::ParameterKind::Text:
        return "string";
    }
    return "";
  }

  void at(const model::Parameter& parameter) {
    std::string text = fmt::format("parameter {} : {}", model::to_string(parameter.origin.path), word(parameter.kind));
    if (parameter.kind == model::ParameterKind::Cidr) {
      text += fmt::format(" /{}../{}", parameter.shortest, parameter.longest);
    }
    if (!parameter.within.empty()) {
      std::vector<std::string> parts;
      for (const auto& block : parameter.within) parts.push_back(net::to_string(block));
      text += " within " + base::join(parts, ", ");
    }
    if (!parameter.pattern.empty()) text += " matching " + quoted(parameter.pattern);
    if (parameter.default_value) text += " = " + quoted(*parameter.default_value);
    line(1, text);
    if (!parameter.origin.doc.empty()) line(2, "doc " + quoted(parameter.origin.doc));
  }

  void at(const Declared& declared) {
    std::string head = fmt::format("{} {}", keyword(declared.kind), model::to_string(declared.path));
    if (declared.kind == Kind::Subnet) {
      head += declared.tier_kind == model::TierKind::Public    ? " : public"
              : declared.tier_kind == model::TierKind::Private ? " : private"
                                                               : " : isolated";
    }
    if (declared.home) head += " in " + name(*declared.home);
    if (declared.kind == Kind::Link) {
      head += fmt::format(" ({} -> {}) by {}", name(declared.first), name(declared.second),
                          model::to_string(declared.link_kind));
    }
    line(1, head);
    if (!declared.doc.empty()) line(2, "doc " + quoted(declared.doc));
    if (!declared.because.empty()) line(2, "because " + quoted(declared.because));
    for (const auto& [key, found] : declared.attributes) line(2, fmt::format("{} = {}", key, value(found)));
    settings(2, declared.settings);
    for (const auto& forward : declared.forwards) {
      line(2, fmt::format("forward {} to {} : {}{}", net::to_string(forward.listen), name(forward.target),
                          net::to_string(forward.to), forward.check ? " check " + quoted(*forward.check) : ""));
    }
  }

  std::string end(const EndpointRef& ref) const {
    return std::visit(base::Overloaded{
                          [](const InternetEnd&) { return std::string("internet"); },
                          [](const AnyEnd&) { return std::string("any"); },
                          [](const InsideEnd&) { return std::string("inside"); },
                          [](const OutsideEnd&) { return std::string("outside"); },
                          [](const LabelEnd& label) { return "label " + label.label; },
                          [&](const BlocksEnd& found) { return found.name + " " + blocks(found.blocks); },
                          [&](const DeclaredEnd& found) {
                            std::vector<std::string> names;
                            for (const auto id : found.ids) names.push_back(name(id));
                            const std::string all = base::join(names, ", ");
                            return found.is_list ? "[" + all + "]" : all;
                          },
                      },
                      ref.node);
  }

  std::string side(const Side& ends) const {
    std::vector<std::string> parts;
    for (const auto& term : ends.terms) parts.push_back(end(term));
    std::string out = base::join(parts, ", ");
    for (const auto& term : ends.except) out += " except " + end(term);
    return out;
  }

  static std::string actions(const Actions& actions) {
    std::vector<std::string> parts;
    if (actions.any) parts.emplace_back("any");
    if (!actions.traffic.empty()) parts.push_back(net::to_string(actions.traffic));
    for (const auto& action : actions.data) parts.push_back(action);
    return base::join(parts, ", ");
  }

  std::string hops(const std::vector<HopRef>& via) const {
    std::vector<std::string> parts;
    for (const auto& hop : via) {
      const auto* id = std::get_if<DeclaredId>(&hop.node);
      parts.push_back(id == nullptr ? "nat" : name(*id));
    }
    return parts.empty() ? "" : " via " + base::join(parts, ", ");
  }

  void at(const FlowLine& flow) {
    line(1, fmt::format("{} {}", flow.deny ? "deny" : "allow", flow.text));
    line(2, fmt::format("{} -> {} : {}{}", side(flow.from), side(flow.to), actions(flow.actions), hops(flow.via)));
    if (!flow.because.empty()) line(2, "because " + quoted(flow.because));
  }

  void at(const ClaimLine& claim) {
    line(1, "claim " + claim.text);
    line(2, fmt::format("{} {} {} : {}{}", side(claim.from), claim.transitive ? "~>" : "->", side(claim.to),
                        actions(claim.actions), hops(claim.via)));
  }

  const Elaboration& e_;
  std::string out_;
};

}  // namespace

std::string dump_elaboration(const Elaboration& elaboration) { return Dump(elaboration).text(); }

}  // namespace crenel::sema
