#pragma once

#include <string>
#include <string_view>

#include "compiler/base/source.h"
#include "compiler/lsp/text_place.h"

/// The protocol's own notations, as JSON of whatever library writes it.
namespace crenel::lsp {

template <class Json>
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class Json>
Json place_as(Place place) {
  return {{"line", place.line}, {"character", place.character}};
}

template <class Json>
Json range_of(std::string_view text, std::size_t begin, std::size_t end) {
  return {{"start", place_as<Json>(place_of(text, begin))}, {"end", place_as<Json>(place_of(text, end))}};
}

template <class Json>
Json range_of(std::string_view text, const base::Span& span) {
  return range_of<Json>(text, span.begin, span.end);
}

}  // namespace crenel::lsp
