#include "compiler/base/text.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

std::string written_as(const Expansion& x, const EndpointRef& end, const syntax::EndpointTerm& written) {
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

std::string written_as(const Expansion& x, const std::vector<EndpointRef>& ends,
                       const std::vector<syntax::EndpointTerm>& written) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < ends.size(); ++i) parts.push_back(written_as(x, ends[i], written[i]));
  return base::join(parts, ", ");
}

std::string written_as(const Expansion& x, const Side& side, const syntax::Endpoints& written) {
  std::string out = written_as(x, side.terms, written.terms);
  if (!side.except.empty()) out += " except " + written_as(x, side.except, written.except);
  return out;
}

std::string written_as(const std::vector<syntax::Action>& actions) {
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

std::string written_as(const Expansion& x, const std::vector<HopRef>& hops) {
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
  std::string out = written_as(x, flow.from, written.from) + " -> " + written_as(x, flow.to, written.to) + " : " +
                    written_as(written.actions);
  if (!flow.via.empty()) out += " via " + written_as(x, flow.via);
  return out;
}

std::string normalised(const Expansion& x, const ClaimLine& claim, const syntax::Claim& written) {
  std::string out = written.kind == syntax::ClaimKind::Never  ? "never "
                    : written.kind == syntax::ClaimKind::Only ? "only "
                                                              : "always ";
  out += written_as(x, claim.from, written.from) + (claim.transitive ? " ~> " : " -> ") +
         written_as(x, claim.to, written.to);
  if (!written.actions.empty()) out += " : " + written_as(written.actions);
  const std::string except = written.kind == syntax::ClaimKind::Never ? " except via " : " via ";
  if (!claim.via.empty()) out += except + written_as(x, claim.via);
  return out;
}

}  // namespace crenel::sema
