#include "compiler/diagnostics/render_json.h"

#include <doctest/doctest.h>

using namespace crenel::diagnostics;
using crenel::base::Sources;

namespace {
constexpr DiagnosticKind<std::string> kFault{"CRN0001", Severity::Error, "a fault", "there is no {}"};
}

TEST_CASE("no diagnostics are an empty list") {
  CHECK(render_json({}, Sources()) == "{\n  \"version\": 1,\n  \"diagnostics\": []\n}\n");
}

TEST_CASE("a diagnostic has every field, in a fixed order") {
  Sources sources;
  const auto id = sources.add("net.crenel", "ü = privte\n");
  Diagnostics all;
  Diagnostic& fault = all.report(kFault, {.source = id, .begin = 5, .end = 11}, "tier \"x\"");
  fault.help = "say so";
  fault.notes.push_back({{}, "a remark"});
  fault.fixes.push_back({"say `private`", {{{.source = id, .begin = 5, .end = 11}, "private"}}, true});
  CHECK(render_json(all.all(), sources) == R"({
  "version": 1,
  "diagnostics": [
    {
      "code": "CRN0001",
      "severity": "error",
      "message": "there is no tier \"x\"",
      "help": "say so",
      "path": "net.crenel",
      "start": {
        "line": 1,
        "column": 5,
        "offset": 5
      },
      "end": {
        "line": 1,
        "column": 11,
        "offset": 11
      },
      "notes": [
        {
          "message": "a remark",
          "path": null,
          "start": null,
          "end": null
        }
      ],
      "fixes": [
        {
          "title": "say `private`",
          "safe": true,
          "edits": [
            {
              "path": "net.crenel",
              "start": {
                "line": 1,
                "column": 5,
                "offset": 5
              },
              "end": {
                "line": 1,
                "column": 11,
                "offset": 11
              },
              "text": "private"
            }
          ]
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("a path that is no UTF-8 does not stop the document") {
  Sources sources;
  const auto id = sources.add("b\xFF.crenel", "x");
  Diagnostics all;
  all.report(kFault, {.source = id, .begin = 0, .end = 1}, "x");
  CHECK(render_json(all.all(), sources).find("\"b\xEF\xBF\xBD.crenel\"") != std::string::npos);
}
