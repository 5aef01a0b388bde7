#include <algorithm>

#include "backends/azure/lower.h"
#include "backends/azure/names.h"

/// Host agents: one script that an extension runs on every member of a scale set. It is handed over as a protected
/// setting, which only the machine can read, and so may hold tokens (learn.microsoft.com, "Use the Azure Custom Script
/// Extension Version 2 with Linux virtual machines", checked 2026-11-23). It comes over Azure's own channel: no rule
/// and no route has to admit it.
namespace crenel::azure {
namespace {

using document::Value;
using model::Agent;
using model::Design;
using model::GroupId;

std::string ending_with_line(const std::string& text) {
  return text.empty() || text.back() == '\n' ? text : text + '\n';
}

/// A shell script without its first line is started by nobody.
std::string as_script(const std::string& install) {
  return ending_with_line(install.starts_with("#!") ? install : "#!/bin/sh\n" + install);
}

/// A line that ends a text within a script and stands nowhere in it.
std::string end_of(const std::string& text) {
  std::string word = "end-of-installation";
  while (text.find(word) != std::string::npos) word += '-';
  return word;
}

std::vector<const Agent*> installed_on(const Design& design, GroupId group) {
  std::vector<const Agent*> out;
  for (const model::AgentId id : design.groups[group].agents) {
    if (!design.agents[id].install.empty()) out.push_back(&design.agents[id]);
  }
  return out;
}

/// The script in pieces: texts, and between two of them a parameter.
struct Script {
  std::vector<std::string> texts = {""};
  std::vector<Term> between;

  void add(const std::string& text) { texts.back() += text; }
  void add(Term late) {
    between.push_back(std::move(late));
    texts.emplace_back();
  }
};

void add_agent(const Design& design, const Agent& agent, Script& script) {
  const std::string install = as_script(agent.install);
  const std::string end = end_of(install);
  const std::string file = "\"$place/" + agent.origin.path.back() + "\"";
  script.add("(umask 077 && cat > " + file + ") <<'" + end + "'\n" + install + end + "\nchmod 700 " + file + "\n");
  if (!agent.token) return script.add(file + "\n");
  // As Base64, in which no character means anything to the shell.
  script.add("AGENT_TOKEN=$(printf %s '");
  script.add(call("base64", {parameter(parameter_name(design.parameters[*agent.token].origin.path))}));
  script.add("' | base64 -d)\nexport AGENT_TOKEN\n" + file + "\nunset AGENT_TOKEN\n");
}

Script script_of(const Design& design, GroupId group) {
  Script out;
  out.add(
      "#!/bin/sh\n"
      "# Installs agents, whose tokens are in the environment of their own installation alone.\n"
      "set -eu\n"
      "place=$(mktemp -d /var/lib/agents.XXXXXX)\n"
      "trap 'rm -rf \"$place\"' EXIT\n");
  for (const Agent* agent : installed_on(design, group)) add_agent(design, *agent, out);
  return out;
}

std::string piece_name(const Design& design, GroupId group, std::size_t index) {
  return parameter_name(design.groups[group].origin.path, "Agents") + std::to_string(index + 1);
}

}  // namespace

bool has_installations(const Design& design, GroupId group) { return !installed_on(design, group).empty(); }

std::size_t installation_bytes(const Design& design, GroupId group) {
  constexpr std::size_t kLongestToken = 4096;
  if (!has_installations(design, group)) return 0;
  const Script script = script_of(design, group);
  std::size_t bytes = script.between.size() * kLongestToken;
  for (const std::string& text : script.texts) bytes += text.size();
  return (bytes + 2) / 3 * 4;
}

void add_agent_variables(const Design& design, Template& out) {
  for (const GroupId group : design.groups.ids()) {
    if (!has_installations(design, group)) continue;
    const Script script = script_of(design, group);
    for (std::size_t i = 0; i < script.texts.size(); ++i) {
      out.variables.emplace_back(piece_name(design, group, i), literal(script.texts[i]));
    }
  }
}

Value agents_extension(const Design& design, GroupId group) {
  if (!has_installations(design, group)) return {};
  const Script script = script_of(design, group);
  std::vector<Term> pieces;
  for (std::size_t i = 0; i < script.texts.size(); ++i) {
    pieces.push_back(variable(piece_name(design, group, i)));
    if (i < script.between.size()) pieces.push_back(script.between[i]);
  }
  const Term whole = pieces.size() == 1 ? pieces.front() : call("concat", pieces);
  return document::object(
      {{"name", "Agents"},
       {"properties",
        document::object({{"publisher", kScriptExtensionPublisher},
                          {"type", kScriptExtensionType},
                          {"typeHandlerVersion", "2.1"},
                          {"autoUpgradeMinorVersion", true},
                          {"protectedSettings", document::object({{"script", call("base64", {whole}).value()}})}})}});
}

}  // namespace crenel::azure
