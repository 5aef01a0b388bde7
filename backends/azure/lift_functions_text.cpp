#include <algorithm>
#include <cctype>

#include "backends/azure/lift_scope.h"

/// learn.microsoft.com, "String functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

constexpr std::size_t kLongestText = 100'000;

/// Texts one after the other. An address that a parameter gives, with `/32` behind it, stays known as that address.
Value joined(const Invocation& in, const List& parts) {
  std::string out;
  bool open = false;
  for (const Value& each : parts) {
    const auto text = as_text(each);
    if (!text) return in.any_open() ? in.open() : in.wrong("joins something that is no text");
    if (each.open() != nullptr && !each.open()->why.empty()) return in.open();
    out += *text;
    open = open || each.open() != nullptr;
    if (out.size() > kLongestText || !in.evaluator.budget().spend(1 + text->size() / 64)) {
      return in.wrong("makes too long a text");
    }
  }
  if (!open) return value_of(std::move(out));
  Open made{.text = out, .meaning = {}, .why = {}};
  for (const Value& each : parts) {
    const Open* part = each.open();
    if (part == nullptr) continue;
    const auto* given = std::get_if<Given>(&part->meaning);
    if (given != nullptr && out == part->text + "/32") made.meaning = Cut{.parameter = given->parameter, .part = {}};
    if (out == part->text) made.meaning = part->meaning;
  }
  return {.is = std::move(made), .span = {}};
}

Value concat(const Invocation& in) {
  const bool lists = std::any_of(in.arguments.begin(), in.arguments.end(), [](const Value& v) { return v.list(); });
  if (!lists) return joined(in, in.arguments);
  List out;
  for (const Value& each : in.arguments) {
    if (each.list() == nullptr) return each.open() != nullptr ? in.open() : in.wrong("joins a list and something else");
    if (!in.evaluator.budget().spend(weight(each, 200'000))) return in.wrong("makes too long a list");
    out.insert(out.end(), each.list()->begin(), each.list()->end());
  }
  return {.is = std::move(out), .span = {}};
}

Value format(const Invocation& in) {
  if (in[0].text() == nullptr) return in.open();
  const std::string& pattern = *in[0].text();
  List parts;
  std::string plain;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
      plain += c;
      ++i;
    } else if (c == '{') {
      const std::size_t end = pattern.find('}', i);
      if (end == std::string::npos) return in.wrong("has a brace that is not closed");
      const auto number = as_number(value_of(pattern.substr(i + 1, end - i - 1)));
      // a width or a number format: `{0:D2}`
      if (!number) return in.open();
      if (*number < 0 || static_cast<std::size_t>(*number) + 1 >= in.size()) return in.wrong("names no argument");
      parts.push_back(value_of(plain));
      plain.clear();
      parts.push_back(in[static_cast<std::size_t>(*number) + 1]);
      i = end;
    } else {
      plain += c;
    }
  }
  parts.push_back(value_of(plain));
  return joined(in, parts);
}

Value text(const Invocation& in) {
  if (in[0].open() != nullptr) {
    // a length stays known as one, and a text is one already
    const Open& open = *in[0].open();
    if (std::holds_alternative<LengthOf>(open.meaning) || std::holds_alternative<Given>(open.meaning)) return in[0];
    return open.why.empty() ? in[0] : in.open();
  }
  const auto known = as_text(in[0]);
  return known ? value_of(*known) : in.open();
}

/// The text in other letters; names are compared without their case anyway, so what is open in it stays as it is.
template <class Change>
Value changed(const Invocation& in, Change change) {
  const auto known = as_text(in[0]);
  if (!known) return in.any_open() ? in.open() : in.wrong("wants a text");
  std::string out = *known;
  int depth = 0;
  for (char& c : out) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (depth <= 0) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  }
  if (in[0].open() == nullptr) return value_of(std::move(out));
  Open open = *in[0].open();
  open.text = std::move(out);
  return {.is = std::move(open), .span = {}};
}

Value to_lower(const Invocation& in) {
  return changed(in, [](int c) { return std::tolower(c); });
}
Value to_upper(const Invocation& in) {
  return changed(in, [](int c) { return std::toupper(c); });
}

Value trim(const Invocation& in) {
  const std::string* known = in[0].text();
  if (known == nullptr) return in.open();
  const std::size_t begin = known->find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return value_of(std::string());
  return value_of(known->substr(begin, known->find_last_not_of(" \t\r\n") - begin + 1));
}

Value replace(const Invocation& in) {
  const std::string* whole = in[0].text();
  if (whole == nullptr || in[1].text() == nullptr || in[2].text() == nullptr || in[1].text()->empty()) return in.open();
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = whole->find(*in[1].text()); found != std::string::npos;
       found = whole->find(*in[1].text(), at)) {
    out += whole->substr(at, found - at) + *in[2].text();
    at = found + in[1].text()->size();
    if (out.size() > kLongestText) return in.wrong("makes too long a text");
  }
  return value_of(out + whole->substr(at));
}

Value split(const Invocation& in) {
  if (in[1].text() == nullptr || in[1].text()->size() != 1) return in.open();
  const auto whole = as_text(in[0]);
  if (!whole) return in.open();
  // a parameter can hold any number of separators; the parts of a resource's id cannot
  if (in[0].open() != nullptr && (!in[0].open()->why.empty() || !whole->starts_with("/subscriptions/")))
    return in.open();
  List out;
  for (const std::string& part : split_outside_braces(*whole, in[1].text()->front())) {
    if (part.find('{') == std::string::npos) {
      out.push_back(value_of(part));
    } else {
      out.push_back({.is = Open{.text = part, .meaning = {}, .why = {}}, .span = {}});
    }
  }
  return {.is = std::move(out), .span = {}};
}

Value substring(const Invocation& in) {
  const std::string* whole = in[0].text();
  const auto begin = as_number(in[1]);
  if (whole == nullptr || !begin || *begin < 0 || static_cast<std::size_t>(*begin) > whole->size()) return in.open();
  if (in.size() < 3) return value_of(whole->substr(static_cast<std::size_t>(*begin)));
  const auto length = as_number(in[2]);
  if (!length || *length < 0) return in.open();
  return value_of(whole->substr(static_cast<std::size_t>(*begin), static_cast<std::size_t>(*length)));
}

Value starts_with(const Invocation& in) {
  if (in[0].text() == nullptr || in[1].text() == nullptr) return in.open();
  return value_of(lower(*in[0].text()).starts_with(lower(*in[1].text())));
}

Value ends_with(const Invocation& in) {
  if (in[0].text() == nullptr || in[1].text() == nullptr) return in.open();
  return value_of(lower(*in[0].text()).ends_with(lower(*in[1].text())));
}

Value join(const Invocation& in) {
  const List* list = in[0].list();
  if (list == nullptr) return in.open();
  List parts;
  for (const Value& each : *list) {
    if (!parts.empty()) parts.push_back(in[1]);
    parts.push_back(each);
  }
  return joined(in, parts);
}

Value pad_left(const Invocation& in) {
  const auto whole = in[0].open() == nullptr ? as_text(in[0]) : std::nullopt;
  const auto width = as_number(in[1]);
  if (!whole || !width || *width < 0 || *width > 256) return in.open();
  const std::string* pad = in.size() > 2 ? in[2].text() : nullptr;
  const char c = pad != nullptr && !pad->empty() ? pad->front() : ' ';
  const auto wanted = static_cast<std::size_t>(*width);
  return value_of(whole->size() >= wanted ? *whole : std::string(wanted - whole->size(), c) + *whole);
}

}  // namespace

const std::vector<Function>& text_functions() {
  static const std::vector<Function> table = {
      {"concat", 1, kAnyNumber, concat},
      {"format", 1, kAnyNumber, format},
      {"string", 1, 1, text},
      {"toLower", 1, 1, to_lower},
      {"toUpper", 1, 1, to_upper},
      {"trim", 1, 1, trim},
      {"replace", 3, 3, replace},
      {"split", 2, 2, split},
      {"substring", 2, 3, substring},
      {"startsWith", 2, 2, starts_with},
      {"endsWith", 2, 2, ends_with},
      {"join", 2, 2, join},
      {"padLeft", 2, 3, pad_left},
  };
  return table;
}

}  // namespace crenel::azure::lifting
