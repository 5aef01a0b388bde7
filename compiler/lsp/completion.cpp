#include "compiler/lsp/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "compiler/lsp/library.h"
#include "compiler/lsp/text_place.h"
#include "compiler/model/services.h"
#include "compiler/sema/schema.h"
#include "compiler/sema/types.h"
#include "stdlib/library.h"

namespace crenel::lsp {
namespace {

using Proposals = std::vector<Proposal>;

constexpr std::array kItems = {"import",      "service", "addresses", "label", "let",  "site",     "agent",
                               "environment", "policy",  "pattern",   "stack", "test", "handbook", "waive"};
constexpr std::array kStatements = {"network",  "site",  "group", "balancer", "appliance", "function",
                                    "store",    "queue", "topic", "table",    "vault",     "database",
                                    "endpoint", "link",  "peer",  "agent",    "guard",     "use",
                                    "let",      "allow", "deny",  "never",    "only",      "always"};
constexpr std::array kMembers = {"group", "balancer", "appliance", "function", "database"};

bool is_path(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '/'; }

std::string_view trimmed_end(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool is_one_of(std::string_view word, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](const auto& each) { return word == each; });
}

std::string_view first_path(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_path(text[end])) ++end;
  return text.substr(0, end);
}

std::string_view last_word(std::string_view text) {
  text = trimmed_end(text);
  std::size_t begin = text.size();
  while (begin > 0 && is_path(text[begin - 1])) --begin;
  return text.substr(begin);
}

void add_keyword(std::string_view word, Proposals& out) {
  const auto* schema = sema::schema_of(word);
  out.push_back({.label = std::string(word),
                 .kind = ProposalKind::Keyword,
                 .detail = {},
                 .doc = schema == nullptr ? "" : std::string(schema->doc)});
}

void add_word(std::string_view word, std::string_view detail, Proposals& out) {
  out.push_back({.label = std::string(word), .kind = ProposalKind::Value, .detail = std::string(detail), .doc = {}});
}

void add_name(const Declaration& declaration, Proposals& out) {
  out.push_back(
      {.label = declaration.name,
       .kind = ProposalKind::Name,
       .detail = declaration.detail.empty() ? declaration.keyword : declaration.keyword + " " + declaration.detail,
       .doc = declaration.doc});
}

/// What the inside of the text means where the cursor stands.
class Completer {
 public:
  Completer(std::string_view text, std::size_t offset, const std::vector<Declaration>& declarations)
      : where_(surroundings_of(text, offset)), text_(text) {
    visible_ = visible(declarations, static_cast<std::uint32_t>(offset));
    // Where the block itself does not parse, its names are those of the item that begins last before the place.
    before_ = where_.statement;
    const bool typing = offset > 0 && offset <= text.size() && is_path(text[offset - 1]);
    if (typing) before_.erase(before_.size() - last_word(before_).size());
  }

  [[nodiscard]] Proposals complete() {
    if (where_.in_comment || where_.in_text) return {};
    const std::string block = where_.blocks.empty() ? "" : where_.blocks.back().keyword;
    const std::string word(first_path(before_));
    if (block == "import") {
      module_names(where_.blocks.back().header);
    } else if (word == "import") {
      for (const auto name : stdlib::module_names())
        out_.push_back({.label = std::string(name), .kind = ProposalKind::Module, .detail = "library", .doc = {}});
    } else if (is_one_of(word, std::array{"allow", "deny", "never", "only", "always"})) {
      flow();
    } else if (word == "forward") {
      forward();
    } else if (is_one_of(word, kMembers) && last_word(before_) == "in") {
      tiers();
    } else if (word == "subnet" && trimmed_end(before_).ends_with(':')) {
      for (const auto* kind : {"public", "private", "isolated"}) add_word(kind, "tier", out_);
    } else if (word == "use") {
      of_kind("pattern");
      imported();
    } else if (const auto name = attribute_before_value(); !name.empty()) {
      value(block, name);
    } else if (trimmed_end(before_).empty() || is_value_finished()) {
      statement(block);
    }
    return std::move(out_);
  }

 private:
  void of_kind(std::string_view keyword) {
    for (const auto* each : visible_) {
      if (each->keyword == keyword) add_name(*each, out_);
    }
  }

  /// The names of every import of the file, read off the text.
  void imported() {
    std::size_t at = 0;
    while ((at = text_.find("import ", at)) != std::string_view::npos) {
      const std::size_t open = text_.find('{', at);
      const std::size_t close = text_.find('}', at);
      const std::size_t line = text_.find('\n', at);
      at += 7;
      if (open == std::string_view::npos || close == std::string_view::npos || open > close || open > line) continue;
      std::string name;
      for (std::size_t i = open + 1; i <= close; ++i) {
        if (is_path(text_[i])) {
          name += text_[i];
        } else if (!name.empty()) {
          out_.push_back(
              {.label = std::exchange(name, {}), .kind = ProposalKind::Name, .detail = "imported", .doc = {}});
        }
      }
    }
  }

  void module_names(const std::string& header) {
    const auto library = library_module(last_word(header));
    if (!library) return;
    for (const auto& each : library->declarations) add_name(each, out_);
  }

  void endpoints() {
    for (const auto* each : visible_) {
      static constexpr std::array kEnds = {"group",    "balancer", "site",      "appliance", "function",
                                           "database", "store",    "queue",     "topic",     "table",
                                           "vault",    "network",  "addresses", "label",     "parameter"};
      if (is_one_of(each->keyword, kEnds)) add_name(*each, out_);
    }
    for (const auto* word : {"internet", "any", "inside", "outside"}) add_word(word, "built in", out_);
  }

  void services() {
    of_kind("service");
    imported();
    for (const auto* word : {"any", "packets", "icmp"}) add_word(word, "built in", out_);
    for (int i = 0; i <= static_cast<int>(model::DataAction::Terminate); ++i)
      add_word(model::word(static_cast<model::DataAction>(i)), "action on data", out_);
  }

  void flow() {
    if (last_word(before_) == "via" || trimmed_end(before_).find(" via ") != std::string_view::npos) {
      add_word("nat", "built in", out_);
      of_kind("site");
      of_kind("appliance");
    } else if (before_.find(':') != std::string::npos) {
      services();
    } else {
      endpoints();
    }
  }

  void forward() {
    if (last_word(before_) == "to")
      of_kind("group");
    else if (last_word(before_) == "forward" || trimmed_end(before_).ends_with(':'))
      services();
    else
      for (const auto* word : {"to", "check"}) add_word(word, "", out_);
  }

  void tiers() {
    for (const auto* each : visible_) {
      if (each->keyword != "network") continue;
      for (const auto& tier : each->children)
        out_.push_back({.label = each->name + "." + tier.name,
                        .kind = ProposalKind::Name,
                        .detail = tier.detail + " tier",
                        .doc = tier.doc});
    }
  }

  /// `size` of `size =`; empty where no value is awaited.
  [[nodiscard]] std::string attribute_before_value() const {
    const auto before = trimmed_end(before_);
    if (!before.ends_with('=') || before.ends_with("==")) return "";
    return std::string(last_word(before.substr(0, before.size() - 1)));
  }

  /// `a = 1  ` in one line: the next attribute may follow.
  [[nodiscard]] bool is_value_finished() const {
    const std::size_t equals = before_.rfind('=');
    return equals != std::string::npos && !trimmed_end(std::string_view(before_).substr(equals + 1)).empty();
  }

  void value(const std::string& block, const std::string& name) {
    const auto* schema = sema::schema_of(block);
    const auto* attribute = schema == nullptr ? nullptr : sema::find(*schema, name);
    if (attribute != nullptr) {
      const auto type = sema::type_of(attribute->type);
      for (const auto& word : type.words) add_word(word, sema::describe(type), out_);
      if (type.base == sema::Type::Base::Bool) {
        add_word("true", "", out_);
        add_word("false", "", out_);
      }
      for (const auto kind : type.kinds) of_kind(sema::keyword(kind));
    }
    of_kind("parameter");
    of_kind("let");
  }

  void attributes(const sema::KindSchema& schema) {
    const std::string_view inside = text_.substr(where_.blocks.back().begin);
    const std::string_view here = inside.substr(0, inside.find('}'));
    for (const auto& attribute : schema.attributes) {
      const bool given = here.find(fmt::format("{} =", attribute.name)) != std::string_view::npos;
      if (given) continue;
      out_.push_back(
          {.label = std::string(attribute.name),
           .kind = ProposalKind::Attribute,
           .detail = (attribute.required ? "required: " : "") + sema::describe(sema::type_of(attribute.type)),
           .doc = std::string(attribute.doc)});
    }
  }

  void statement(const std::string& block) {
    if (block.empty()) {
      for (const auto* word : kItems) add_keyword(word, out_);
      return;
    }
    if (const auto* schema = sema::schema_of(block)) attributes(*schema);
    if (block == "network") add_keyword("subnet", out_);
    if (block == "balancer") add_keyword("forward", out_);
    // A pattern's brace stands behind its parameters, often on a line of their own.
    if (block == "pattern" || block == "stack" || where_.blocks.back().header.starts_with(')')) {
      for (const auto* word : kStatements) add_keyword(word, out_);
    }
  }

  Surroundings where_;
  std::string_view text_;
  std::string before_;  // the statement without the word that is being typed
  std::vector<const Declaration*> visible_;
  Proposals out_;
};

}  // namespace

std::vector<Proposal> proposals(std::string_view text, std::size_t offset,
                                const std::vector<Declaration>& declarations) {
  return Completer(text, offset, declarations).complete();
}

}  // namespace crenel::lsp
