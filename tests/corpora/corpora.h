#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "backends/document/reader.h"
#include "compiler/estate/estate.h"

/// What the tests of both providers do with templates that none of us wrote.
namespace crenel::tests {

/// How much of them is understood.
struct Understood {
  std::size_t templates = 0;
  std::size_t without_unknowns = 0;
  std::size_t resources = 0;
  std::size_t known = 0;  ///< resources of a type that is read, or known to decide about no packet
  std::map<std::string, std::size_t> unknown_types;
  std::map<std::string, std::size_t> unknowns;

  void add_resource(const std::string& type, bool is_known);
  void add_template(const estate::Estate& estate);
};

/// Reads one file; what is no template of the provider changes nothing.
using Judge = std::function<void(const std::filesystem::path& path, Understood& to)>;

/// Judges every file of the corpora and prints what share is understood, with `--list` what is not. The exit code: a
/// failure below the share of resources given, 77 (skipped) where there are no corpora.
[[nodiscard]] int judge_corpora(const std::string& provider, double least_share, const Judge& judge, int argc,
                                char** argv);

}  // namespace crenel::tests
