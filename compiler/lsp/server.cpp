#include "compiler/lsp/server.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "compiler/driver/version.h"
#include "compiler/lsp/answers.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/text_place.h"

namespace crenel::lsp {

using Json = nlohmann::ordered_json;

/// One message and its answers.
class Server::Session {
 public:
  explicit Session(Server& server) : server_(server) {}

  std::vector<std::string> answer(std::string_view text) {
    const Json message = Json::parse(text, nullptr, false);
    if (!message.is_object()) {
      fail(nullptr, kParseError, "no JSON object");
      return std::move(out_);
    }
    const Json id = message.value("id", Json());
    const std::string method = message.contains("method") && message["method"].is_string() ? message["method"] : "";
    const Json parameters = message.value("params", Json::object());
    try {
      if (id.is_null())
        note(method, parameters);
      else if (!method.empty())
        request(id, method, parameters);
    } catch (const Json::exception& fault) {
      if (!id.is_null()) fail(id, kInvalidParameters, fault.what());
    }
    return std::move(out_);
  }

 private:
  static constexpr int kParseError = -32700;
  static constexpr int kMethodNotFound = -32601;
  static constexpr int kInvalidParameters = -32602;
  static constexpr int kInvalidRequest = -32600;
  static constexpr int kRequestFailed = -32803;

  /// For the table of answers: one that always has one.
  template <std::string (*kAnswer)(const Asked&)>
  static Answer plain(const Asked& asked) {
    return kAnswer(asked);
  }

  void send(const Json& message) {
    std::string text = message.dump(-1, ' ', false, Json::error_handler_t::replace);
    out_.push_back("{\"jsonrpc\":\"2.0\"," + text.substr(1));
  }
  /// `result` is JSON already.
  void reply(const Json& id, const std::string& result) {
    out_.push_back("{\"jsonrpc\":\"2.0\",\"id\":" + id.dump() + ",\"result\":" + result + "}");
  }
  void fail(const Json& id, int code, const std::string& text) {
    send({{"id", id}, {"error", {{"code", code}, {"message", text}}}});
  }

  void request(const Json& id, const std::string& method, const Json& parameters) {
    if (server_.shut_down_) return fail(id, kInvalidRequest, "the server was shut down");
    if (method == "initialize") return reply(id, capabilities(driver::version()));
    if (method == "shutdown") {
      server_.shut_down_ = true;
      return reply(id, "null");
    }
    using Answerer = Answer (*)(const Asked&);
    static const std::map<std::string, Answerer> answers = {
        {"textDocument/completion", plain<completion_answer>},
        {"textDocument/hover", plain<hover_answer>},
        {"textDocument/definition", plain<definition_answer>},
        {"textDocument/references", plain<references_answer>},
        {"textDocument/documentHighlight", plain<highlights_answer>},
        {"textDocument/prepareRename", renamable_answer},
        {"textDocument/rename", rename_answer},
        {"textDocument/documentSymbol", plain<symbols_answer>},
        {"textDocument/formatting", plain<formatting_answer>},
        {"textDocument/codeAction", plain<actions_answer>},
        {"textDocument/semanticTokens/full", plain<tokens_answer>},
        {"textDocument/inlayHint", plain<hints_answer>},
    };
    const auto answer = answers.find(method);
    if (answer == answers.end()) return fail(id, kMethodNotFound, "`" + method + "` is not served");
    const auto path = path_of(parameters.at("textDocument").at("uri").get<std::string>());
    const std::string* text = path ? server_.files_.text_of(*path) : nullptr;
    if (text == nullptr) return fail(id, kInvalidParameters, "no such document is open");
    const auto& checked = server_.checked_[*path];
    Asked asked{.files = server_.files_,
                .path = *path,
                .text = *text,
                .compilation = checked.compilation.get(),
                .designs = checked.designs,
                .folders = server_.folders_,
                .backends = server_.backends_};
    if (parameters.contains("position")) asked.begin = asked.end = offset_in(*text, parameters["position"]);
    if (parameters.contains("range")) {
      asked.begin = offset_in(*text, parameters["range"].at("start"));
      asked.end = offset_in(*text, parameters["range"].at("end"));
    }
    if (method == "textDocument/rename") asked.new_name = parameters.at("newName").get<std::string>();
    if (parameters.contains("context"))
      asked.with_declaration = parameters["context"].value("includeDeclaration", true);
    const Answer answered = answer->second(asked);
    if (const auto* refusal = std::get_if<Refusal>(&answered)) return fail(id, kRequestFailed, refusal->message);
    reply(id, std::get<std::string>(answered));
  }

  static std::size_t offset_in(const std::string& text, const Json& position) {
    return offset_of(text, {.line = position.at("line").get<std::size_t>(),
                            .character = position.at("character").get<std::size_t>()});
  }

  void note(const std::string& method, const Json& parameters) {
    if (method == "exit") {
      server_.exit_code_ = server_.shut_down_ ? 0 : 1;
      return;
    }
    if (!method.starts_with("textDocument/did")) return;
    const std::string uri = parameters.at("textDocument").at("uri");
    const auto path = path_of(uri);
    if (!path) return;
    if (method == "textDocument/didOpen") {
      server_.files_.open(*path, parameters.at("textDocument").at("text"));
    } else if (method == "textDocument/didChange") {
      // The whole text each time: that is what the capabilities ask for.
      const Json& changes = parameters.at("contentChanges");
      if (!changes.is_array() || changes.empty()) return;
      server_.files_.open(*path, changes.back().at("text"));
    } else if (method == "textDocument/didClose") {
      server_.files_.close(*path);
      server_.checked_.erase(*path);
      publish(*path, "[]");
    }
    // One text may be imported by another.
    for (const auto& open : server_.files_.open_paths()) {
      server_.check(open);
      const auto& checked = server_.checked_[open];
      publish(open, diagnostics_of(*checked.compilation, server_.files_, open));
    }
  }

  /// `diagnostics` is JSON already.
  void publish(const std::string& path, const std::string& diagnostics) {
    out_.push_back("{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/publishDiagnostics\",\"params\":{\"uri\":" +
                   Json(uri_of(path)).dump() + ",\"diagnostics\":" + diagnostics + "}}");
  }

  Server& server_;
  std::vector<std::string> out_;
};

Server::Server(const base::FileSystem& files, const base::Folders& folders,
               const std::vector<backend::Backend>& backends, std::optional<model::WaiverDate> today)
    : files_(files), folders_(folders, files_), backends_(backends), today_(today) {}

void Server::check(const std::string& path) {
  Checked& checked = checked_[path];
  checked.compilation =
      std::make_unique<driver::Compilation>(files_, backends_, driver::Request{.files = {path}, .as_of = today_});
  auto& compilation = *checked.compilation;
  compilation.load();
  compilation.check_declarations();
  std::vector<model::Design> designs;
  for (const auto& job : compilation.jobs(true)) {
    if (auto compiled = compilation.compile(job, backend::Format::Json)) designs.push_back(std::move(compiled->design));
  }
  compilation.check_waivers();
  if (!designs.empty()) checked.designs = std::move(designs);
}

std::vector<std::string> Server::handle(std::string_view message) { return Session(*this).answer(message); }

}  // namespace crenel::lsp
