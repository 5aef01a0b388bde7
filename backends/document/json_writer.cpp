#include <fmt/format.h>

#include <cassert>

#include "backends/document/value.h"
#include "compiler/base/ids.h"
#include "compiler/base/text.h"

/// Written out by hand: the members' order, the layout and every byte are ours, whatever a library's next version does.
namespace crenel::document {
namespace {

constexpr std::size_t kIndent = 2;

void append_string(std::string& out, std::string_view text) {
  assert(!base::first_invalid_utf8(text));
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append(std::string& out, const Value& value, std::size_t indent);

/// `one` writes an element after its indentation.
template <class Elements, class One>
void append_elements(std::string& out, const Elements& elements, char open, char close, std::size_t indent, One one) {
  out += open;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out.append(indent + kIndent, ' ');
    one(elements[i]);
  }
  if (!elements.empty()) {
    out += '\n';
    out.append(indent, ' ');
  }
  out += close;
}

void append(std::string& out, const Value& value, std::size_t indent) {
  std::visit(base::Overloaded{
                 [&](std::monostate) { out += "null"; },
                 [&](bool node) { out += node ? "true" : "false"; },
                 [&](std::int64_t node) { out += fmt::format("{}", node); },
                 [&](const std::string& node) { append_string(out, node); },
                 [&](const Array& node) {
                   append_elements(out, node, '[', ']', indent,
                                   [&](const Value& element) { append(out, element, indent + kIndent); });
                 },
                 [&](const Object& node) {
                   append_elements(out, node, '{', '}', indent, [&](const Member& member) {
                     append_string(out, member.first);
                     out += ": ";
                     append(out, member.second, indent + kIndent);
                   });
                 },
             },
             value.node());
}

}  // namespace

std::string to_json(const Value& value) {
  std::string out;
  append(out, value, 0);
  out += '\n';
  return out;
}

}  // namespace crenel::document
