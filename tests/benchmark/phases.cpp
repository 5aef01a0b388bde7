#include "tests/benchmark/phases.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/diagnostics/render_text.h"
#include "compiler/sema/sema.h"
#include "compiler/syntax/parser.h"
#include "compiler/verify/verify.h"

namespace crenel::tests {
namespace {

constexpr int kPatternsPerModule = 250;

const std::vector<backend::Backend>& backends() {
  static const std::vector<backend::Backend> all = {aws::backend(), azure::backend()};
  return all;
}

/// Adds up what is spent in each phase, in the order in which phases first come.
class Clock {
 public:
  template <class F>
  auto time(const std::string& phase, F work) {
    const auto started = std::chrono::steady_clock::now();
    auto result = work();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
    add(phase, took.count());
    return result;
  }
  [[nodiscard]] const std::vector<Phase>& phases() const { return phases_; }

 private:
  void add(const std::string& phase, double milliseconds) {
    const auto [found, fresh] = index_.emplace(phase, phases_.size());
    if (fresh) phases_.push_back({phase, 0});
    phases_[found->second].milliseconds += milliseconds;
  }
  std::vector<Phase> phases_;
  std::map<std::string, std::size_t> index_;
};

void stop_on_errors(const diagnostics::Diagnostics& diagnostics, const base::Sources& sources) {
  if (!diagnostics.has_errors()) return;
  std::fputs(diagnostics::render_text(diagnostics.all(), sources, {}).substr(0, 4000).c_str(), stderr);
  std::exit(1);
}

/// Parsing alone, of every file: what all else is compared with.
bool parse_all(const base::MemoryFileSystem& files) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  for (const auto& [path, text] : files.files()) {
    const base::SourceId source = sources.add(path, text);
    static_cast<void>(syntax::parse(sources, source, diagnostics));
  }
  return diagnostics.has_errors();
}

std::string public_pattern(int number) {
  return fmt::format(R"(
/// Web servers behind a balancer.
pattern shop_{0}(
  space : cidr(/16../22) within 10.0.0.0/8 = 10.0.0.0/16, image : image, certificate : certificate,
) {{
  network main {{
    space = space
    zones = 2
    subnet edge : public {{ size = /26 }}
    subnet web  : private {{ size = /26 }}
  }}
  balancer front in main.edge {{ certificate = certificate  forward https to web : http check "/healthz" }}
  group web in main.web {{ image = image  scale = 2..10 by cpu(80%)  immutable = true }}
  allow internet -> front : https because "the service we publish"
  never internet -> web
  never web -> web
  only  front -> web : http
}}
)",
                     number);
}

std::string private_pattern(int number) {
  return fmt::format(R"(
/// Servers that only the data center reaches.
pattern office_{0}(
  space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16, corporate : cidr(/16../32) within 172.16.0.0/12,
  vpn_device : ip, vpn_key : secret, image : image,
) {{
  site datacenter {{ addresses = [corporate]  device = vpn_device }}
  network main {{
    space = space
    zones = 2
    subnet app : private {{ size = /24  acl = strict }}
  }}
  link main to datacenter by vpn {{ key = vpn_key }}
  group app in main.app {{ image = image  scale = 2..6 by cpu(70%) }}
  allow datacenter -> app : https, ssh because "administered from the corporate network"
  never app -> app
  always datacenter -> app : ssh
}}
)",
                     number);
}

}  // namespace

std::vector<Phase> time_phases(const base::MemoryFileSystem& files, const std::string& file) {
  Clock clock;
  clock.time("parse alone", [&] { return parse_all(files); });
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  std::vector<const model::ProviderSchema*> schemas;
  for (const backend::Backend& each : backends()) schemas.push_back(each.schema);
  sema::World world{files, sources, schemas, "/"};
  const auto program =
      clock.time("load (read, parse, resolve)", [&] { return sema::load(world, {file}, diagnostics); });
  stop_on_errors(diagnostics, sources);
  const auto targets = clock.time("targets", [&] { return sema::targets(*program, false, diagnostics); });
  for (const sema::Target& target : targets) {
    const auto elaboration =
        clock.time("elaborate", [&] { return sema::elaborate(world, *program, target, {}, diagnostics); });
    stop_on_errors(diagnostics, sources);
    const auto design = clock.time("build the design", [&] { return sema::build_design(*elaboration, diagnostics); });
    stop_on_errors(diagnostics, sources);
    clock.time("verify", [&] { return verify::verify(*design, diagnostics); });
    for (const backend::Backend& each : backends()) {
      clock.time(fmt::format("lower and write, {}", each.name),
                 [&] { return each.compile(*design, backend::Format::Json, diagnostics); });
    }
    stop_on_errors(diagnostics, sources);
  }
  return clock.phases();
}

base::MemoryFileSystem large_handbook(int patterns) {
  base::MemoryFileSystem files;
  std::string imports;
  std::string listed;
  for (int first = 0; first < patterns; first += kPatternsPerModule) {
    std::string module = "import std/services { http, https, ssh }\n";
    std::string names;
    for (int number = first; number < std::min(first + kPatternsPerModule, patterns); ++number) {
      const bool is_public = number % 2 == 0;
      module += is_public ? public_pattern(number) : private_pattern(number);
      names += fmt::format("{}{}_{}", names.empty() ? "" : ", ", is_public ? "shop" : "office", number);
    }
    const std::string path = fmt::format("patterns_{}.crenel", first);
    files.put("/" + path, module);
    imports += fmt::format("import \"{}\" {{ {} }}\n", path, names);
    listed += fmt::format("{}{}", listed.empty() ? "" : ",\n    ", names);
  }
  files.put("/handbook.crenel",
            fmt::format("{}\nhandbook \"Large\" {{\n  providers = [aws, azure]\n  patterns = [\n    "
                        "{}\n  ]\n}}\n",
                        imports, listed));
  return files;
}

}  // namespace crenel::tests
