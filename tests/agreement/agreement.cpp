#include "tests/agreement/agreement.h"

#include <functional>
#include <stdexcept>

#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/azure_interpreter.h"
#include "tests/agreement/declared.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

constexpr std::size_t kMostReported = 12;

/// `by_balancers`: these ask themselves how their targets are. Of Azure's the platform does, from its own address.
void compare(const Declared& declared, const std::function<bool(const Packet&)>& admits, bool by_balancers,
             const std::string& where, Outcome& outcome) {
  for (const std::string& name : declared.missing()) outcome.disagreements.push_back("NO HOST for " + name);
  for (const Packet& packet : declared.samples()) {
    ++outcome.packets;
    const bool wanted = declared.admits(packet);
    outcome.admitted += wanted ? 1 : 0;
    if (wanted == admits(packet)) continue;
    if (wanted ? declared.chooses_family(packet.from) : by_balancers && declared.checks(packet)) continue;
    if (outcome.disagreements.size() < kMostReported) {
      outcome.disagreements.push_back((wanted ? "NARROWER " : "WIDER ") + show(packet) + where);
    }
  }
}

}  // namespace

Outcome agree(const model::Design& design, const backend::Backend& backend) {
  diagnostics::Diagnostics diagnostics;
  const auto artifact = backend.compile(design, backend::Format::Json, diagnostics);
  if (!artifact) {
    const auto& all = diagnostics.all();
    throw std::runtime_error(design.name + " does not compile: " + (all.empty() ? "" : all.front().message));
  }
  return agree(design, backend.name, artifact->text);
}

Outcome agree(const model::Design& design, std::string_view provider, const std::string& text) {
  const json document = json::parse(text);
  Outcome outcome;
  for (const Assignment& assignment : assignments(design)) {
    if (provider == "aws") {
      const AwsInterpreter cloud(document, for_template(assignment, names_left_open(document)),
                                 announcements(design, assignment));
      const Declared declared(design, assignment, cloud.hosts());
      compare(
          declared, [&](const Packet& packet) { return cloud.admits(packet); }, true, "", outcome);
    } else {
      for (const TagReading reading : {TagReading::Narrow, TagReading::Wide}) {
        const AzureInterpreter cloud(document, for_template(assignment, names_left_open(document)), reading,
                                     announcements(design, assignment));
        const Declared declared(design, assignment, cloud.hosts());
        compare(
            declared, [&](const Packet& packet) { return cloud.admits(packet); }, false,
            reading == TagReading::Wide ? " (wide VirtualNetwork)" : "", outcome);
      }
    }
  }
  return outcome;
}

}  // namespace crenel::agreement
