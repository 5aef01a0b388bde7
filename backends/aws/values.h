#pragma once

#include <string>
#include <string_view>

#include "backends/document/value.h"
#include "compiler/model/design.h"

/// Values of a template: intrinsic functions, and the model's values that may wait until deployment.
namespace crenel::aws {

using document::Array;
using document::Object;
using document::Value;

[[nodiscard]] Value reference_to(std::string_view id);
[[nodiscard]] Value attribute(std::string_view id, std::string_view name);
[[nodiscard]] Value substitute(std::string text);  ///< Fn::Sub of a text with `${Name}` in it
[[nodiscard]] Value join(std::string_view separator, Array parts);

/// A block: its text, a parameter, or a part of a parameter. `count` of Fn::Cidr ends at 256
/// (TemplateReference/intrinsic-function-reference-cidr.html): a part that lies further in is a part of a part.
[[nodiscard]] Value block_value(const model::Design& design, const model::Block& block);
/// A block that may be an `ip` parameter: then its /32.
[[nodiscard]] Value address_value(const model::Design& design, const model::Late<net::Prefix>& block);
[[nodiscard]] Value address_value(const model::Design& design, const model::Late<net::Address>& address);
/// The network whose block of IPv6 it is, or a part of that: it has none to name before it is given one.
[[nodiscard]] std::optional<model::NetworkId> gives_space(const model::Design& design, const model::Block& block);
[[nodiscard]] Value text_value(const model::Design& design, const model::Late<std::string>& text);

/// Text as a rule's description takes it: at most 255 characters of a-zA-Z0-9 and " ._-:/()#,@[]+=;{}!$*"
/// (AWSEC2 API reference, IpRange). An arrow becomes "to", an ampersand "and", quotes go, the rest becomes a blank.
[[nodiscard]] std::string rule_text(std::string_view text);
/// Text as a tag's value takes it: at most 256 characters, anything but letters, digits, blanks and "_.:/=+-@" as "_".
[[nodiscard]] std::string tag_text(std::string_view text);
/// The longest start of `text` of at most `bytes` bytes that does not cut a character.
[[nodiscard]] std::string cut(std::string text, std::size_t bytes);

}  // namespace crenel::aws
