#include "compiler/driver/handbook_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

#include "compiler/driver/html.h"
#include "compiler/driver/picture.h"
#include "compiler/driver/version.h"
#include "compiler/model/existing.h"

namespace crenel::driver {
namespace {

std::string document(const std::string& title, const std::string& header, const std::string& body) {
  return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<header>{}<button type="button" class="theme">Dark or light</button></header>
<main>
{}</main>
<footer class="faint">Made by crenel {}.</footer>
<script src="script.js"></script>
</body>
</html>
)",
                     html_text(title), header, body, version());
}

std::string shown_title(const HandbookPage& page) {
  const auto title = title_of(page.design.doc);
  return title.empty() ? page.name : std::string(title);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// What the search looks in.
std::string search_text(const HandbookPage& page) {
  std::string out = page.name + " " + page.design.doc;
  for (const auto& statement : page.design.statements) out += " " + statement.text + " " + statement.because;
  for (const auto& parameter : page.parameters) out += " " + parameter.name + " " + parameter.doc;
  for (const auto& one : page.templates) out += " " + one.provider + " " + one.provider_title;
  std::replace(out.begin(), out.end(), '\n', ' ');
  return lower(std::move(out));
}

std::string section(std::string_view id, std::string_view title, const std::string& body) {
  return body.empty() ? ""
                      : fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n{2}</section>\n", id,
                                    title, body);
}

std::string picture_section(const HandbookPage& page) {
  const std::size_t start = std::max<std::size_t>(page.picture.find("<svg"), 0);
  if (start == std::string::npos) return "";
  return section(
      "picture", "Picture",
      fmt::format("<p class=\"chosen-text faint\" aria-live=\"polite\"></p>\n<div class=\"picture\">\n{}</div>\n",
                  page.picture.substr(start)));
}

std::string parameters_section(const HandbookPage& page) {
  if (page.parameters.empty()) return "";
  std::string rows;
  for (const auto& one : page.parameters) {
    rows +=
        fmt::format("<tr><th scope=\"row\"><code>{}</code></th><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
                    html_text(one.name), html_text(one.type),
                    one.default_value.empty() ? "must be given" : "<code>" + html_text(one.default_value) + "</code>",
                    markdown_to_html(one.doc));
  }
  return section("parameters", "Parameters",
                 "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Type and "
                 "bounds</th><th scope=\"col\">Default</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n" +
                     rows + "</tbody></table></div>\n");
}

/// A flow of either kind, as the tables show it.
struct Row {
  std::string from, from_id, to, to_id, what, because, text;
  bool implied = false;
};

std::vector<Row> rows_of(const model::Design& design) {
  const Picture picture = picture_of(design);
  std::map<std::string, std::string> ids;
  const auto remember = [&](const PictureNode& node) { ids.emplace(node.name, node.id); };
  for (const auto& node : picture.around) remember(node);
  for (const auto& box : picture.boxes) {
    for (const auto& tier : box.boxes) std::for_each(tier.nodes.begin(), tier.nodes.end(), remember);
  }
  std::vector<Row> rows;
  const auto add = [&](const model::Endpoint& from, const model::Endpoint& to, std::string what,
                       model::StatementId id) {
    const auto& statement = design.statements[id];
    Row row{.from = model::name_of(design, from),
            .from_id = {},
            .to = model::name_of(design, to),
            .to_id = {},
            .what = std::move(what),
            .because = statement.because,
            .text = statement.text,
            .implied = statement.implied};
    row.from_id = ids[row.from];
    row.to_id = ids[row.to];
    rows.push_back(std::move(row));
  };
  for (const auto& flow : design.flows) add(flow.from, flow.to, net::to_string(flow.traffic), flow.statement);
  for (const auto& flow : design.data_flows) add(flow.from, flow.to, model::to_string(flow.actions), flow.statement);
  return rows;
}

std::string matrix(const std::vector<Row>& rows) {
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> cells;
  const auto note = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (const auto& row : rows) {
    note(from, row.from);
    note(to, row.to);
    cells[{row.from, row.to}].insert(row.what);
  }
  std::string out =
      "<div class=\"scroll\"><table class=\"matrix\">\n<caption>Who opens conversations with whom, and who uses which "
      "service. An empty "
      "place is closed.</caption>\n<thead><tr><td></td>";
  for (const auto& name : to) out += fmt::format("<th scope=\"col\">to {}</th>", html_text(name));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& source : from) {
    out += fmt::format("<tr><th scope=\"row\">from {}</th>", html_text(source));
    for (const auto& target : to) {
      const auto cell = cells.find({source, target});
      out += cell == cells.end()
                 ? "<td></td>"
                 : fmt::format("<td>{}</td>", html_text(fmt::format("{}", fmt::join(cell->second, "; "))));
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string flows_section(const HandbookPage& page) {
  const auto rows = rows_of(page.design);
  if (rows.empty()) return section("flows", "Flows", "<p>Nothing is open.</p>\n");
  std::string out = matrix(rows) +
                    "<h3>Why</h3>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Flow</th><th "
                    "scope=\"col\">Admits</th><th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    out += fmt::format(
        "<tr data-from=\"{}\" data-to=\"{}\"><td>{} → {}</td><td>{}</td><td>{}<br><code "
        "class=\"faint\">{}</code></td></tr>\n",
        row.from_id, row.to_id, html_text(row.from), html_text(row.to), html_text(row.what),
        row.because.empty() ? (row.implied ? "follows from what is declared" : "no reason is given")
                            : html_text(row.because),
        html_text(row.text));
  }
  return section("flows", "Flows", out + "</tbody></table></div>\n");
}

std::string claims_section(const HandbookPage& page) {
  std::string rows;
  for (const auto& verdict : page.report.claims) {
    const auto& claim = page.design.claims.at(verdict.claim);
    std::string assuming;
    for (const auto& each : model::assumptions_of(page.design, claim)) {
      assuming += "<br><span class=\"faint\">assuming: " + markdown_line(each) + "</span>";
    }
    rows += fmt::format("<tr><td><code>{}</code></td><td class=\"{}\">{}{}</td></tr>\n", html_text(claim.text),
                        word(verdict.verdict), word(verdict.verdict), assuming);
  }
  if (rows.empty()) return "";
  return section("claims", "What is proved",
                 "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Claim</th><th "
                 "scope=\"col\">Verdict</th></tr></thead>\n<tbody>\n" +
                     rows + "</tbody></table></div>\n");
}

/// Every rule in force, those that decide something first. A page in which none is says so: it is what a reader asks.
std::string policies_section(const HandbookPage& page) {
  if (page.rules.empty())
    return section("policies", "Policies", "<p>No policy applies here; an environment or a handbook names them.</p>\n");
  std::string decided;
  std::string others;
  std::size_t idle = 0;
  for (const auto& one : page.rules) {
    const bool applies = one.verdict != verify::word(verify::RuleVerdict::NotApplicable);
    std::string controls;
    for (const auto& control : one.rule.controls) controls += (controls.empty() ? "" : ", ") + control;
    std::string& rows = applies ? decided : others;
    idle += applies ? 0 : 1;
    rows += fmt::format(
        "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"{}\">{}</td><td>{}</td><td>{}</td></tr>\n",
        html_text(one.rule.name), model::to_string(one.rule.severity), one.verdict, one.verdict,
        html_text(one.rule.because), html_text(controls));
  }
  const auto table = [](const std::string& rows) {
    return "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Severity</th><th "
           "scope=\"col\">Verdict</th><th scope=\"col\">Reason</th><th "
           "scope=\"col\">Controls</th></tr></thead>\n<tbody>\n" +
           rows + "</tbody></table></div>\n";
  };
  std::string out = decided.empty() ? "" : table(decided);
  if (idle != 0)
    out += fmt::format("<details><summary>{} rule{} about what is not here</summary>{}</details>\n", idle,
                       idle == 1 ? "" : "s", table(others));
  return section("policies", "Policies", out);
}

std::string waivers_section(const HandbookPage& page) {
  std::string rows;
  for (const auto& one : page.waivers) {
    rows += fmt::format(
        "<tr><th scope=\"row\"><code>{}</code></th><td><code>{}</code></td><td>{}</td><td>{}, "
        "{}</td><td>{}</td><td>{}</td>"
        "</tr>\n",
        html_text(one.waiver.rule), html_text(one.covers), html_text(one.waiver.because), html_text(one.waiver.owner),
        html_text(one.waiver.ticket), model::to_string(one.waiver.until), one.used ? "in use" : "not needed here");
  }
  if (rows.empty()) return "";
  return section("waivers", "Waivers in force",
                 "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">For</th><th "
                 "scope=\"col\">Reason</th><th scope=\"col\">Owner, ticket</th><th scope=\"col\">Until</th><th "
                 "scope=\"col\"></th></tr></thead>\n<tbody>\n" +
                     rows + "</tbody></table></div>\n");
}

std::string listed(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) out += fmt::format("<li>{}</li>\n", markdown_line(item));
  return out.empty() ? "" : "<ul>\n" + out + "</ul>\n";
}

std::string residue_section(const HandbookPage& page) {
  std::string out;
  for (const auto& one : page.templates) {
    std::vector<std::string> items;
    items.reserve(one.artifact.residue.size());
    for (const auto& residue : one.artifact.residue) items.push_back(residue.subject + ": " + residue.text);
    out += fmt::format("<h3>{}</h3>\n{}", html_text(one.provider_title),
                       items.empty() ? "<p>Nothing.</p>\n" : listed(items));
    if (!one.artifact.assumptions.empty())
      out += "<p class=\"faint\">Taken for granted:</p>\n" + listed(one.artifact.assumptions);
  }
  if (!page.design.assumptions.empty()) {
    out += "<p class=\"faint\">Taken for granted on both:</p>\n" + listed(page.design.assumptions);
  }
  return section("residue", "What stays open", out);
}

std::string quotas_section(const HandbookPage& page) {
  std::string rows;
  for (const auto& one : page.templates) {
    for (const auto& use : one.artifact.quotas) {
      rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{} of {}{}</td></tr>\n",
                          html_text(one.provider_title), html_text(use.subject), html_text(use.quota), use.used,
                          use.limit, use.adjustable ? " (can be raised)" : "");
    }
  }
  if (rows.empty()) return "";
  return section(
      "quotas", "Limits",
      "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Provider</th><th scope=\"col\">Of</th><th "
      "scope=\"col\">Limit</th><th scope=\"col\">Used</th></tr></thead>\n<tbody>\n" +
          rows + "</tbody></table></div>\n");
}

std::string templates_section(const HandbookPage& page) {
  std::string out;
  for (const auto& one : page.templates) {
    out += fmt::format(
        "<h3>{}</h3>\n<p><a href=\"{}\" download>Template</a> ({} resources), <a href=\"{}\" "
        "download>certificate</a></p>\n"
        "<details><summary>Look at the template</summary><pre tabindex=\"0\"><code>{}</code></pre></details>\n",
        html_text(one.provider_title), html_text(one.template_file), one.artifact.resources,
        html_text(one.certificate_file), html_text(one.artifact.text));
  }
  return section("templates", "Templates", out);
}

/// The stack that uses the pattern, as somebody would write it.
std::string use_text(const HandbookPage& page, std::string_view provider) {
  const std::string import = page.module.starts_with("std/") ? page.module : fmt::format("\"{}\"", page.module);
  std::string out = fmt::format(
      "import {} {{ {} }}\n\nenvironment prod {{ stage = prod }}\n\nstack mine on {} in prod {{\n"
      "  region = {}\n\n  use {}(\n",
      import, page.name, provider, provider == "aws" ? "eu_west_1" : "westeurope", page.name);
  for (const auto& one : page.parameters) {
    if (one.default_value.empty())
      out += fmt::format("    // {0}: …,  ({1}; left out, it is a parameter of the template)\n", one.name, one.type);
    else
      out += fmt::format("    {}: {},\n", one.name, one.default_value);
  }
  return out + "  ) as it\n}\n";
}

std::string use_section(const HandbookPage& page) {
  if (page.module.empty() || page.templates.empty()) return "";
  return section(
      "use", "How to use it",
      fmt::format("<p>Deploy a template as it is, or build on the pattern in a stack of your own:</p>\n<pre "
                  "tabindex=\"0\"><code>{}</code></pre>\n<pre><code>crenel build mine.crenel -o out</code></pre>\n",
                  html_text(use_text(page, page.templates.front().provider))));
}

}  // namespace

std::string start_page(const HandbookTitle& title, const std::vector<HandbookPage>& pages) {
  std::string about;
  if (!title.version.empty()) about += "Version " + html_text(title.version) + ". ";
  if (!title.owner.empty()) about += "Owner: " + html_text(title.owner) + ".";
  std::string body = fmt::format("<h1>{}</h1>\n", html_text(title.title));
  if (!about.empty()) body += "<p class=\"faint\">" + about + "</p>\n";
  body += markdown_to_html(title.doc);
  body +=
      "<p class=\"search\"><label>Search <input type=\"search\" placeholder=\"a service, a reason, a "
      "word\"></label></p>\n"
      "<p class=\"found faint\" aria-live=\"polite\"></p>\n<ul class=\"cards\">\n";
  for (const auto& page : pages) {
    std::string providers;
    for (const auto& one : page.templates) providers += (providers.empty() ? "" : ", ") + one.provider_title;
    body +=
        fmt::format("<li data-text=\"{}\"><h2><a href=\"{}.html\">{}</a></h2><p>{}</p><p class=\"faint\">{}</p></li>\n",
                    html_text(search_text(page)), html_text(page.name), html_text(shown_title(page)),
                    html_text(first_paragraph(page.design.doc)), html_text(providers));
  }
  return document(title.title, "<strong>" + html_text(title.title) + "</strong>", body + "</ul>\n");
}

std::string pattern_page(const HandbookTitle& title, const HandbookPage& page) {
  const std::string body = fmt::format("<h1>{}</h1>\n<p class=\"faint\"><code>{}</code></p>\n",
                                       html_text(shown_title(page)), html_text(page.name)) +
                           markdown_to_html(page.design.doc) + picture_section(page) + parameters_section(page) +
                           flows_section(page) + claims_section(page) + policies_section(page) + waivers_section(page) +
                           residue_section(page) + quotas_section(page) + templates_section(page) + use_section(page);
  return document(shown_title(page) + " · " + title.title,
                  fmt::format("<a href=\"index.html\">{}</a>", html_text(title.title)), body);
}

}  // namespace crenel::driver
