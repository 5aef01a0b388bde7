#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

Place place_at(const base::Span& span, std::string path) {
  return {.resource = "", .path = std::move(path), .span = span};
}

void read_foreign(Reading& reading, const Item& item) {
  const std::string& type = item.resource->type;
  const ForeignType foreign = foreign_type(type);
  if (foreign.kind == Foreign::Irrelevant) return;
  if (foreign.kind == Foreign::Unheard) {
    reading.unknown(item.place(), "`" + item.id() + "` is of a type that is not read: `" + type + "`");
    return;
  }
  if (foreign.kind == Foreign::Changes) {
    reading.unknown(item.place(),
                    "`" + item.id() + "` may change which packets pass: resources of type `" + type + "` are not read");
    return;
  }
  if (foreign.kind == Foreign::ChangesData) {
    // Where no service is, it is about those of others.
    if (reading.estate.services.empty()) return;
    reading.unknown(item.place(), "`" + item.id() + "` may change who uses which service: resources of type `" + type +
                                      "` are not read");
    return;
  }
  const bool whole = item.properties.as<Object>() != nullptr;
  if (whole && !foreign.only_with.empty() && item[foreign.only_with].absent()) return;
  reading.unknown(item.place(), "`" + item.id() + "` may have interfaces of its own in subnets: resources of type `" +
                                    type + "` are not read");
}

}  // namespace

void read_the_rest(const Template& read_from, Reading& reading) {
  if (read_from.transform != nullptr) {
    reading.unknown(place_at(read_from.transform->span, "/Transform"),
                    "the template is rewritten before it is carried out: what comes of that is not known");
  }
  for (const document::Entry* loop : read_from.unexpanded) {
    reading.unknown(place_at(loop->key_span, "/Resources/" + std::string(loop->key)),
                    "`" + std::string(loop->key) + "` makes resources that are not read");
  }
  for (const Item& item : reading.items()) {
    if (!is_read(item.resource->type)) read_foreign(reading, item);
  }
}

}  // namespace crenel::aws::reading
