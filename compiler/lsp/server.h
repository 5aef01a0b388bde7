#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/file_system.h"
#include "compiler/base/folders.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/driver/compilation.h"
#include "compiler/lsp/overlay_file_system.h"
#include "compiler/model/policy.h"

/// The language server: a value that takes a message and hands back those to send. What it shows is what the compiler
/// says of the open texts, saved or not.
namespace crenel::lsp {

class Server {
 public:
  /// `files`, `folders` and `backends` outlive the server. Waivers that ended before `today` are expired; without it
  /// none is.
  Server(const base::FileSystem& files, const base::Folders& folders, const std::vector<backend::Backend>& backends,
         std::optional<model::WaiverDate> today = {});

  /// The answers to one message of the Language Server Protocol (without its header), in the order to send them.
  [[nodiscard]] std::vector<std::string> handle(std::string_view message);

  /// Set once the client has said `exit`: 0 after a `shutdown`, else 1.
  [[nodiscard]] std::optional<int> exit_code() const { return exit_code_; }

 private:
  class Session;

  /// What the compiler last said of a document.
  struct Checked {
    std::unique_ptr<driver::Compilation> compilation;
    std::vector<model::Design> designs;  ///< of the last time that there were any
  };

  void check(const std::string& path);

  OverlayFileSystem files_;
  OverlayFolders folders_;
  const std::vector<backend::Backend>& backends_;
  std::optional<model::WaiverDate> today_;
  std::map<std::string, Checked> checked_;  // by path
  bool shut_down_ = false;
  std::optional<int> exit_code_;
};

}  // namespace crenel::lsp
