#include "compiler/driver/format.h"

#include <set>
#include <utility>

#include "compiler/diagnostics/file_errors.h"
#include "compiler/driver/text_diff.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parser.h"

namespace crenel::driver {

std::vector<Reformatted> format(base::FileSystem& files, const std::vector<std::string>& paths, bool check,
                                base::Sources& sources, diagnostics::Diagnostics& diagnostics) {
  std::vector<Reformatted> out;
  std::vector<std::pair<std::string, std::string>> changed;
  std::set<std::string> done;
  for (const auto& path : paths) {
    if (const std::string key = files.canonical(path); !key.empty() && !done.insert(key).second) continue;
    auto read = files.read(path, syntax::kMaxSourceBytes);
    if (const auto* error = std::get_if<base::FileError>(&read)) {
      diagnostics::report_unread(diagnostics, *error, path, {}, syntax::kMaxSourceBytes);
      continue;
    }
    const auto& before = std::get<std::string>(read);
    const auto source = sources.add(path, before);
    auto after = syntax::format(sources, source, diagnostics);
    if (!after || *after == before) continue;
    out.push_back({path, unified_diff(path, before, *after)});
    changed.emplace_back(path, std::move(*after));
  }
  if (check || changed.empty()) return out;
  if (const auto error = files.write_all(changed)) {
    diagnostics::report_unwritten(diagnostics, *error);
    return {};
  }
  return out;
}

}  // namespace crenel::driver
