#pragma once

#include <string>
#include <vector>

namespace crenel::tests {

/// A diagnostic as its constant declares it.
struct DeclaredDiagnostic {
  std::string constant;  ///< "kFileNotFound"
  std::string code;      ///< "CRN0001"
  std::string severity;  ///< "Error"
  std::string title;
  std::string file;  ///< the header it is declared in, from the root
};

/// Every diagnostic of the compiler and of the backends, in the order of files and declarations.
[[nodiscard]] std::vector<DeclaredDiagnostic> declared_diagnostics();

/// A page of a diagnostic.
struct Page {
  std::string file;   ///< from the root
  std::string code;   ///< by its file name
  std::string title;  ///< its first line, without `# `
  std::string text;
  /// The program under `## HEADING`, without its fence; empty where there is none.
  [[nodiscard]] std::string program(const std::string& heading) const;
  [[nodiscard]] bool has(const std::string& heading) const;
  /// The headings that begin so, in their order: "Fails", "Fails: an endpoint".
  [[nodiscard]] std::vector<std::string> headings(const std::string& begin) const;
};

[[nodiscard]] std::vector<Page> diagnostic_pages();

}  // namespace crenel::tests
