#include "compiler/driver/depfile.h"

namespace crenel::driver {
namespace {

/// As GCC writes such names: a backslash stands for itself, except that those before a blank or `#` are doubled.
std::string escaped(const std::string& path) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : path) {
    if (c == ' ' || c == '\t' || c == '#') {
      out.append(backslashes + 1, '\\');
    } else if (c == ':') {
      out += '\\';
    } else if (c == '$') {
      out += '$';
    }
    out += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return out;
}

}  // namespace

std::string depfile(const std::vector<std::string>& outputs, const std::vector<FileRead>& inputs) {
  std::string out;
  for (const auto& path : outputs) out += (out.empty() ? "" : " ") + escaped(path);
  out += ':';
  for (const auto& input : inputs) out += " \\\n  " + escaped(input.path);
  return out + "\n";
}

}  // namespace crenel::driver
