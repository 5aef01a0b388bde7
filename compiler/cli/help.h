#pragma once

#include <string_view>

/// What `--help` says besides the list of options.
namespace crenel::cli {

inline constexpr std::string_view kAbout =
    "crenel compiles network design patterns to AWS CloudFormation and Azure Resource Manager templates.\n"
    "Everything is closed except what a flow declares open; what a provider cannot keep is refused or told.";

inline constexpr std::string_view kAfterHelp = R"(
Examples:
  crenel build handbook.crenel -o out        every pattern of the handbook, for each of its providers
  crenel build stack.crenel --env prod       the stacks of one environment
  crenel check stack.crenel                  everything but writing
  crenel verify live.json stack.crenel:shop.prod   does this template admit what the source declares, and no more
  crenel reach stack.crenel 'web -> db : postgres' is it admitted, and by what
  crenel test network.crenel                 the tests that the file declares
  crenel diff old.crenel new.crenel          what became reachable, and what no longer is
  crenel explain CRN0301                     what a diagnostic means, and how to mend it
  crenel fmt *.crenel                        the one layout
  crenel graph stack.crenel:shop.prod        the picture
  crenel handbook handbook.crenel -o site    the site
  crenel init network                        a starting project

Results go to standard output, diagnostics to standard error. Colors: --color, or NO_COLOR in the environment.
Exit status: 0 done, 1 errors in the input, 2 wrong usage, 70 a fault of crenel itself.
`crenel COMMAND --help` tells more about a command.
)";

inline constexpr std::string_view kAfterBuild = R"(
What is built: the patterns that a handbook lists and the stacks, each in its environments; in files with neither, the
files' own patterns. Each target becomes, for each of its providers,
  DIR/NAME.PROVIDER.json               the template (.yaml with --format yaml)
  DIR/NAME.PROVIDER.certificate.json   what it admits, proves, assumes and leaves open
Parameters that are not set and that a deployment can give become parameters of the template.
On any error nothing is written, and what was there stays as it was. Unchanged files keep their time stamps.

Examples:
  crenel build private_network.crenel -o out --provider aws
  crenel build private_network.crenel --set space=10.20.0.0/16 --set 'image="ami-0abc"'
  crenel build stack.crenel --target shop.prod -o out --depfile out/stack.d
  crenel build stack.crenel -o out --list-outputs

Exit status: 0 written, 1 errors in the input, 2 wrong usage, 70 a fault of crenel itself.
)";

inline constexpr std::string_view kAfterCheck = R"(
Checks every pattern of the files and whatever `build` would build, for every provider, and writes nothing.

Examples:
  crenel check network.crenel
  crenel check *.crenel --werror --diagnostics json 2> findings.json
  crenel check *.crenel --diagnostics sarif 2> findings.sarif      for code scanning (SARIF 2.1.0)
  crenel check --fix network.crenel                                mends what has one way to be mended

Exit status: 0 no errors, 1 errors in the input, 2 wrong usage, 70 a fault of crenel itself.
)";

inline constexpr std::string_view kAfterVerify = R"(
Reads a template as its provider would and compares who can reach whom and use what in it with what the target declares,
for every packet, every action on a service and every value of the parameters. The template may have been edited by
hand, be an older one, or come out of an account. It is equal, or it is wider or narrower somewhere: each such place is told with a packet that shows it and the
JSON path that decides. What is not understood is never taken to be right: it is undecided.

Examples:
  crenel verify out/private_network.aws.json private_network.crenel
  crenel verify deployed.yaml stack.crenel:shop.prod --undecided warning
  crenel verify deployed.json stack.crenel:shop.prod --diagnostics json

Exit status: 0 equal, 1 different, undecided or errors in the input, 2 wrong usage, 70 a fault of crenel itself.
)";

inline constexpr std::string_view kAfterReach = R"(
The question is written like a claim: groups, balancers, sites, labels, `internet`, `any`, addresses and blocks, from one
to another, for services, or for actions on what providers run (`read`, `send`). It is answered from what the design
declares and from the templates that come of it, read back: the flow, the rules and the route that let it through, or the
statement and the way that let it be done; or what stops it.

Examples:
  crenel reach private_network.crenel 'datacenter -> app : ssh'
  crenel reach stack.crenel:shop.prod 'internet -> web : https' --provider azure
  crenel reach stack.crenel:shop.prod '203.0.113.7 -> web : tcp/22' --diagnostics json

Exit status: 0 all of it is admitted, 1 not, partly, undecided or errors in the input, 2 wrong usage, 70 a fault of
crenel itself.
)";

inline constexpr std::string_view kAfterTest = R"(
Each `test` of the files makes one instance of a pattern, compiles it for every provider of the test, and decides its
claims. With `fails` a test passes when that rule or code, and no other error, is found.

Examples:
  crenel test network.crenel
  crenel test policies/*.crenel --as-of 2027-01-31

Exit status: 0 all passed, 1 a test failed or errors in the input, 2 wrong usage, 70 a fault of crenel itself.
)";

inline constexpr std::string_view kAfterDiff = R"(
Who can open which conversation with whom, and use which service, in NEW and could not in OLD, and the reverse, by the
names that things were declared by; each change with a packet, its way where it passes and what stops it where it does not. Either side is a source,
a template, by whomever, or a certificate; a source is compiled and its templates are read back, for the providers that both
sides have. Of parameters only a source says what they can be; they have the same value on both sides. Claims, what is left
open, assumptions and quotas that changed follow, and addresses that moved.

Two certificates are compared by what they say between the same names. Where a site or a block outside has other
addresses than before, or some that only deployment knows, the rest is undecided. A certificate beside anything else
stands for its template, which must lie beside it.

What broadens is no fault where a waiver of the new source covers it: `waive RULE for flow A -> B : S`, both ends and all of
the traffic, and not past its end.

Examples:
  crenel diff old/shop.crenel:shop.prod shop.crenel:shop.prod
  crenel diff deployed.json shop.crenel:shop.prod
  crenel diff main/stack.crenel stack.crenel --format markdown > review.md
  crenel diff old/shop.aws.certificate.json shop.aws.certificate.json

Exit status: 0 nothing broadens, 1 something is undecided, or errors in the input, 2 wrong usage, 3 something broadens
beyond the waivers, or a guard is gone or tells less, 70 a fault of crenel itself.
)";

inline constexpr std::string_view kAfterExplain = R"(
Examples:
  crenel explain CRN0301
  crenel explain paper.two_zones    a rule of std/policies
  crenel explain              every code with its title
)";

inline constexpr std::string_view kAfterFormat = R"(
There is one layout: comments stay, rows of like statements stand in columns, and what was written in one line stays in
one line where it fits. Formatting changes no meaning, and formatting twice is formatting once. A file with a syntax
error stays as it is.

Examples:
  crenel fmt network.crenel
  crenel fmt --check *.crenel        for a pipeline: prints a diff, changes nothing

Exit status: 0 formatted, 1 errors in the input (with --check: or something to change), 2 wrong usage.
)";

inline constexpr std::string_view kAfterGraph = R"(
Boxes are networks and tiers; arrows are flows, dashed where they follow from a balancer or a trigger, dotted where they
are actions on data. SVG is laid out by Graphviz's `dot`, which must be there; the other formats are texts.
With --against, what changed since OLD is drawn over it: every change that `crenel diff` tells, in its colour and its word.

Examples:
  crenel graph network.crenel > network.svg
  crenel graph shop.crenel:shop.prod --against main/shop.crenel:shop.prod > change.svg
  crenel graph stack.crenel:shop.prod --format mermaid      for Markdown pages
)";

inline constexpr std::string_view kAfterHandbook = R"(
Writes a site that needs neither a server nor the network: a start page with search; for each target of the files a page
with its picture, parameters, flows and their reasons, what is proved, the policies and waivers in force, what stays open
on each provider, limits, the templates and how to use them. Pictures are laid out by Graphviz's `dot`.

Examples:
  crenel handbook handbook.crenel -o site && xdg-open site/index.html
)";

inline constexpr std::string_view kAfterInit = R"(
Writes a pattern, a stack that uses it, and what to do next. Writes over nothing.

Examples:
  crenel init network && cd network && crenel build *.crenel -o out
)";

inline constexpr std::string_view kAfterLsp = R"(
Speaks the Language Server Protocol: diagnostics while typing, completion, hover, definitions, symbols, formatting, and
the fixes of diagnostics as actions. Editors start it by themselves; examples/editors has settings for some of them.
)";

inline constexpr std::string_view kAfterCompletions = R"(
An installed crenel brings its completions along. Without an installation:
  source <(crenel completions bash)                                   in ~/.bashrc
  crenel completions zsh > "${fpath[1]}/_crenel"
  crenel completions fish > ~/.config/fish/completions/crenel.fish
)";

inline constexpr std::string_view kAfterManual = R"(
Examples:
  crenel manual > crenel.1 && man ./crenel.1
)";

}  // namespace crenel::cli
