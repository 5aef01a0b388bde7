#include "backends/document/tree_builder.h"

#include <algorithm>
#include <memory>

#include "backends/document/diagnostics.h"

namespace crenel::document {
namespace {

/// Up to here each key is compared with each: almost every mapping is that small.
constexpr std::size_t kFewEntries = 12;

constexpr std::size_t kFirstBlock = std::size_t{16} * 1024;

}  // namespace

TreeBuilder::TreeBuilder(base::SourceId source, diagnostics::Diagnostics& diagnostics)
    : source_(source),
      diagnostics_(diagnostics),
      memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(kFirstBlock)) {}

base::Span TreeBuilder::span(std::size_t begin, std::size_t end) const {
  return {.source = source_, .begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(end)};
}

std::string_view TreeBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

void TreeBuilder::key(std::string_view text, base::Span span) {
  key_ = text;
  key_span_ = span;
}

void TreeBuilder::leaf(const Node& node) { add(key_, key_span_, node); }

void TreeBuilder::add(std::string_view key, base::Span key_span, const Node& node) {
  if (frames_.empty()) {
    root_ = node;
  } else if (frames_.back().mapping) {
    entries_.push_back({.key = key, .key_span = key_span, .value = node});
  } else {
    nodes_.push_back(node);
  }
}

bool TreeBuilder::open_sequence(std::size_t begin, std::string_view tag) {
  return open(
      {.mapping = false, .first = nodes_.size(), .begin = begin, .tag = tag, .key = key_, .key_span = key_span_});
}

bool TreeBuilder::open_mapping(std::size_t begin, std::string_view tag) {
  return open(
      {.mapping = true, .first = entries_.size(), .begin = begin, .tag = tag, .key = key_, .key_span = key_span_});
}

bool TreeBuilder::open(Frame frame) {
  if (frames_.size() >= static_cast<std::size_t>(kMostLevels)) {
    diagnostics_.report(kNestedTooDeep, span(frame.begin, frame.begin + 1), kMostLevels);
    return false;
  }
  frames_.push_back(frame);
  return true;
}

void TreeBuilder::close(std::size_t end) {
  const Frame frame = frames_.back();
  frames_.pop_back();
  Node node{.span = span(frame.begin, end),
            .tag_size = static_cast<std::uint32_t>(frame.tag.size()),
            .tag_text = frame.tag.data(),
            .value = {}};
  if (frame.mapping) {
    const std::span<const Entry> entries = settle(entries_, frame.first);
    report_duplicates(entries);
    node.value = Mapping{entries};
  } else {
    node.value = Sequence{settle(nodes_, frame.first)};
  }
  add(frame.key, frame.key_span, node);
}

template <class T>
std::span<const T> TreeBuilder::settle(std::vector<T>& parts, std::size_t first) {
  static_assert(std::is_trivially_destructible_v<T>);
  const std::size_t count = parts.size() - first;
  if (count == 0) return {};
  auto* place = static_cast<T*>(memory_->allocate(count * sizeof(T), alignof(T)));
  const auto from = parts.begin() + static_cast<std::ptrdiff_t>(first);
  std::uninitialized_copy(from, parts.end(), place);
  parts.erase(from, parts.end());
  return {place, count};
}

void TreeBuilder::report_duplicates(std::span<const Entry> entries) {
  const auto report = [&](const Entry& earlier, const Entry& later) {
    auto& diagnostic = diagnostics_.report(kDuplicateKey, later.key_span, std::string(later.key));
    diagnostic.notes.push_back({.span = earlier.key_span, .message = "it is first given here"});
    diagnostic.help = "keep one of the two: which of them counts differs from reader to reader";
  };
  if (entries.size() <= kFewEntries) {
    for (std::size_t i = 1; i < entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (entries[j].key != entries[i].key) continue;
        report(entries[j], entries[i]);
        break;
      }
    }
    return;
  }
  by_key_.clear();
  for (const Entry& entry : entries) by_key_.push_back(&entry);
  std::sort(by_key_.begin(), by_key_.end(), [](const Entry* a, const Entry* b) {
    return a->key != b->key ? a->key < b->key : a->key_span.begin < b->key_span.begin;
  });
  const Entry* first = by_key_.front();
  for (const Entry* entry : by_key_) {
    if (entry->key != first->key) first = entry;
    if (entry != first) report(*first, *entry);
  }
}

std::size_t TreeBuilder::last_end() const {
  const Frame& frame = frames_.back();
  if (frame.mapping) return entries_.size() > frame.first ? entries_.back().value.span.end : frame.begin;
  return nodes_.size() > frame.first ? nodes_.back().span.end : frame.begin;
}

std::size_t TreeBuilder::next_begin() const {
  if (frames_.empty()) return 0;
  return frames_.back().mapping ? std::size_t{key_span_.end} : last_end();
}

Document TreeBuilder::take() { return {std::move(memory_), root_}; }

}  // namespace crenel::document
