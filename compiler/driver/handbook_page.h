#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"

/// The pages of a handbook's site, as texts.
namespace crenel::driver {

/// What a handbook says of itself.
struct HandbookTitle {
  std::string title = "Handbook";
  std::string version;
  std::string owner;
  std::string doc;
};

/// One parameter as the pattern declares it.
struct HandbookParameter {
  std::string name;
  std::string type;           ///< as written: "cidr(/16../20) within 10.0.0.0/8"
  std::string default_value;  ///< as written; empty: none
  std::string doc;
};

struct HandbookTemplate {
  std::string provider;        ///< "aws"
  std::string provider_title;  ///< "AWS CloudFormation"
  std::string template_file;   ///< from the page
  std::string certificate_file;
  backend::Artifact artifact;  ///< with its text
};

struct HandbookRule {
  model::Rule rule;
  std::string verdict;  ///< "kept", "waived"
};

struct HandbookWaiver {
  model::Waiver waiver;
  std::string covers;  ///< as written: "group shop.batch"
  bool used = false;
};

struct HandbookPage {
  std::string name;     ///< of the target; also of the file, with `.html`
  std::string module;   ///< what an import names: "std/patterns/private_network"; empty for a stack
  std::string picture;  ///< an SVG
  model::Design design;
  verify::Report report;
  std::vector<HandbookParameter> parameters;
  std::vector<HandbookTemplate> templates;
  std::vector<HandbookRule> rules;      ///< of the policies in force
  std::vector<HandbookWaiver> waivers;  ///< that count here
};

[[nodiscard]] std::string start_page(const HandbookTitle& title, const std::vector<HandbookPage>& pages);
[[nodiscard]] std::string pattern_page(const HandbookTitle& title, const HandbookPage& page);

}  // namespace crenel::driver
