#include "compiler/lsp/overlay_file_system.h"

#include <algorithm>
#include <utility>

namespace crenel::lsp {

std::vector<std::string> OverlayFileSystem::open_paths() const {
  std::vector<std::string> out;
  out.reserve(texts_.size());
  for (const auto& [path, text] : texts_) out.push_back(path);
  return out;
}

base::ReadResult OverlayFileSystem::read(const std::string& path, std::size_t max_bytes) const {
  const std::string* text = text_of(path);
  if (text == nullptr) text = text_of(files_.canonical(path));
  if (text == nullptr) return files_.read(path, max_bytes);
  if (text->size() > max_bytes) return files_.read(path, 0);
  return *text;
}

bool OverlayFileSystem::exists(const std::string& path) const {
  return text_of(path) != nullptr || files_.exists(path);
}

std::string OverlayFileSystem::canonical(const std::string& path) const {
  std::string there = files_.canonical(path);
  return there.empty() && text_of(path) != nullptr ? path : there;
}

std::optional<base::FileError> OverlayFileSystem::write_all(
    const std::vector<std::pair<std::string, std::string>>& path_and_text) {
  if (path_and_text.empty()) return std::nullopt;
  return base::FileError{.kind = base::FileErrorKind::NotWritable, .path = path_and_text.front().first, .detail = {}};
}

std::vector<std::string> OverlayFolders::files_below(const std::string& folder, std::string_view ending) const {
  std::vector<std::string> out = folders_.files_below(folder, ending);
  for (auto& path : files_.open_paths()) {
    if (path.starts_with(folder) && path.ends_with(ending)) out.push_back(std::move(path));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace crenel::lsp
