#include <string>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/diagnostics/order.h"
#include "compiler/diagnostics/render_json.h"
#include "compiler/diagnostics/render_text.h"
#include "compiler/driver/check.h"
#include "tests/fuzz/target.h"

/// Any text as a program, taken through every stage for every provider; nothing is written.
namespace crenel::fuzz {
namespace {

void run(std::string_view input) {
  static const std::vector<backend::Backend> backends = {aws::backend(), azure::backend()};
  base::MemoryFileSystem files;
  files.put("/input.crenel", std::string(input));
  driver::Compilation compilation(files, backends, {.files = {"/input.crenel"}});
  driver::check(compilation);
  for (const auto& diagnostic : compilation.diagnostics().all()) {
    promise(!diagnostic.message.empty(), "a diagnostic says something");
    if (!diagnostic.span.valid()) continue;
    const std::string& text = compilation.sources()[diagnostic.span.source].text;
    promise(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= text.size(),
            "a diagnostic lies in its text");
  }
  const auto shown = diagnostics::in_reading_order(compilation.diagnostics());
  promise(shown.empty() == render_text(shown, compilation.sources()).empty(), "diagnostics are shown");
  promise(!render_json(shown, compilation.sources()).empty(), "diagnostics are written");
}

bool is_seed(std::string_view path) { return path.ends_with(".crenel"); }

}  // namespace

const Target& target() {
  static const Target all = {.name = "language",
                             .run = run,
                             .is_seed = is_seed,
                             .words = {"import",
                                       "allow",
                                       "deny",
                                       "never",
                                       "only",
                                       "always",
                                       "require",
                                       "via",
                                       "except",
                                       "because",
                                       "when",
                                       "every",
                                       "where",
                                       "exists",
                                       "rule",
                                       "waive",
                                       "use",
                                       "if",
                                       "then",
                                       "else",
                                       "and",
                                       "or",
                                       "not",
                                       "true",
                                       "false",
                                       "pattern",
                                       "network",
                                       "subnet",
                                       "group",
                                       "balancer",
                                       "link",
                                       "site",
                                       "let",
                                       "service",
                                       "addresses",
                                       "label",
                                       "stack",
                                       "environment",
                                       "handbook",
                                       "forward",
                                       "check",
                                       "in",
                                       "for",
                                       "on",
                                       "aws",
                                       "azure",
                                       "internet",
                                       "platform",
                                       "any",
                                       "nat",
                                       "vpn",
                                       "public",
                                       "private",
                                       "isolated",
                                       "space",
                                       "size",
                                       "zones",
                                       "scale",
                                       "image",
                                       "immutable",
                                       "acl",
                                       "strict",
                                       "within",
                                       "as",
                                       "at",
                                       "test",
                                       "policy",
                                       "facts",
                                       "->",
                                       "~>",
                                       "..",
                                       "/16",
                                       "/33",
                                       "/-1",
                                       "10.0.0.0/8",
                                       "0.0.0.0/0",
                                       "::/0",
                                       "2001:db8::/32",
                                       "256.0.0.1",
                                       "tcp/443",
                                       "tcp/0..65535",
                                       "udp/99999",
                                       "icmp/8",
                                       "cpu(80%)",
                                       "9223372036854775808",
                                       "-1",
                                       "\"\"",
                                       "\"${a}\"",
                                       "file(\"x\")",
                                       "///",
                                       "//",
                                       "/*",
                                       "\xc3\xa9",
                                       "\xe2\x80\xae",
                                       "std/services",
                                       "{",
                                       "}",
                                       "(",
                                       ")",
                                       "[",
                                       "]",
                                       "=",
                                       ":",
                                       ","}};
  return all;
}

}  // namespace crenel::fuzz
