#include "backends/azure/boot.h"

#include <string_view>

#include "backends/azure/functions.h"
#include "backends/azure/names.h"

/// "Custom data and cloud-init on Azure Virtual Machines"; parts of several kinds in one message are cloud-init's own
/// (cloudinit.readthedocs.io, "User data formats", MIME multi-part archive). No identity is named: members have one.
namespace crenel::azure {
namespace {

using model::Design;
using model::GroupId;

/// No address of a service is longer: names of accounts, namespaces and parts, and the suffix of a cloud.
constexpr std::size_t kLongestAddress = 256;

/// Whether `boot` can be a part beside another one.
bool can_be_a_part(std::string_view boot) { return boot.starts_with("#!") || boot.starts_with("#cloud-config"); }

bool hands_names(const Design& design, GroupId id) {
  return can_be_a_part(design.groups[id].boot) && !known_services(design, id).empty();
}

/// A line that stands nowhere in the text.
std::string boundary_of(const std::string& text) {
  std::string out = "==part==";
  while (text.find(out) != std::string::npos) out += '=';
  return out;
}

std::string head_of_part(const std::string& boundary, const char* type, const char* name) {
  return "--" + boundary + "\nContent-Type: " + type +
         "; charset=\"utf-8\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"
         "Content-Disposition: attachment; filename=\"" +
         name + "\"\n\n";
}

std::string before_names(const std::string& boundary) {
  return "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n" +
         head_of_part(boundary, "text/x-shellscript", "01-names.sh") +
         "#!/bin/sh\n"
         "# The names of what this instance may use.\n"
         "set -eu\n"
         "mkdir -p /etc/crenel\n"
         "cat > /etc/crenel/names <<'end-of-names'\n";
}

/// Of a part of plain text cloud-init looks at the first line to see what it is.
std::string after_names(const std::string& boundary) {
  return "end-of-names\n" + head_of_part(boundary, "text/plain", "02-boot");
}

std::string end_of_parts(const std::string& boundary) { return "\n--" + boundary + "--\n"; }

Term boot_variable(const model::Group& group, std::string_view role) {
  return variable(parameter_name(group.origin.path, role));
}

Term names_part(const Design& design, GroupId id) {
  const std::string boundary = boundary_of(design.groups[id].boot);
  std::vector<Term> pieces;
  std::string text = before_names(boundary);
  for (const KnownService& known : known_services(design, id)) {
    pieces.push_back(Term::literal(text + known.variable + "="));
    pieces.push_back(known.value);
    text = "\n";
  }
  pieces.push_back(Term::literal(text + after_names(boundary)));
  return call("concat", pieces);
}

}  // namespace

Term boot_text(const Design& design, GroupId id) {
  const model::Group& group = design.groups[id];
  Term own = boot_variable(group, "Boot");
  if (!hands_names(design, id)) return own;
  return call("concat", {boot_variable(group, "BootNames"), own, Term::literal(end_of_parts(boundary_of(group.boot)))});
}

std::size_t boot_bytes(const Design& design, GroupId id) {
  const model::Group& group = design.groups[id];
  if (!hands_names(design, id)) return group.boot.size();
  const std::string boundary = boundary_of(group.boot);
  std::size_t bytes = before_names(boundary).size() + after_names(boundary).size() + end_of_parts(boundary).size();
  for (const KnownService& known : known_services(design, id)) bytes += known.variable.size() + kLongestAddress;
  return bytes + group.boot.size();
}

void add_boot_variables(const Design& design, Template& out) {
  for (const GroupId id : design.groups.ids()) {
    const model::Group& group = design.groups[id];
    if (group.boot.empty()) continue;
    if (hands_names(design, id)) {
      out.variables.emplace_back(parameter_name(group.origin.path, "BootNames"), names_part(design, id).value());
    }
    out.variables.emplace_back(parameter_name(group.origin.path, "Boot"), literal(group.boot));
  }
}

}  // namespace crenel::azure
