#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/base/file_system.h"
#include "compiler/base/progress.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/driver/linked_spaces.h"
#include "compiler/driver/read_back.h"
#include "compiler/driver/recording_file_system.h"
#include "compiler/model/design.h"
#include "compiler/model/policy.h"
#include "compiler/sema/sema.h"
#include "compiler/verify/policies.h"
#include "compiler/verify/verify.h"

/// What a user can ask of the compiler: one file per action. Every function here takes the world as a parameter and
/// hands back values; the command line prints them.
namespace crenel::driver {

/// Which files, and which of their targets. An empty list of providers, targets or environments chooses all.
struct Request {
  std::vector<std::string> files = {};  ///< as named; at least one
  std::string root = {};                ///< empty: looked for above the first file
  std::vector<std::string> providers = {};
  std::vector<std::string> targets = {};  ///< "private_network", "shop.prod"; with ".aws" behind it for one provider
  std::vector<std::string> environments = {};
  std::vector<sema::Binding> bindings = {};
  std::string question = {};                    ///< who is asked about, "web -> app : https"; empty: nobody
  std::optional<model::WaiverDate> as_of = {};  ///< waivers that ended before it are expired; none: no waiver is
};

/// A target and the backends that compile it.
struct Job {
  sema::Target target;
  std::vector<const backend::Backend*> backends;  ///< in registry order; at least one
};

/// What one backend made of a design.
struct Product {
  const backend::Backend* backend = nullptr;
  backend::Artifact artifact;
  std::optional<ReadBack> read_back;  ///< of a backend that reads its templates
  /// What it was made of, where that is not what other providers of the target have: the blocks of IPv6 differ.
  std::optional<model::Design> own = {};
};

struct Compiled {
  model::Design design;
  model::Policies policies;
  verify::Report report;
  verify::PolicyReport policy_report;
  std::vector<Product> products;         ///< of those backends that had nothing against it
  std::optional<model::Claim> question;  ///< what the request asks, in the design's words
};

/// The design that a product was made of.
[[nodiscard]] const model::Design& design_of(const Compiled& compiled, const Product& product);

/// One run of the compiler over the files of a request: the texts it read and what it has to say.
class Compilation {
 public:
  /// `backends`, `files` and `progress` (none: nobody waits) outlive the compilation.
  Compilation(base::FileSystem& files, const std::vector<backend::Backend>& backends, Request request,
              base::Progress* progress = nullptr);
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;
  Compilation(Compilation&&) = delete;
  Compilation& operator=(Compilation&&) = delete;
  ~Compilation() = default;

  /// Reads the files and all they import. Comes first, once.
  void load();
  /// The targets that the request chooses; `every_pattern` as for `sema::targets`.
  [[nodiscard]] std::vector<Job> jobs(bool every_pattern);
  /// Checks what belongs to no target.
  void check_declarations();
  /// Takes one target through every stage and reads what comes of it back. Nothing when there is no design; after an
  /// error anywhere in the files no backend runs.
  [[nodiscard]] std::optional<Compiled> compile(const Job& job, backend::Format format);
  /// Takes one target as far as its design, with its claims decided; no backend runs. Nothing when there is none.
  [[nodiscard]] std::optional<Compiled> design(const Job& job);
  /// Reports the waivers that waived nothing in any of the designs that they count for, once all of these are compiled.
  void check_waivers();

  /// A `test` of the named files, with what it says that fails.
  struct Test {
    Job job;
    sema::TestFacts facts;
  };
  [[nodiscard]] std::vector<Test> tests();
  /// `compile` with diagnostics of its own, which say nothing about the files as a whole.
  [[nodiscard]] std::optional<Compiled> compile_alone(const Job& job, diagnostics::Diagnostics& found);

  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] base::FileSystem& files() { return files_; }
  [[nodiscard]] const base::FileSystem& files() const { return files_; }
  [[nodiscard]] const std::vector<FileRead>& files_read() const { return files_.reads(); }
  [[nodiscard]] const base::Sources& sources() const { return sources_; }
  [[nodiscard]] base::Sources& sources() { return sources_; }
  [[nodiscard]] const std::vector<backend::Backend>& backends() const { return backends_; }
  [[nodiscard]] diagnostics::Diagnostics& diagnostics() { return diagnostics_; }
  [[nodiscard]] const diagnostics::Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  struct WaiverTally {
    std::string rule;
    base::Span span;
    std::size_t designs = 0;  ///< that it counts for
    std::size_t seen = 0;     ///< of these, how many were compiled
    bool used = false;
  };

  [[nodiscard]] std::optional<Compiled> design(const Job& job, diagnostics::Diagnostics& found);
  [[nodiscard]] std::optional<Compiled> made(const sema::Target& target, diagnostics::Diagnostics& found);
  [[nodiscard]] bool has_own_design(const Job& job, const model::Design& design, const backend::Backend& backend) const;
  void make(const Job& job, const backend::Backend& backend, backend::Format format, Compiled& out,
            diagnostics::Diagnostics& found);
  [[nodiscard]] std::optional<Compiled> compile(const Job& job, backend::Format format,
                                                diagnostics::Diagnostics& found);
  /// Reports what of the template another stack's template makes already, where there is one of it.
  void check_soles(const Job& job, const backend::Backend& backend, const backend::Artifact& artifact,
                   diagnostics::Diagnostics& found);
  void tell_progress(const Job& job);
  void count_waivers(const verify::PolicyReport& report);

  RecordingFileSystem files_;
  const std::vector<backend::Backend>& backends_;
  Request request_;
  std::vector<const model::ProviderSchema*> schemas_;
  base::Sources sources_;
  diagnostics::Diagnostics diagnostics_;
  std::string root_;
  std::optional<sema::World> world_;
  sema::ProgramPtr program_;
  base::SourceId question_;  ///< the question's text
  bool loaded_soundly_ = false;
  std::vector<WaiverTally> waivers_;
  struct Maker {
    std::string target;
    base::Span span;
  };
  LinkedSpaces linked_spaces_;
  std::map<std::string, Maker> soles_;  ///< by provider, what and whose: the first stack that makes it
  base::Progress* progress_;
  std::size_t jobs_ = 0;     ///< that are known so far
  std::size_t started_ = 0;  ///< of these
};

}  // namespace crenel::driver
