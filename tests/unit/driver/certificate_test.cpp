#include "compiler/driver/certificate.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "compiler/base/fingerprint.h"
#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kShared = "service rpc = tcp/8443\n";

std::string source() {
  return "import std/services { ssh }\nimport \"lib/s.crenel\" { rpc }\n" + tests::pattern("shop");
}

Json certificate_of(const std::vector<std::string>& extra_files = {}) {
  base::MemoryFileSystem files(
      {{"/w/.git", ""}, {"/w/n/shop.crenel", source()}, {"/w/n/lib/s.crenel", kShared}, {"/w/z.crenel", kShared}});
  Request request{.files = {"/w/n/shop.crenel"}, .providers = {"west"}};
  request.files.insert(request.files.end(), extra_files.begin(), extra_files.end());
  const auto result = tests::build_files(files, request, {.folder = "/out"});
  REQUIRE(result.codes.empty());
  return Json::parse(files.files().at("/out/shop.west.certificate.json"));
}

Json row(const Json& rows, const std::string& key, const std::string& value) {
  for (const auto& one : rows) {
    if (one.at(key) == value) return one;
  }
  FAIL(value << " is not in " << rows.dump());
  return {};
}

}  // namespace

TEST_CASE("a certificate says what it is about") {
  const Json certificate = certificate_of();
  CHECK(certificate.at("schema") == kCertificateSchema);
  CHECK(certificate.at("target") == "shop");
  CHECK(certificate.at("provider") == "west");
  CHECK(certificate.at("template").at("file") == "shop.west.json");
  CHECK(certificate.at("template").at("sha256") == base::sha256("shop as json for west\n"));
}

TEST_CASE("a certificate has the digest of every source, by its path from the root") {
  const Json sources = certificate_of({"/w/z.crenel"}).at("sources");
  CHECK(row(sources, "path", "n/shop.crenel").at("sha256") == base::sha256(source()));
  CHECK(row(sources, "path", "n/lib/s.crenel").at("sha256") == base::sha256(kShared));
  CHECK(row(sources, "path", "z.crenel").at("sha256") == base::sha256(kShared));
  CHECK(row(sources, "path", "std/services").at("sha256").get<std::string>().size() == 64);
  CHECK(sources.size() == 4);
}

TEST_CASE("a certificate shows what is admitted between each pair, by which statement and where") {
  const Json admitted = certificate_of().at("admitted");
  REQUIRE(admitted.size() == 1);
  CHECK(admitted[0].at("from") == "web");
  CHECK(admitted[0].at("to") == "jobs");
  CHECK(admitted[0].at("traffic") == "tcp/8443");
  const Json flow = admitted[0].at("flows").at(0);
  CHECK(flow.at("because") == "work is handed over");
  CHECK(flow.at("at") == Json{{"path", "n/shop.crenel"}, {"line", 7}, {"column", 3}});
}

TEST_CASE("a certificate has the claims with their verdicts, and what the provider leaves open") {
  const Json certificate = certificate_of();
  REQUIRE(certificate.at("claims").size() == 1);
  CHECK(certificate.at("claims")[0].at("verdict") == "proved");
  CHECK(certificate.at("claims")[0].at("at").at("line") == 8);
  CHECK(row(certificate.at("residue"), "subject", "web").at("text") == "its probes are open");
  CHECK(certificate.at("assumptions").back() == "the provider is there");
  CHECK(row(certificate.at("quotas"), "subject", "web").at("limit") == 60);
}

TEST_CASE("no path of the machine is in a certificate") {
  CHECK(certificate_of({"/w/z.crenel"}).dump().find("/w/") == std::string::npos);
}

}  // namespace crenel::driver
