#include "compiler/driver/certificate_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "compiler/driver/certificate.h"
#include "compiler/driver/traffic_text.h"
#include "compiler/model/design.h"

namespace crenel::driver {
namespace {

using ReadJson = nlohmann::json;

constexpr std::string_view kFamily = "crenel.certificate/";

/// A traffic that cannot be read is a fault of the whole: nothing of it may be passed over.
net::Traffic traffic_in(const ReadJson& row) {
  const std::string text = row.at("traffic");
  const auto traffic = traffic_of(text);
  if (!traffic) throw std::invalid_argument(fmt::format("`{}` is no traffic", text));
  return *traffic;
}

std::string place_in(const ReadJson& row) {
  if (!row.contains("at") || !row["at"].is_object()) return "";
  const ReadJson& at = row["at"];
  return fmt::format("{}:{}:{}", at.at("path").get<std::string>(), at.at("line").get<std::size_t>(),
                     at.at("column").get<std::size_t>());
}

ReadCertificate::Pair pair_in(const ReadJson& row) {
  ReadCertificate::Pair out{.traffic = traffic_in(row), .statements = {}};
  for (const ReadJson& flow : row.at("flows"))
    out.statements.push_back({.traffic = traffic_in(flow), .text = flow.at("statement"), .place = place_in(flow)});
  return out;
}

/// An action that the language does not have is a fault of the whole, too.
ReadCertificate::DataPair data_pair_in(const ReadJson& row) {
  ReadCertificate::DataPair out;
  const std::string text = row.at("actions");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(", ", at), text.size());
    out.actions.push_back(text.substr(at, comma - at));
    if (!model::data_action(out.actions.back())) {
      throw std::invalid_argument(fmt::format("`{}` is no action", out.actions.back()));
    }
    at = comma + 2;
  }
  for (const ReadJson& flow : row.at("flows")) {
    const std::string statement = flow.at("statement");
    const std::string place = place_in(flow);
    out.statements.push_back(place.empty() ? statement : fmt::format("{}  ({})", statement, place));
  }
  return out;
}

ReadCertificate read(const ReadJson& json) {
  ReadCertificate out;
  out.compiler = json.at("compiler");
  out.target = json.at("target");
  out.provider = json.at("provider");
  out.template_file = json.at("template").at("file");
  out.template_sha256 = json.at("template").at("sha256");
  out.proved = json.at("proof").is_object() && json["proof"].at("template") == "equal";
  for (const ReadJson& source : json.at("sources")) out.sources.emplace(source.at("path"), source.at("sha256"));
  for (const auto& [name, value] : json.at("settings").items()) out.settings.emplace(name, value);
  for (const ReadJson& row : json.at("admitted"))
    out.admitted.emplace(std::pair(row.at("from").get<std::string>(), row.at("to").get<std::string>()), pair_in(row));
  if (json.contains("data")) {
    for (const ReadJson& row : json["data"].at("admitted")) {
      out.data.emplace(std::pair(row.at("from").get<std::string>(), row.at("to").get<std::string>()),
                       data_pair_in(row));
    }
  }
  if (json.contains("addresses")) {
    for (const ReadJson& row : json["addresses"]) out.addresses.emplace(row.at("of"), row.at("blocks"));
  }
  for (const ReadJson& row : json.at("claims")) out.claims.emplace(row.at("claim"), row.at("verdict"));
  if (json.contains("policies")) {
    for (const ReadJson& row : json["policies"]) out.rules.emplace(row.at("rule"), row.at("verdict"));
  }
  for (const ReadJson& row : json.at("residue"))
    out.residue.emplace(fmt::format("{}: {}", row.at("subject").get<std::string>(), row.at("text").get<std::string>()),
                        "left open");
  for (const ReadJson& row : json.at("quotas"))
    out.quotas.emplace(
        fmt::format("{}: {}", row.at("subject").get<std::string>(), row.at("quota").get<std::string>()),
        fmt::format("{} of {}", row.at("used").get<std::uint64_t>(), row.at("limit").get<std::uint64_t>()));
  out.assumptions = json.at("assumptions").get<std::vector<std::string>>();
  return out;
}

}  // namespace

bool is_certificate(std::string_view text) {
  const auto json = ReadJson::parse(text, nullptr, false);
  return json.is_object() && json.contains("schema") && json["schema"].is_string() &&
         json["schema"].get<std::string>().starts_with(kFamily);
}

std::variant<ReadCertificate, std::string> read_certificate(const std::string& text) {
  const auto json = ReadJson::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("schema")) return "it is no certificate";
  if (json["schema"] != std::string(kCertificateSchema))
    return fmt::format("it is of the form `{}`, and this compiler reads `{}`",
                       json["schema"].is_string() ? json["schema"].get<std::string>() : "?", kCertificateSchema);
  try {
    return read(json);
  } catch (const std::exception& fault) {
    return fmt::format("it is damaged: {}", fault.what());
  }
}

}  // namespace crenel::driver
