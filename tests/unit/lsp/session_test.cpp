#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/server.h"

/// Whole sessions: `sessions/NAME.jsonl` is what a client sends, `NAME.expected.json` what it is answered.
/// `CRENEL_UPDATE_GOLDENS=1` writes the answers anew, and fails so that somebody looks.
namespace {

namespace fs = std::filesystem;
using namespace crenel;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

const std::vector<backend::Backend>& backends() {
  static const std::vector<backend::Backend> all = {aws::backend(), azure::backend()};
  return all;
}

/// Every message of the session with its answers, laid out to be read.
std::string play(const fs::path& session) {
  const base::MemoryFileSystem files{{{"/p/.crenel-root", ""}}};
  const base::NoFolders folders;
  lsp::Server server(files, folders, backends());
  std::istringstream lines(read(session));
  auto out = nlohmann::ordered_json::array();
  for (std::string line; std::getline(lines, line);) {
    auto answers = nlohmann::ordered_json::array();
    for (const auto& answer : server.handle(line)) answers.push_back(nlohmann::ordered_json::parse(answer));
    const auto message = nlohmann::ordered_json::parse(line);
    out.push_back({{"sent", message.value("method", "")}, {"answers", std::move(answers)}});
  }
  CHECK(server.exit_code() == 0);
  return out.dump(1) + "\n";
}

}  // namespace

TEST_CASE("sessions are answered as before") {
  const fs::path folder = fs::path(CRENEL_SOURCE_DIR) / "tests/unit/lsp/sessions";
  std::size_t played = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".jsonl") continue;
    ++played;
    fs::path expected = entry.path();
    expected.replace_extension(".expected.json");
    const std::string answers = play(entry.path());
    CAPTURE(entry.path().filename().string());
    CHECK(read(expected) == answers);
    if (std::getenv("CRENEL_UPDATE_GOLDENS") != nullptr) std::ofstream(expected, std::ios::binary) << answers;
  }
  CHECK(played >= 1);
}

TEST_CASE("what is no sound message is answered, never a crash") {
  const base::MemoryFileSystem files;
  const base::NoFolders folders;
  lsp::Server server(files, folders, backends());
  CHECK(server.handle("{").at(0).find("-32700") != std::string::npos);
  CHECK(server.handle("[]").at(0).find("-32700") != std::string::npos);
  CHECK(server.handle(R"({"id":1,"method":"textDocument/hover"})").at(0).find("-32602") != std::string::npos);
  CHECK(server.handle(R"({"id":1,"method":"textDocument/hover","params":[]})").at(0).find("-32602") !=
        std::string::npos);
  CHECK(server.handle(R"({"id":1,"method":"no/such"})").at(0).find("-32601") != std::string::npos);
  CHECK(server.handle(R"({"id":"a"})").empty());
  CHECK(server.handle(R"({"method":"textDocument/didOpen","params":{}})").empty());
  CHECK(
      server
          .handle(
              R"({"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a"},"contentChanges":[]}})")
          .empty());
  CHECK(server.handle(R"({"method":"exit"})").empty());
  CHECK(server.exit_code() == 1);
}

TEST_CASE("every place of a text can be asked about while it is typed") {
  const base::MemoryFileSystem files{{{"/p/.crenel-root", ""}}};
  const base::NoFolders folders;
  lsp::Server server(files, folders, backends());
  const std::string whole =
      "import std/services { https }\npattern p(image : image) {\n  network main { space = 10.0.0.0/16\n"
      "    subnet web : private { size = /24 } }\n  group web in main.web { image = image }\n"
      "  allow internet -> web : https via nat // \"é\n}\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    nlohmann::json open = {{"method", "textDocument/didOpen"},
                           {"params", {{"textDocument", {{"uri", "file:///p/a.crenel"}, {"text", ""}}}}}};
    open["params"]["textDocument"]["text"] = whole.substr(0, length);
    CHECK(!server.handle(open.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).empty());
    for (const char* method :
         {"textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/references",
          "textDocument/documentHighlight", "textDocument/semanticTokens/full"}) {
      const nlohmann::json ask = {{"id", length},
                                  {"method", method},
                                  {"params",
                                   {{"textDocument", {{"uri", "file:///p/a.crenel"}}},
                                    {"position", {{"line", length % 9}, {"character", length % 50}}}}}};
      CHECK(server.handle(ask.dump()).at(0).find("\"result\"") != std::string::npos);
    }
  }
}

TEST_CASE("messages arrive in pieces, and several at once") {
  std::string received = "Content-Length: 2\r\n\r\n{}content-length: 4\r\nContent-Type: x\r\n\r\n[1";
  CHECK(lsp::take_message(received) == "{}");
  CHECK(!lsp::take_message(received));
  received += "]\nContent-Length: 99999999999\r\n\r\nContent-Length: 1\r\n\r\n7";
  CHECK(lsp::take_message(received) == "[1]\n");
  CHECK(lsp::take_message(received) == "7");
  CHECK(received.empty());
  CHECK(lsp::framed("é") == "Content-Length: 2\r\n\r\né");
}

TEST_CASE("paths and URIs") {
  CHECK(lsp::path_of("file:///a%20b/c.crenel") == "/a b/c.crenel");
  CHECK(lsp::uri_of("/a b/é") == "file:///a%20b/%C3%A9");
  CHECK(!lsp::path_of("untitled:1"));
  CHECK(lsp::path_of("file:///100%") == "/100%");
}
