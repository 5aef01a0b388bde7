#include "tests/command/edited.h"

#include <doctest/doctest.h>

namespace crenel::tests {

Edited::Edited(const std::filesystem::path& program, const std::string& made)
    : target_(program.string() + ":" + made.substr(0, made.rfind('.'))), built_(folder_ / (made + ".json")) {
  const Outcome outcome = run_crenel({"build", program, "-o", folder_.path()});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  document = Json::parse(read_text(built_));
}

Edited::Json& Edited::of(const std::string& type, const std::string& part) {
  Json& all = document.at("resources");
  const auto found = std::find_if(all.begin(), all.end(), [&](const Json& each) {
    return each.at("type") == type && each.dump().find(part) != std::string::npos;
  });
  CAPTURE(type);
  CAPTURE(part);
  REQUIRE(found != all.end());
  return *found;
}

Edited::Json& Edited::named(const std::string& type, const std::string& name) {
  for (Json& each : document.at("resources")) {
    if (each.at("type") == type && each.at("name") == name) return each;
  }
  FAIL("no resource of the type " << type << " is called " << name);
  return document;
}

void Edited::drop(const std::string& type, const std::string& name) {
  Json kept = Json::array();
  for (const Json& each : document.at("resources")) {
    if (each.at("type") != type || each.at("name") != name) kept.push_back(each);
  }
  document["resources"] = std::move(kept);
}

Edited::Json Edited::certificate() const {
  std::filesystem::path path = built_;
  return Json::parse(read_text(path.replace_extension("certificate.json")));
}

void Edited::check_told(const std::string& words, int exit_code) const {
  const Outcome outcome = verified();
  CAPTURE(words);
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == exit_code);
  CHECK(outcome.err.find(words) != std::string::npos);
}

std::filesystem::path Edited::copy() const {
  std::filesystem::path path = folder_ / "changed.json";
  write_text(path, document.dump(1));
  return path;
}

Outcome Edited::verified() const { return run_crenel({"verify", copy(), target_}); }

Outcome Edited::differing() const { return run_crenel({"diff", built_, copy()}); }

}  // namespace crenel::tests
