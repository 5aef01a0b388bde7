#include <string>

#include "backends/document/reader.h"
#include "compiler/diagnostics/render_text.h"
#include "tests/fuzz/target.h"

/// Any text as JSON or YAML: a document whose parts lie inside each other and in their order, or a fault with a place.
namespace crenel::fuzz {
namespace {

void check_node(const document::Node& node, base::Span around) {
  promise(node.span.source == around.source, "a part is of its text");
  promise(node.span.begin >= around.begin && node.span.end <= around.end && node.span.begin <= node.span.end,
          "a part lies in what holds it");
  std::uint32_t last = node.span.begin;
  for (const document::Node& element : node.elements()) {
    promise(element.span.begin >= last, "elements are in their order");
    last = element.span.end;
    check_node(element, node.span);
  }
  for (const document::Entry& entry : node.entries()) {
    promise(entry.key_span.begin >= last && entry.key_span.end <= entry.value.span.begin, "keys come before values");
    promise(node.find(entry.key) == &entry.value, "a key is there once");
    last = entry.value.span.end;
    check_node(entry.value, node.span);
  }
  const auto text = document::as_text(node);
  promise(!text || (node.scalar() != nullptr && *text == node.scalar()->text), "a text is its scalar's");
  const auto number = document::as_integer(node);
  promise(!number || text == std::to_string(*number) || *number == 0, "an integer is what it says");
}

void run(std::string_view input) {
  base::Sources sources;
  const base::SourceId source = sources.add("input", std::string(input));
  diagnostics::Diagnostics diagnostics;
  const auto document = document::read(sources, source, diagnostics);
  promise(document.has_value() != diagnostics.has_errors(), "a document, or why there is none");
  for (const auto& diagnostic : diagnostics.all()) {
    promise(
        diagnostic.span.valid() && diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= input.size(),
        "a fault lies in the text");
    promise(!render_text(diagnostic, sources).empty(), "a fault is shown");
  }
  if (!document) return;
  const auto size = static_cast<std::uint32_t>(input.size());
  check_node(document->root(), {.source = source, .begin = 0, .end = size});
}

bool is_seed(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".yaml") || path.ends_with(".yml");
}

}  // namespace

const Target& target() {
  static const Target all = {.name = "document",
                             .run = run,
                             .is_seed = is_seed,
                             .words = {"{",
                                       "}",
                                       "[",
                                       "]",
                                       ":",
                                       ",",
                                       "- ",
                                       "? ",
                                       ": ",
                                       "\n",
                                       "\n  ",
                                       "\t",
                                       "\r\n",
                                       "\"",
                                       "'",
                                       "''",
                                       "\\",
                                       "\\u0041",
                                       "\\ud83d\\ude00",
                                       "\\u0000",
                                       "|",
                                       ">",
                                       "|-",
                                       ">+2",
                                       "&a",
                                       "*a",
                                       "<<",
                                       "!Ref",
                                       "!GetAtt a.b",
                                       "!!str",
                                       "!!binary",
                                       "!<x>",
                                       "---",
                                       "...",
                                       "%YAML 1.2",
                                       "%TAG ! x",
                                       "#",
                                       "//",
                                       "/*",
                                       "*/",
                                       "null",
                                       "~",
                                       "true",
                                       "yes",
                                       "010",
                                       "1e999",
                                       "-0",
                                       "0x1F",
                                       "1_0",
                                       "\xc3\xa9",
                                       "\xff",
                                       "\xef\xbb\xbf",
                                       "\x7f",
                                       "a",
                                       "\"a\"",
                                       "\"a\":"},
                             .documents = true};
  return all;
}

}  // namespace crenel::fuzz
