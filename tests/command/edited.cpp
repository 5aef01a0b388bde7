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

std::filesystem::path Edited::copy() const {
  const std::filesystem::path path = folder_ / "changed.json";
  write_text(path, document.dump(1));
  return path;
}

Outcome Edited::verified() const { return run_crenel({"verify", copy(), target_}); }

Outcome Edited::differing() const { return run_crenel({"diff", built_, copy()}); }

}  // namespace crenel::tests
