#include "backends/aws/agents.h"

#include <algorithm>

#include "compiler/base/ids.h"

namespace crenel::aws {
namespace {

using model::Agent;
using model::AgentId;
using model::GroupId;

constexpr std::size_t kLongestArn = 600;    // of a secret: a name of 512 characters, and what is around it
constexpr std::size_t kLongestRegion = 24;  // "us-isob-east-1" and its like
constexpr std::size_t kLongestName = 256;   // an address of a queue, an ARN: a resource's name and what is around it
constexpr int kTries = 30;
constexpr int kSecondsBetween = 10;

std::string ending_with_line(const std::string& text) {
  return text.empty() || text.back() == '\n' ? text : text + '\n';
}

/// A shell script without its first line is started by nobody.
std::string as_script(const std::string& install) {
  return ending_with_line(install.starts_with("#!") ? install : "#!/bin/sh\n" + install);
}

/// A word that is no part of any of the texts.
std::string unlike(std::string word, const std::vector<std::string>& texts) {
  const auto is_taken = [&] {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return text.find(word) != std::string::npos; });
  };
  while (is_taken()) word += '-';
  return word;
}

void add(std::vector<UserDataPiece>& to, const std::string& text) {
  if (!to.empty() && std::holds_alternative<std::string>(to.back())) {
    std::get<std::string>(to.back()) += text;
  } else {
    to.emplace_back(text);
  }
}

/// The script of an agent with a token: the secret store may be out of reach for a while after the start.
void add_reading_script(const Agent& agent, model::ParameterId token, std::vector<UserDataPiece>& to) {
  const std::string install = as_script(agent.install);
  const std::string end = unlike("end-of-installation", {install});
  add(to,
      "#!/bin/sh\n"
      "# Installs an agent, whose token is in the environment of the installation alone.\n"
      "set -eu\n"
      "umask 077\n"
      "place=$(mktemp -d /var/lib/agent.XXXXXX)\n"
      "trap 'rm -rf \"$place\"' EXIT\n"
      "cat > \"$place/install\" <<'" +
          end + "'\n" + install + end +
          "\n"
          "chmod 700 \"$place/install\"\n"
          "umask 022\n"
          "tries=1\n"
          "until AGENT_TOKEN=$(aws secretsmanager get-secret-value --region '");
  to.emplace_back(Region{});
  add(to, "' --secret-id '");
  to.emplace_back(token);
  add(to,
      "' --query SecretString --output text); do\n"
      "  [ \"$tries\" -lt " +
          std::to_string(kTries) +
          " ] || exit 1\n"
          "  tries=$((tries + 1))\n"
          "  sleep " +
          std::to_string(kSecondsBetween) +
          "\n"
          "done\n"
          "export AGENT_TOKEN\n"
          "\"$place/install\"\n");
}

/// The names of what flows let the members use: of things that the stack makes, so none is a secret.
void add_names_script(const std::vector<std::string>& variables, std::vector<UserDataPiece>& to) {
  add(to,
      "#!/bin/sh\n"
      "# The names of what this instance may use.\n"
      "set -eu\n"
      "mkdir -p /etc/crenel\n"
      "cat > /etc/crenel/names <<'end-of-names'\n"
      "REGION=");
  to.emplace_back(Region{});
  for (std::size_t i = 0; i < variables.size(); ++i) {
    add(to, "\n" + variables[i] + "=");
    to.emplace_back(ValueOf{i});
  }
  add(to, "\nend-of-names\n");
}

/// Scripts are run in the order of their names.
std::string part_head(const std::string& type, const std::string& name, const std::string& boundary) {
  return "--" + boundary + "\nContent-Type: " + type +
         "; charset=\"utf-8\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
         "Content-Disposition: attachment; filename=\"" +
         name + "\"\n\n";
}

std::string two_digits(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::vector<AgentId> installed_on(const model::Design& design, GroupId group) {
  std::vector<AgentId> out = design.groups[group].agents;
  std::erase_if(out, [&](AgentId id) { return design.agents[id].install.empty(); });
  return out;
}

}  // namespace

std::vector<UserDataPiece> user_data(const model::Design& design, GroupId id,
                                     const std::vector<std::string>& variables) {
  const model::Group& group = design.groups[id];
  const std::vector<AgentId> agents = installed_on(design, id);
  const bool named = !variables.empty() && !group.boot.empty() && can_be_a_part(group.boot);
  std::vector<UserDataPiece> out;
  if (agents.empty() && !named) {
    if (!group.boot.empty()) add(out, group.boot);
    return out;
  }
  std::vector<std::string> texts = {group.boot};
  for (const AgentId agent : agents) texts.push_back(design.agents[agent].install);
  const std::string boundary = unlike("==part==", texts);
  add(out, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n");
  std::size_t number = 0;
  for (const AgentId each : agents) {
    const Agent& agent = design.agents[each];
    add(out, part_head("text/x-shellscript", two_digits(++number) + "-" + agent.origin.path.back() + ".sh", boundary));
    if (agent.token) {
      add_reading_script(agent, *agent.token, out);
    } else {
      add(out, as_script(agent.install));
    }
  }
  if (named) {
    add(out, part_head("text/x-shellscript", two_digits(++number) + "-names.sh", boundary));
    add_names_script(variables, out);
  }
  if (!group.boot.empty()) {
    // Of a part of plain text cloud-init looks at the first line to see what it is.
    add(out, part_head("text/plain", two_digits(++number) + "-boot", boundary));
    add(out, ending_with_line(group.boot));
  }
  add(out, "--" + boundary + "--\n");
  return out;
}

std::size_t bytes_of(const std::vector<UserDataPiece>& pieces) {
  std::size_t bytes = 0;
  for (const UserDataPiece& piece : pieces) {
    bytes += std::visit(base::Overloaded{[](const std::string& text) { return text.size(); },
                                         [](model::ParameterId) { return kLongestArn; },
                                         [](Region) { return kLongestRegion; }, [](ValueOf) { return kLongestName; }},
                        piece);
  }
  return bytes;
}

std::vector<model::ParameterId> tokens_of(const model::Design& design, GroupId group) {
  std::vector<model::ParameterId> out;
  for (const AgentId agent : installed_on(design, group)) {
    const auto& token = design.agents[agent].token;
    if (token && std::find(out.begin(), out.end(), *token) == out.end()) out.push_back(*token);
  }
  return out;
}

bool is_token(const model::Design& design, model::ParameterId parameter) {
  const auto ids = design.groups.ids();
  return std::any_of(ids.begin(), ids.end(), [&](GroupId group) {
    const auto tokens = tokens_of(design, group);
    return std::find(tokens.begin(), tokens.end(), parameter) != tokens.end();
  });
}

bool can_be_a_part(const std::string& boot) {
  return boot.empty() || boot.starts_with("#!") || boot.starts_with("#cloud-config");
}

bool can_read_secrets(const model::Design& design, GroupId group) {
  const net::Traffic https = net::Traffic::of(net::Protocol::Tcp, 443, 443);
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
    return flow.from == model::Endpoint(group) && std::holds_alternative<model::Internet>(flow.to) &&
           flow.traffic.contains(https);
  });
}

}  // namespace crenel::aws
