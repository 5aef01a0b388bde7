#include "backends/aws/values.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "backends/aws/limits.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::ParameterId;

constexpr std::uint32_t kMostParts = 256;  // of one Fn::Cidr

Value select_part(Value block, int length, std::uint32_t index, net::Family family) {
  const auto position = static_cast<int>(index);
  Value parts = object({{"Fn::Cidr", array({std::move(block), position + 1, net::bits_of(family) - length})}});
  return object({{"Fn::Select", array({position, std::move(parts)})}});
}

/// A block that is narrowed in steps of at most eight bits, so that no list grows over 256 members. Every step's length
/// is at least that of the whole, because `index` lies inside of it.
Value carve(Value whole, int length, std::uint32_t index, net::Family family) {
  if (index < kMostParts) return select_part(std::move(whole), length, index, family);
  return select_part(carve(std::move(whole), length - 8, index / kMostParts, family), length, index % kMostParts,
                     family);
}

/// The block of IPv6 that Amazon has given the network whose it is: the first of its blocks, and the only one.
Value chosen_space(const model::Design& design, ParameterId id) {
  const auto network = gives_space(design, {.base = id, .part = {}});
  assert(network);
  return object({{"Fn::Select", array({0, attribute(network_name(design, *network, "Vpc"), "Ipv6CidrBlocks")})}});
}

Value space_value(const model::Design& design, ParameterId id) {
  return design.parameters[id].chosen ? chosen_space(design, id) : reference_to(parameter_id(design, id));
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string squeeze(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string trimmed_to(std::string text, std::size_t length) {
  text.resize(std::min(text.size(), length));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace

Value reference_to(std::string_view id) { return object({{"Ref", id}}); }

Value attribute(std::string_view id, std::string_view name) { return object({{"Fn::GetAtt", array({id, name})}}); }

Value substitute(std::string text) { return object({{"Fn::Sub", std::move(text)}}); }

Value join(std::string_view separator, Array parts) {
  return object({{"Fn::Join", array({separator, Value(std::move(parts))})}});
}

std::optional<model::NetworkId> gives_space(const model::Design& design, const model::Block& block) {
  const auto* id = std::get_if<ParameterId>(&block.base);
  if (id == nullptr) return std::nullopt;
  for (const model::NetworkId network : design.networks.ids()) {
    if (design.networks[network].ipv6 == *id) return network;
  }
  return std::nullopt;
}

Value block_value(const model::Design& design, const model::Block& block) {
  if (const auto prefix = model::known(block)) return net::to_string(*prefix);
  if (!block.part) return address_value(design, block.base);
  // Only a network's last /26 is counted from its end, and nothing of AWS is put there.
  assert(!block.part->from_end);
  return carve(space_value(design, std::get<ParameterId>(block.base)), block.part->length, block.part->index,
               model::family_of(design, block.base));
}

Value address_value(const model::Design& design, const model::Late<net::Prefix>& block) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block)) return net::to_string(*prefix);
  const auto id = std::get<ParameterId>(block);
  if (design.parameters[id].kind != model::ParameterKind::Ip) return space_value(design, id);
  return substitute("${" + parameter_id(design, id) + "}/32");
}

Value address_value(const model::Design& design, const model::Late<net::Address>& address) {
  if (const auto* known = std::get_if<net::Address>(&address)) return net::to_string(*known);
  return reference_to(parameter_id(design, std::get<ParameterId>(address)));
}

Value text_value(const model::Design& design, const model::Late<std::string>& text) {
  if (const auto* known = std::get_if<std::string>(&text)) return *known;
  return reference_to(parameter_id(design, std::get<ParameterId>(text)));
}

std::string rule_text(std::string_view text) {
  std::string out(text);
  replace_all(out, "->", "to");
  replace_all(out, " : ", ": ");
  replace_all(out, "&", "and");
  replace_all(out, "\xE2\x80\x93", "-");  // en dash
  replace_all(out, "\xE2\x80\x94", "-");  // em dash
  replace_all(out, "\xE2\x80\x99", "");   // typographic apostrophe
  std::string kept;
  for (const char c : out) {
    if (c == '\'' || c == '"' || c == '`') continue;
    const bool good = is_letter_or_digit(c) || std::string_view(" ._-:/()#,@[]+=;{}!$*").find(c) != std::string::npos;
    kept += good ? c : ' ';
  }
  return trimmed_to(squeeze(kept), kRuleDescriptionCharacters);
}

std::string tag_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool good = is_letter_or_digit(c) || std::string_view(" _.:/=+-@").find(c) != std::string::npos;
    out += good ? c : '_';
  }
  return trimmed_to(std::move(out), kTagValueCharacters);
}

std::string cut(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  text.resize(bytes);
  return text;
}

}  // namespace crenel::aws
