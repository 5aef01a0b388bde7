#include "compiler/base/source.h"

#include <doctest/doctest.h>

using namespace crenel::base;

TEST_CASE("a byte order mark is no part of the text") {
  Sources sources;
  const auto id = sources.add("a",
                              "\xEF\xBB\xBF"
                              "ab\n\xEF\xBB\xBF");
  CHECK(sources[id].text == "ab\n\xEF\xBB\xBF");
  CHECK(sources.position(id, 1).column == 2);
}

TEST_CASE("positions count lines from line feeds and columns in code points") {
  Sources sources;
  const SourceId id = sources.add("a.crenel", "one\nzwö lf\r\n\nend");
  const auto at = [&](std::uint32_t offset) { return sources.position(id, offset); };
  CHECK(at(0).line == 1);
  CHECK(at(0).column == 1);
  CHECK(at(3).column == 4);  // the line feed belongs to the line that it ends
  CHECK(at(4).line == 2);
  CHECK(at(8).column == 4);  // behind the two bytes of ö
  CHECK(at(13).line == 3);
  CHECK(at(14).line == 4);
  CHECK(at(17).column == 4);
  CHECK(at(9999).line == 4);
  CHECK(at(9999).column == 4);
}

TEST_CASE("a line is given without its line end") {
  Sources sources;
  const SourceId id = sources.add("a.crenel", "one\ntwo\r\n\nlast\r");
  CHECK(sources.line(id, 1) == "one");
  CHECK(sources.line(id, 2) == "two");
  CHECK(sources.line(id, 3).empty());
  CHECK(sources.line(id, 4) == "last\r");  // a lone carriage return ends no line
  CHECK(sources.line(id, 0).empty());
  CHECK(sources.line(id, 5).empty());
}

TEST_CASE("an empty text has one empty line") {
  Sources sources;
  const SourceId id = sources.add("empty.crenel", "");
  CHECK(sources.position(id, 0).line == 1);
  CHECK(sources.position(id, 0).column == 1);
  CHECK(sources.line(id, 1).empty());
}

TEST_CASE("ids stay good as sources are added") {
  Sources sources;
  const SourceId first = sources.add("a", "alpha");
  for (int i = 0; i < 100; ++i) sources.add("more", "beta");
  CHECK(sources[first].text == "alpha");
  CHECK(sources.size() == 101);
  CHECK(sources.text({.source = first, .begin = 1, .end = 3}) == "lp");
  CHECK(sources.text({.source = first, .begin = 3, .end = 99}) == "ha");
}

TEST_CASE("joining spans ignores one that names no source") {
  Sources sources;
  const SourceId id = sources.add("a", "0123456789");
  const Span left = {.source = id, .begin = 1, .end = 3};
  const Span right = {.source = id, .begin = 5, .end = 6};
  CHECK(join(left, right) == Span{.source = id, .begin = 1, .end = 6});
  CHECK(join(right, left) == Span{.source = id, .begin = 1, .end = 6});
  CHECK(join({}, left) == left);
  CHECK(join(left, {}) == left);
  CHECK(!join({}, {}).valid());
}
