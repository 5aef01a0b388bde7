#include "compiler/driver/init.h"

#include <optional>
#include <string_view>
#include <utility>

#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/file_errors.h"

namespace crenel::driver {
namespace {

constexpr std::string_view kPattern = R"(import std/services { http, https }

/// # Website
///
/// Web servers that nobody reaches but the balancer before them.
pattern website(
  /// The addresses of the network.
  space       : cidr(/16../21) within 10.0.0.0/8 = 10.0.0.0/16,
  /// The machine image of the servers.
  image       : image,
  /// The certificate that the balancer shows.
  certificate : certificate,
) {
  network main {
    space = space
    subnet edge : public  { size = /26 }
    subnet web  : private { size = /24 }
  }

  balancer front in main.edge {
    certificate = certificate
    forward https to web : http check "/"
  }

  /// Replaced, never logged in to.
  group web in main.web {
    image     = image
    scale     = 2..6 by cpu(70%)
    immutable = true
  }

  // Everything is closed except what is declared here.
  allow internet -> front : https  because "this is the site that we publish"

  // What must stay so. The compiler proves each; break one and see.
  never internet -> web
  never web      -> internet
  only  front    -> web : http
}

test "the balancer is the only door" of website() {
  always 203.0.113.7 -> front : https
  never  203.0.113.7 -> web
}
)";

constexpr std::string_view kStack = R"(import "website.crenel" { website }

environment dev {
  stage          = dev
  network_admins = ["developers"]
}

environment prod {
  stage          = prod
  network_admins = ["network-pipeline"]
}

/// The website as we run it: a smaller network while we develop. What is not said here (the image, the certificate)
/// is a parameter of the template.
stack site on aws in dev, prod {
  region = eu_west_1

  use website(space: if env.stage == prod then 10.1.0.0/16 else 10.0.0.0/21) as public_site
}
)";

constexpr std::string_view kReadme = R"(# A network in Crenel

    crenel check *.crenel              is everything that is claimed so?
    crenel build *.crenel -o out       templates, and what was proved of each
    crenel build website.crenel -o out the pattern itself, for every provider
    crenel fmt *.crenel                the one layout

`website.crenel` is a pattern: an architecture, written once, for every provider. `site.crenel` is a stack that uses it.

Try this: add `allow internet -> web : https` to the pattern and run `crenel check website.crenel`.
)";

}  // namespace

std::vector<std::string> init(base::FileSystem& files, const std::string& folder,
                              diagnostics::Diagnostics& diagnostics) {
  const std::string prefix = folder.empty() || folder == "." ? "" : folder + (folder.ends_with('/') ? "" : "/");
  const std::vector<std::pair<std::string, std::string>> texts = {
      {prefix + "website.crenel", std::string(kPattern)},
      {prefix + "site.crenel", std::string(kStack)},
      {prefix + "README.md", std::string(kReadme)},
      {prefix + ".crenel-root", ""},
  };
  for (const auto& [path, text] : texts) {
    if (files.exists(path))
      diagnostics.report(diagnostics::kAlreadyThere, {}, path).help = "name another directory: `crenel init DIR`";
  }
  if (diagnostics.has_errors()) return {};
  if (const auto error = files.write_all(texts)) {
    diagnostics::report_unwritten(diagnostics, *error);
    return {};
  }
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (const auto& [path, text] : texts) out.push_back(path);
  return out;
}

}  // namespace crenel::driver
