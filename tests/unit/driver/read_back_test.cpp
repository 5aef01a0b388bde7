#include "compiler/driver/read_back.h"

#include <doctest/doctest.h>

#include "compiler/diagnostics/catalogue/proof.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

std::optional<estate::Estate> lift_nothing(const base::Sources& /*sources*/, base::SourceId /*source*/,
                                           diagnostics::Diagnostics& /*diagnostics*/) {
  return estate::Estate{};
}

std::optional<estate::Estate> lift_unknown(const base::Sources& /*sources*/, base::SourceId /*source*/,
                                           diagnostics::Diagnostics& /*diagnostics*/) {
  estate::Estate out;
  out.unknowns.push_back({.what = "a thing that nobody knows", .place = {}});
  return out;
}

std::optional<estate::Estate> refuse(const base::Sources& /*sources*/, base::SourceId source,
                                     diagnostics::Diagnostics& diagnostics) {
  diagnostics.report(diagnostics::kNoTemplate, {source, 0, 1}, "this", "East");
  return std::nullopt;
}

struct Tried {
  std::vector<std::string> codes;
  std::vector<std::string> written;
  bool our_fault = false;
};

Tried build_with(decltype(backend::Backend::lift) lift) {
  std::vector<backend::Backend> backends = {tests::fake_backends().front()};
  backends.front().lift = lift;
  base::MemoryFileSystem files({{"/w/shop.crenel", tests::pattern("shop")}});
  Compilation compilation(files, backends, {.files = {"/w/shop.crenel"}});
  Tried out;
  CHECK(build(compilation, {.folder = "/out"}).empty() == (lift != nullptr));
  out.codes = tests::codes(compilation);
  out.our_fault = is_our_fault(compilation.diagnostics());
  for (const auto& [path, text] : files.files()) {
    if (path.starts_with("/out")) out.written.push_back(path);
  }
  return out;
}

}  // namespace

TEST_CASE("a template of which not everything was made is not written, and that is our fault") {
  const Tried tried = build_with(lift_nothing);
  CHECK(tried.codes == std::vector<std::string>{"CRN0901", "CRN0901"});
  CHECK(tried.our_fault);
  CHECK(tried.written.empty());
}

TEST_CASE("a template that is not understood is not written") {
  const Tried tried = build_with(lift_unknown);
  CHECK(std::count(tried.codes.begin(), tried.codes.end(), "CRN0902") == 1);
  CHECK(tried.our_fault);
  CHECK(tried.written.empty());
}

TEST_CASE("a template that cannot be read back is not written") {
  const Tried tried = build_with(refuse);
  CHECK(tried.codes == std::vector<std::string>{"CRN0902"});
  CHECK(tried.our_fault);
  CHECK(tried.written.empty());
}

TEST_CASE("a provider without a reader has its templates written, and its certificates prove nothing of them") {
  const Tried tried = build_with(nullptr);
  CHECK(tried.codes.empty());
  CHECK(!tried.our_fault);
  CHECK(tried.written.size() == 2);
}

TEST_CASE("a direct line excuses nothing but what comes over it") {
  model::Design design = crenel::tests::private_network();
  for (model::Link& link : design.links) link.kind = model::LinkKind::Direct;
  backend::Backend backend = tests::fake_backends().front();
  backend.lift = lift_unknown;
  diagnostics::Diagnostics found;
  backend::Artifact artifact;
  artifact.resources = 1;
  (void)read_back(design, backend, artifact, found);
  CHECK(is_our_fault(found));
  for (const auto& each : found.all()) CHECK(each.code != diagnostics::kOwnTemplateOpen.code);
}

}  // namespace crenel::driver
