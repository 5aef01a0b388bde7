#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/model/provider_schema.h"

/// The port between the compiler and a provider. A backend is a value of functions, listed in one ordered table.
namespace crenel::backend {

enum class Format { Json, Yaml };

/// How much of one of the provider's limits a template uses.
struct QuotaUse {
  std::string subject;  ///< "web", "main", "template"
  std::string quota;    ///< the limit's name in the backend's table: "inbound rules of a security group"
  std::size_t used = 0;
  std::size_t limit = 0;
  bool adjustable = false;
  std::string source;
};

/// Something the design says that this provider cannot express or close, in one sentence.
struct Residue {
  std::string subject;
  std::string text;
};

/// Something of which there is one, and which a template makes: of two templates that do, the provider refuses one.
struct Sole {
  std::string what;  ///< "the mode of VPC Block Public Access in eu-west-1"
  std::string of;    ///< "account 111122223333"
  base::Span span;   ///< of the declaration that asks for it
};

/// A finished template with what is to be said about it.
struct Artifact {
  std::string text;  ///< the template, ends in a newline
  std::size_t resources = 0;
  std::vector<QuotaUse> quotas;
  std::vector<Residue> residue;
  std::vector<std::string> assumptions;  ///< bounds that the provider cannot enforce, things taken as given
  std::vector<Sole> soles;               ///< of the place where it is deployed, as far as that is known
  std::vector<std::string> account;  ///< what was made, for people: "1 network, 4 subnets in 2 zones", one line each
};

struct Backend {
  std::string_view name;   ///< "aws": also the word of `on aws` and of file names
  std::string_view title;  ///< "AWS CloudFormation"
  const model::ProviderSchema* schema;
  /// Legalizes, lowers and writes. Reports every reason why it cannot; after an error there is no artifact.
  std::optional<Artifact> (*compile)(const model::Design& design, Format format, diagnostics::Diagnostics& diagnostics);
  /// Reads a template (JSON or YAML, by whomever) back: what the provider would make of it. Reports what is no template
  /// of this provider; what it does not understand of a template is in the estate, as unknown. Shares nothing with
  /// `compile` but the table of resource types.
  std::optional<estate::Estate> (*lift)(const base::Sources& sources, base::SourceId source,
                                        diagnostics::Diagnostics& diagnostics);
};

}  // namespace crenel::backend
