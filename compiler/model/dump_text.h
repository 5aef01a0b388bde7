#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/model/design.h"

/// How a dump writes values and lines. For the files of the dump only.
namespace crenel::model {

inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

inline std::string_view word(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::Cidr:
      return "cidr";
    case ParameterKind::Ip:
      return "ip";
    case ParameterKind::Image:
      return "image";
    case ParameterKind::Certificate:
      return "certificate";
    case ParameterKind::Identity:
      return "identity";
    case ParameterKind::Secret:
      return "secret";
    case ParameterKind::Key:
      return "key";
    case ParameterKind::Text:
      return "string";
  }
  return {};
}

inline std::string_view word(TierKind kind) {
  switch (kind) {
    case TierKind::Public:
      return "public";
    case TierKind::Private:
      return "private";
    case TierKind::Isolated:
      return "isolated";
  }
  return {};
}

inline std::string_view word(Size size) {
  switch (size) {
    case Size::Small:
      return "small";
    case Size::Medium:
      return "medium";
    case Size::Large:
      return "large";
  }
  return {};
}

/// A thing's own lines are indented by two spaces below its first one.
class DumpText {
 public:
  explicit DumpText(const Design& design) : design_(design) {}

  template <class... Args>
  void line(int depth, fmt::format_string<Args...> format, Args&&... args) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string text(ParameterId id) const { return "$" + to_string(design_.parameters[id].origin.path); }
  template <class T>
  std::string text(const Late<T>& value) const {
    if (const auto* id = std::get_if<ParameterId>(&value)) return text(*id);
    if constexpr (std::is_same_v<T, std::string>) {
      return quoted(std::get<T>(value));
    } else {
      return net::to_string(std::get<T>(value));
    }
  }
  std::string text(const Block& block) const {
    std::string base = text(block.base);
    if (!block.part) return base;
    return fmt::format("{}[/{} {}{}]", base, block.part->length, block.part->from_end ? "last-" : "#",
                       block.part->index);
  }
  template <class T>
  std::string text(const std::vector<Late<T>>& values) const {
    std::vector<std::string> parts;
    for (const auto& value : values) parts.push_back(text(value));
    return "[" + base::join(parts, ", ") + "]";
  }
  std::string text(const Endpoint& endpoint) const {
    std::string name = name_of(design_, endpoint);
    if (const auto* blocks = std::get_if<Blocks>(&endpoint)) return name + text(blocks->blocks);
    return name;
  }
  std::string text(const std::vector<Endpoint>& endpoints) const {
    std::vector<std::string> parts;
    for (const auto& endpoint : endpoints) parts.push_back(text(endpoint));
    return parts.empty() ? "nothing" : base::join(parts, ", ");
  }
  std::string text(const WayOut& way) const {
    return std::visit(
        base::Overloaded{
            [](const NoWayOut&) { return std::string("none"); },
            [](const DirectWayOut&) { return std::string("direct"); },
            [](const NatWayOut&) { return std::string("nat"); },
            [this](SiteId site) { return "site " + to_string(design_.sites[site].origin.path); },
            [this](ApplianceId id) { return "appliance " + to_string(design_.appliances[id].origin.path); }},
        way);
  }

  std::string text(const Hop& hop) const {
    if (const auto* site = std::get_if<SiteId>(&hop)) return to_string(design_.sites[*site].origin.path);
    if (const auto* id = std::get_if<ApplianceId>(&hop)) return to_string(design_.appliances[*id].origin.path);
    return "nat";
  }
  std::string text(const std::vector<Hop>& via) const {
    std::vector<std::string> parts;
    for (const auto& hop : via) {
      parts.push_back(text(hop));
    }
    return base::join(parts, ", ");
  }
  static std::string text(const std::vector<std::string>& words) { return "[" + base::join(words, ", ") + "]"; }

  /// What a flow, a denial or a claim is about; "nothing" is neither packets nor data actions.
  static std::string text(const net::Traffic& traffic, const DataActions& actions) {
    std::string out = traffic.empty() ? "" : net::to_string(traffic);
    if (!actions.empty()) out += (out.empty() ? "" : ", ") + to_string(actions);
    return out.empty() ? "nothing" : out;
  }

  void origin(const Origin& origin) {
    if (!origin.doc.empty()) line(1, "doc {}", quoted(origin.doc));
    if (!origin.because.empty()) line(1, "because {}", quoted(origin.because));
  }

  std::string text(const Setting& value) const {
    return std::visit(base::Overloaded{[](const std::string& v) { return quoted(v); },
                                       [](std::int64_t v) { return fmt::format("{}", v); },
                                       [](bool v) { return fmt::format("{}", v); },
                                       [](const std::vector<std::string>& v) {
                                         std::vector<std::string> parts;
                                         for (const auto& item : v) parts.push_back(quoted(item));
                                         return DumpText::text(parts);
                                       }},
                      value);
  }

  void settings(int depth, const ProviderSettings& settings) {
    for (const auto& [provider, values] : settings) {
      for (const auto& [name, value] : values) {
        line(depth, "on {} {} = {}", provider, name, text(value));
      }
    }
  }

  const Design& design_;
  std::string out_;
};

/// Appends what `services.h` declares.
void dump_services(DumpText& to);

}  // namespace crenel::model
