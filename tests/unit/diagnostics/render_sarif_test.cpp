#include "compiler/diagnostics/render_sarif.h"

#include <doctest/doctest.h>

using namespace crenel::diagnostics;
using crenel::base::Sources;

namespace {

constexpr DiagnosticKind<std::string> kFault{"CRN0001", Severity::Error, "a fault", "there is no {}"};
constexpr DiagnosticKind<> kOdd{"CRN0002", Severity::Warning, "odd", "this is odd"};

std::optional<std::string_view> page_of(std::string_view code) {
  if (code == "CRN0001") return "# CRN0001: a fault\n\nWhy.\n";
  return std::nullopt;
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a log has its rules, results, places, related places, fixes and fingerprints") {
  Sources sources;
  const auto id = sources.add("a folder/net.crenel", "one\nü = privte\n");
  Diagnostics all;
  Diagnostic& fault = all.report(kFault, {.source = id, .begin = 9, .end = 15}, "tier \"x\"");
  fault.help = "say so";
  fault.notes.push_back({{}, "a remark"});
  fault.notes.push_back({{.source = id, .begin = 0, .end = 3}, "the other place"});
  fault.fixes.push_back({"say `private`", {{{.source = id, .begin = 9, .end = 15}, "private"}}, true});
  CHECK(render_sarif(all.all(), sources, "1.2.3", page_of) == R"({
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "Crenel",
          "semanticVersion": "1.2.3",
          "rules": [
            {
              "id": "CRN0001",
              "shortDescription": {
                "text": "a fault"
              },
              "help": {
                "text": "`crenel explain CRN0001` prints this page.\n\n# CRN0001: a fault\n\nWhy.\n",
                "markdown": "# CRN0001: a fault\n\nWhy.\n"
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "CRN0001",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "there is no tier \"x\"\na remark\nsay so"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "a%20folder/net.crenel"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 5,
                  "endLine": 2,
                  "endColumn": 11
                }
              }
            }
          ],
          "relatedLocations": [
            {
              "id": 0,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "a%20folder/net.crenel"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 1,
                  "endLine": 1,
                  "endColumn": 4
                }
              },
              "message": {
                "text": "the other place"
              }
            }
          ],
          "partialFingerprints": {
            "crenelLine/v1": "c94dd6a6810479f85361827f6318aa84:0"
          },
          "fixes": [
            {
              "description": {
                "text": "say `private`"
              },
              "artifactChanges": [
                {
                  "artifactLocation": {
                    "uri": "a%20folder/net.crenel"
                  },
                  "replacements": [
                    {
                      "deletedRegion": {
                        "startLine": 2,
                        "startColumn": 5,
                        "endLine": 2,
                        "endColumn": 11
                      },
                      "insertedContent": {
                        "text": "private"
                      }
                    }
                  ]
                }
              ],
              "properties": {
                "safe": true
              }
            }
          ]
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("a fingerprint outlives changes elsewhere, and tells equal findings apart") {
  const auto fingerprints = [](const std::string& text, const std::vector<std::uint32_t>& places) {
    Sources sources;
    const auto id = sources.add("net.crenel", text);
    Diagnostics all;
    for (const auto place : places) all.report(kOdd, {.source = id, .begin = place, .end = place + 1});
    const std::string log = render_sarif(all.all(), sources, "1", page_of);
    std::vector<std::string> out;
    const std::string key = "\"crenelLine/v1\": \"";
    for (auto at = log.find(key); at != std::string::npos; at = log.find(key, at + 1))
      out.push_back(log.substr(at + key.size(), 34));
    return out;
  };
  const auto before = fingerprints("odd\n", {0});
  const auto after = fingerprints("new\n  odd\nodd\n", {6, 10});
  REQUIRE(after.size() == 2);
  CHECK(after[0] == before[0]);
  CHECK(after[1] != before[0]);
}

TEST_CASE("no findings are a log without results; a finding without a place has no location") {
  CHECK(says(render_sarif({}, Sources(), "1", page_of), "\"results\": []"));
  Diagnostics all;
  all.report(kOdd, {});
  const std::string log = render_sarif(all.all(), Sources(), "1", page_of);
  CHECK(says(log, "\"locations\": []"));
  CHECK(says(log, "\"level\": \"warning\""));
}
