#include "compiler/base/memory_file_system.h"

#include <algorithm>
#include <deque>
#include <variant>

#include "compiler/base/text.h"

namespace crenel::base {
namespace {

/// As on Linux: a path that leads through more links than this leads nowhere.
constexpr int kMostLinks = 40;

std::deque<std::string> split(const std::string& path) {
  std::deque<std::string> parts;
  std::string part;
  for (const char c : path + "/") {
    if (c != '/') {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(part);
      part.clear();
    }
  }
  return parts;
}

}  // namespace

MemoryFileSystem::MemoryFileSystem(const std::map<std::string, std::string>& files) {
  for (const auto& [path, text] : files) put(path, text);
}

std::string MemoryFileSystem::resolve(const std::string& path) const {
  std::deque<std::string> left = split(path);
  std::vector<std::string> done;
  int links = 0;
  while (!left.empty()) {
    const std::string part = left.front();
    left.pop_front();
    if (part == ".") continue;
    if (part == "..") {
      if (!done.empty()) done.pop_back();
      continue;
    }
    done.push_back(part);
    const auto target = links_.find("/" + join(done, "/"));
    if (target == links_.end()) continue;
    if (++links > kMostLinks) return "";
    done.clear();
    std::deque<std::string> rest = split(target->second);
    left.insert(left.begin(), rest.begin(), rest.end());
  }
  return "/" + join(done, "/");
}

bool MemoryFileSystem::is_folder(const std::string& resolved) const {
  if (resolved.empty()) return false;  // a path that leads nowhere
  if (resolved == "/") return true;
  const std::string inside = resolved + "/";
  const auto starts_inside = [&](const auto& entry) { return entry.first.starts_with(inside); };
  return std::any_of(files_.begin(), files_.end(), starts_inside) ||
         std::any_of(links_.begin(), links_.end(), starts_inside);
}

void MemoryFileSystem::put(const std::string& path, std::string text) { files_[resolve(path)] = std::move(text); }

void MemoryFileSystem::link(const std::string& path, const std::string& target) { links_[resolve(path)] = target; }

void MemoryFileSystem::protect(const std::string& path) { protected_.insert(resolve(path)); }

ReadResult MemoryFileSystem::read(const std::string& path, std::size_t max_bytes) const {
  const std::string resolved = resolve(path);
  const auto file = files_.find(resolved);
  if (file == files_.end()) {
    return FileError{is_folder(resolved) ? FileErrorKind::IsDirectory : FileErrorKind::NotFound, path, ""};
  }
  if (protected_.contains(resolved)) return FileError{FileErrorKind::NotReadable, path, "Permission denied"};
  if (file->second.size() > max_bytes) return FileError{FileErrorKind::TooLarge, path, ""};
  return file->second;
}

bool MemoryFileSystem::exists(const std::string& path) const { return !canonical(path).empty(); }

std::string MemoryFileSystem::canonical(const std::string& path) const {
  const std::string resolved = resolve(path);
  return files_.contains(resolved) || is_folder(resolved) ? resolved : "";
}

std::optional<FileError> MemoryFileSystem::obstacle(const std::string& path, const std::string& resolved) const {
  if (resolved.empty() || protected_.contains(resolved)) {
    return FileError{FileErrorKind::NotWritable, path, "Permission denied"};
  }
  if (is_folder(resolved)) return FileError{FileErrorKind::IsDirectory, path, ""};
  for (std::size_t at = resolved.rfind('/'); at != 0; at = resolved.rfind('/', at - 1)) {
    if (files_.contains(resolved.substr(0, at))) {
      return FileError{FileErrorKind::NotWritable, path, "Not a directory"};
    }
  }
  return std::nullopt;
}

std::optional<FileError> MemoryFileSystem::write_all(
    const std::vector<std::pair<std::string, std::string>>& path_and_text) {
  for (const auto& [path, text] : path_and_text) {
    if (auto error = obstacle(path, resolve(path))) return error;
  }
  for (const auto& [path, text] : path_and_text) {
    const std::string resolved = resolve(path);
    const auto there = files_.find(resolved);
    if (there != files_.end() && there->second == text) continue;
    files_[resolved] = text;
    written_.push_back(resolved);
  }
  return std::nullopt;
}

}  // namespace crenel::base
