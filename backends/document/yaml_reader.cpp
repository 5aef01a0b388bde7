#include "backends/document/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "backends/document/diagnostics.h"
#include "backends/document/yaml_places.h"

namespace crenel::document {
namespace {

constexpr std::string_view kStandardTags = "tag:yaml.org,2002:";

/// Leaves the parser, which has no other way out. What was wrong is reported before.
struct Stop {};

/// What a tag says about its node.
struct Tag {
  std::string_view local;  ///< "!Ref"
  bool text = false;       ///< it is a text, whatever it looks like
};

class Reader final : public YAML::EventHandler {
 public:
  Reader(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics)
      : text_(text), tree_(tree), diagnostics_(diagnostics) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { end(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { end('}'); }

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }
  [[nodiscard]] bool any() const { return documents_ > 0; }

 private:
  struct Level {
    bool flow = false;
    bool mapping = false;
    bool expects_key = false;
  };

  /// Whether the next node is a key; the one after it is a value then, and the other way around.
  bool turn() {
    if (levels_.empty() || !levels_.back().mapping) return false;
    return std::exchange(levels_.back().expects_key, !levels_.back().expects_key);
  }
  [[nodiscard]] base::Span word(std::size_t begin) const;
  void refuse_anchor(std::size_t begin, YAML::anchor_t anchor);
  Tag tag_of(std::size_t begin, const std::string& tag);
  void refuse_key(std::size_t begin, std::string_view what);
  void end(char closing);

  std::string_view text_;
  TreeBuilder& tree_;
  diagnostics::Diagnostics& diagnostics_;
  std::vector<Level> levels_;
  int documents_ = 0;
};

/// From `begin` to the next blank or bracket.
base::Span Reader::word(std::size_t begin) const {
  const std::size_t end = text_.find_first_of(" \t\r\n,[]{}", begin);
  return tree_.span(begin, std::max(std::min(end, text_.size()), std::min(begin + 1, text_.size())));
}

void Reader::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  const std::size_t begin = offset(mark);
  if (text_.substr(begin).starts_with("---")) {
    diagnostics_.report(kSeveralDocuments, tree_.span(begin, begin + 3)).help =
        "a template is one document: put the others into files of their own";
  } else {
    diagnostics_.report(kMalformed, word(begin), "YAML", "the document ends before this");
  }
  throw Stop();
}

void Reader::refuse_anchor(std::size_t begin, YAML::anchor_t anchor) {
  if (anchor != YAML::NullAnchor) diagnostics_.report(kReference, word(begin), "anchors");
}

void Reader::refuse_key(std::size_t begin, std::string_view what) { diagnostics_.report(kKeyShape, word(begin), what); }

Tag Reader::tag_of(std::size_t begin, const std::string& tag) {
  if (tag.empty() || tag == "?") return {};
  if (tag == "!") return {.local = {}, .text = true};
  if (tag.front() == '!') return {.local = tree_.keep(tag), .text = false};
  const std::string_view name = std::string_view(tag).substr(std::min(tag.size(), kStandardTags.size()));
  const bool standard = tag.starts_with(kStandardTags) && (name == "str" || name == "int" || name == "bool" ||
                                                           name == "float" || name == "seq" || name == "map");
  if (!standard) diagnostics_.report(kForeignTag, word(begin), tag);
  return {.local = {}, .text = name == "str"};
}

void Reader::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t begin = offset(mark);
  refuse_anchor(begin, anchor);
  if (turn()) {
    refuse_key(begin, "nothing");
    tree_.key({}, word(begin));
    return;
  }
  // a key without a value ("? a"): the parser puts the value where the entry begins
  const std::size_t after = tree_.next_begin();
  if (begin < after) {
    tree_.leaf({.span = tree_.span(after, after), .value = Null{}});
    return;
  }
  std::size_t end = begin;
  for (const std::string_view spelling : {"~", "null", "Null", "NULL"}) {
    if (text_.substr(begin).starts_with(spelling)) end = begin + spelling.size();
  }
  tree_.leaf({.span = tree_.span(begin, end), .value = Null{}});
}

void Reader::OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) {
  const std::size_t begin = offset(mark);
  diagnostics_.report(kReference, word(begin), "aliases");
  if (turn()) {
    tree_.key({}, word(begin));
  } else {
    tree_.leaf({.span = word(begin), .value = Null{}});
  }
}

void Reader::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) {
  const std::size_t begin = offset(mark);
  refuse_anchor(begin, anchor);
  const Tag meant = tag_of(begin, tag);
  const ScalarPlace place = place_of_scalar(text_, begin, value);
  const base::Span span = tree_.span(begin, place.end);
  if (!place.closed) {  // at the end of the text the parser takes the end for a quote
    diagnostics_.report(kMalformed, tree_.span(begin, begin + 1), "YAML", "this text has no closing quote");
    throw Stop();
  }
  const std::size_t own = place.end - std::min(place.end, value.size());
  // what stands there unchanged need not be copied
  const std::string_view text =
      own >= begin && text_.substr(own, value.size()) == value ? text_.substr(own, value.size()) : tree_.keep(value);
  if (turn()) {
    if (!meant.local.empty()) refuse_key(begin, "something with a tag");
    if (value == "<<" && !place.quoted) {
      diagnostics_.report(kMergeKey, span).help = "write the entries out, or quote the key if it is one";
    }
    tree_.key(text, span);
    return;
  }
  tree_.leaf({.span = span,
              .tag_size = static_cast<std::uint32_t>(meant.local.size()),
              .tag_text = meant.local.data(),
              .value = Scalar{.text = text, .quoted = place.quoted || meant.text}});
}

void Reader::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  const std::size_t begin = offset(mark);
  refuse_anchor(begin, anchor);
  if (turn()) {
    refuse_key(begin, "a sequence");
    throw Stop();
  }
  if (!tree_.open_sequence(begin, tag_of(begin, tag).local)) throw Stop();
  levels_.push_back({.flow = style == YAML::EmitterStyle::Flow, .mapping = false, .expects_key = false});
}

void Reader::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        YAML::EmitterStyle::value style) {
  const std::size_t begin = offset(mark);
  refuse_anchor(begin, anchor);
  if (turn()) {
    refuse_key(begin, "a mapping");
    throw Stop();
  }
  if (!tree_.open_mapping(begin, tag_of(begin, tag).local)) throw Stop();
  levels_.push_back({.flow = style == YAML::EmitterStyle::Flow, .mapping = true, .expects_key = true});
}

void Reader::end(char closing) {
  const std::size_t last = tree_.last_end();
  tree_.close(levels_.back().flow ? end_of_flow(text_, last, closing) : last);
  levels_.pop_back();
}

/// The parser takes some control characters for its own marks.
bool refuse_control_characters(std::string_view text, const TreeBuilder& tree, diagnostics::Diagnostics& diagnostics) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte >= 0x20 && byte != 0x7F) || byte == '\n' || byte == '\r' || byte == '\t') continue;
    diagnostics.report(kControlCharacter, tree.span(at, at + 1), unsigned{byte});
    return false;
  }
  return true;
}

}  // namespace

bool read_yaml(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics) {
  if (!refuse_control_characters(text, tree, diagnostics)) return false;
  Reader reader(text, tree, diagnostics);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(reader)) {
    }
  } catch (const Stop&) {
    return false;
  } catch (const YAML::Exception& fault) {
    const std::size_t at = reader.offset(fault.mark);
    diagnostics.report(kMalformed, tree.span(at, std::min(at + 1, text.size())), "YAML", fault.msg);
    return false;
  }
  if (!reader.any()) diagnostics.report(kNoDocument, tree.span(0, 0));
  return reader.any();
}

}  // namespace crenel::document
