#include "compiler/driver/fix.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diagnostics/file_errors.h"
#include "compiler/diagnostics/order.h"
#include "compiler/syntax/parser.h"

namespace crenel::driver {
namespace {

using diagnostics::Edit;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool collide(const base::Span& a, const base::Span& b) {
  if (a.begin == a.end && b.begin == b.end) return a.begin == b.begin;
  return a.begin < b.end && b.begin < a.end;
}

/// The edits of each source, none of which collides with another.
class Chosen {
 public:
  explicit Chosen(const Compilation& compilation) : compilation_(compilation) {}

  bool add(const diagnostics::Fix& fix) {
    for (const Edit& edit : fix.edits)
      if (!is_file(edit.span.source) || touches(edit.span)) return false;
    for (const Edit& edit : fix.edits) edits_[edit.span.source.index()].push_back(edit);
    return !fix.edits.empty();
  }

  /// The new texts by path. A file whose text is no longer what was checked has none.
  std::vector<std::pair<std::string, std::string>> texts() {
    std::vector<std::pair<std::string, std::string>> out;
    for (auto& [index, edits] : edits_) {
      const auto& source = compilation_.sources()[edits.front().span.source];
      const auto read = compilation_.files().read(source.path, syntax::kMaxSourceBytes);
      const auto* before = std::get_if<std::string>(&read);
      if (before == nullptr) continue;
      const bool marked = before->starts_with(kByteOrderMark);
      std::string text = marked ? before->substr(kByteOrderMark.size()) : *before;
      if (text != source.text) continue;
      std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.span.begin > b.span.begin; });
      for (const Edit& edit : edits) text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
      out.emplace_back(source.path, (marked ? std::string(kByteOrderMark) : "") + text);
    }
    return out;
  }

 private:
  bool is_file(base::SourceId source) const {
    if (!source.valid()) return false;
    const auto& reads = compilation_.files_read();
    const auto& path = compilation_.sources()[source].path;
    return std::any_of(reads.begin(), reads.end(), [&](const auto& each) { return each.path == path; });
  }

  bool touches(const base::Span& span) const {
    const auto found = edits_.find(span.source.index());
    return found != edits_.end() && std::any_of(found->second.begin(), found->second.end(),
                                                [&](const Edit& edit) { return collide(edit.span, span); });
  }

  const Compilation& compilation_;
  std::map<std::size_t, std::vector<Edit>> edits_;  // by source, in the order of the sources
};

}  // namespace

std::vector<AppliedFix> apply_safe_fixes(Compilation& compilation) {
  Chosen chosen(compilation);
  std::vector<AppliedFix> out;
  for (const auto& diagnostic : diagnostics::in_reading_order(compilation.diagnostics())) {
    const auto safe =
        std::find_if(diagnostic.fixes.begin(), diagnostic.fixes.end(), [](const auto& fix) { return fix.safe; });
    if (safe == diagnostic.fixes.end() || !chosen.add(*safe)) continue;
    const auto& place = safe->edits.front().span;
    out.push_back({.path = compilation.sources()[place.source].path,
                   .line = compilation.sources().position(place.source, place.begin).line,
                   .code = diagnostic.code,
                   .title = safe->title});
  }
  const auto texts = chosen.texts();
  std::erase_if(out, [&](const AppliedFix& fix) {
    return std::none_of(texts.begin(), texts.end(), [&](const auto& each) { return each.first == fix.path; });
  });
  if (texts.empty()) return {};
  if (const auto error = compilation.files().write_all(texts)) {
    diagnostics::report_unwritten(compilation.diagnostics(), *error);
    return {};
  }
  return out;
}

}  // namespace crenel::driver
