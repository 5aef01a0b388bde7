#include "compiler/syntax/format.h"

#include <stdexcept>
#include <utility>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/format_parts.h"
#include "compiler/syntax/parser.h"

namespace crenel::syntax {

std::optional<std::string> format(const base::Sources& sources, base::SourceId source,
                                  diagnostics::Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const File before = parse(sources, source, diagnostics);
  if (diagnostics.error_count() != errors) return std::nullopt;
  const TokenList list = tokenize(sources, source);
  const Node root = parse_tokens(list, Entry::File, diagnostics);
  std::string text = in_columns(lines_of(list, trivia_of(sources[source].text, list), marks_of(list, root)));

  // A file in another meaning would be worse than none in any layout: the promise is checked each time.
  base::Sources again;
  const base::SourceId formatted = again.add(sources[source].path, text);
  diagnostics::Diagnostics ignored;
  if (dump(parse(again, formatted, ignored)) != dump(before))
    throw std::logic_error("formatting would change what " + sources[source].path + " means");
  return text;
}

}  // namespace crenel::syntax
