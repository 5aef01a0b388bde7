#include "compiler/base/text.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

std::string text_of(const Expansion& x, const EndpointRef& end, const syntax::EndpointTerm& written) {
  return std::visit(base::Overloaded{
                        [](const InternetEnd&) { return std::string("internet"); },
                        [](const AnyEnd&) { return std::string("any"); },
                        [](const InsideEnd&) { return std::string("inside"); },
                        [](const OutsideEnd&) { return std::string("outside"); },
                        [](const LabelEnd& label) { return label.label; },
                        [](const BlocksEnd& blocks) { return blocks.name; },
                        [&](const DeclaredEnd& end_of) {
                          if (const auto* every = std::get_if<syntax::EveryExpr>(&written.node)) {
                            return "every " + every->kind.text +
                                   (every->where == nullptr
                                        ? std::string()
                                        : " " + every->variable->text + " where " +
                                              std::string(x.world.sources.text(every->where->span)));
                          }
                          std::vector<std::string> names;
                          for (const auto id : end_of.ids) names.push_back(model::to_string(x.rows[id].declared.path));
                          // A list without members has no better name than the one it was given.
                          if (names.empty()) names.push_back(sema::text_of(std::get<syntax::Path>(written.node)));
                          return base::join(names, ", ");
                        },
                    },
                    end.node);
}

std::string text_of(const Expansion& x, const std::vector<EndpointRef>& ends,
                    const std::vector<syntax::EndpointTerm>& written) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < ends.size(); ++i) parts.push_back(text_of(x, ends[i], written[i]));
  return base::join(parts, ", ");
}

std::string text_of(const Expansion& x, const Side& side, const syntax::Endpoints& written) {
  std::string out = text_of(x, side.terms, written.terms);
  if (!side.except.empty()) out += " except " + text_of(x, side.except, written.except);
  return out;
}

std::string text_of(const std::vector<syntax::Action>& actions) {
  std::vector<std::string> parts;
  for (const auto& action : actions) {
    parts.push_back(std::visit(base::Overloaded{
                                   [](const syntax::Path& path) { return sema::text_of(path); },
                                   [](const syntax::ServiceLiteral& service) {
                                     return service.protocol + "/" + service.first +
                                            (service.last ? ".." + *service.last : "");
                                   },
                               },
                               action.node));
  }
  return base::join(parts, ", ");
}

std::string text_of(const Expansion& x, const std::vector<HopRef>& hops) {
  std::vector<std::string> parts;
  for (const auto& hop : hops) {
    parts.push_back(std::visit(base::Overloaded{
                                   [](const NatHop&) { return std::string("nat"); },
                                   [&](DeclaredId id) { return model::to_string(x.rows[id].declared.path); },
                               },
                               hop.node));
  }
  return base::join(parts, ", ");
}

}  // namespace

std::string normalised(const Expansion& x, const FlowLine& flow, const syntax::Flow& written) {
  std::string out =
      text_of(x, flow.from, written.from) + " -> " + text_of(x, flow.to, written.to) + " : " + text_of(written.actions);
  if (!flow.via.empty()) out += " via " + text_of(x, flow.via);
  return out;
}

std::string normalised(const Expansion& x, const ClaimLine& claim, const syntax::Claim& written) {
  std::string out = written.kind == syntax::ClaimKind::Never  ? "never "
                    : written.kind == syntax::ClaimKind::Only ? "only "
                                                              : "always ";
  out += text_of(x, claim.from, written.from) + (claim.transitive ? " ~> " : " -> ") + text_of(x, claim.to, written.to);
  if (!written.actions.empty()) out += " : " + text_of(written.actions);
  const std::string except = written.kind == syntax::ClaimKind::Never ? " except via " : " via ";
  if (!claim.via.empty()) out += except + text_of(x, claim.via);
  return out;
}

}  // namespace crenel::sema
