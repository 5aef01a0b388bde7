#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/net/traffic.h"

namespace crenel::driver {

/// What a certificate says that two of them can be compared by. It names ends, and says at which
/// addresses they are, but for what is known only at deployment.
struct ReadCertificate {
  struct Statement {
    net::Traffic traffic;
    std::string text;
    std::string place;  ///< "shop.crenel:13:3"
  };
  struct Pair {
    net::Traffic traffic;
    std::vector<Statement> statements;
  };
  /// What one may do with a service.
  struct DataPair {
    std::vector<std::string> actions;  ///< in the order of the language: "read", "write"
    std::vector<std::string> statements;
  };

  std::string compiler;
  std::string target;
  std::string provider;
  std::string template_file;
  std::string template_sha256;
  bool proved = false;                          ///< its template admits what it says, and nothing else
  std::map<std::string, std::string> sources;   ///< digests
  std::map<std::string, std::string> settings;  ///< `--set`
  std::map<std::pair<std::string, std::string>, Pair> admitted;
  std::map<std::pair<std::string, std::string>, DataPair> data;
  std::map<std::string, std::string> addresses;  ///< "subnet main.web" to "10.0.1.0/24"
  std::map<std::string, std::string> claims;     ///< verdicts
  std::map<std::string, std::string> rules;      ///< of policies: verdicts
  std::map<std::string, std::string> residue;
  std::map<std::string, std::string> quotas;  ///< "web: rules of a security group" to "7 of 60"
  std::vector<std::string> assumptions;
};

/// Whether the text is a certificate of any form.
[[nodiscard]] bool is_certificate(std::string_view text);

/// The certificate, or why it cannot be read.
[[nodiscard]] std::variant<ReadCertificate, std::string> read_certificate(const std::string& text);

}  // namespace crenel::driver
