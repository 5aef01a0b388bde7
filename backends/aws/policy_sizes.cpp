#include "backends/aws/policy_sizes.h"

#include <array>
#include <map>
#include <string>

namespace crenel::aws {
namespace {

using base::Overloaded;

/// The ARN of a role with the longest name: arn:aws-us-gov:iam::123456789012:role/ and 64 characters.
constexpr std::size_t kLongestReference = 104;

/// Without blanks, which no limit counts.
std::size_t characters(const Value& value) {
  return std::visit(Overloaded{
                        [](const std::string& text) { return text.size() + 2; },
                        [](const Array& elements) {
                          std::size_t sum = 2;
                          for (const Value& element : elements) sum += characters(element) + 1;
                          return sum;
                        },
                        [](const Object& members) {
                          const bool function = members.size() == 1 && (members.front().first == "Ref" ||
                                                                        members.front().first.starts_with("Fn::"));
                          if (function) return kLongestReference;
                          std::size_t sum = 2;
                          for (const auto& [name, inner] : members) sum += name.size() + 4 + characters(inner);
                          return sum;
                        },
                        [](const auto&) { return std::size_t{5}; },
                    },
                    value.node());
}

std::size_t characters_of(const Resource& resource, std::string_view property) {
  const Value* document = resource.entry.body.find(property);
  return document == nullptr ? 0 : characters(*document);
}

struct Kept {
  std::string_view type;
  std::string_view property;
  Limit limit;
};

}  // namespace

void count_policies(const Template& made, QuotaBook& book) {
  const std::array<Kept, 4> kinds = {{{kBucketPolicy.name, "PolicyDocument", kBucketPolicyCharacters},
                                      {kManagedPolicy.name, "PolicyDocument", kManagedPolicyCharacters},
                                      {kVpcEndpoint.name, "PolicyDocument", kEndpointPolicyCharacters},
                                      {kKey.name, "KeyPolicy", kKeyPolicyCharacters}}};
  std::map<std::string, std::pair<std::size_t, base::Span>> of_roles;
  std::size_t roles = 0;
  for (const Resource& resource : made.resources) {
    if (resource.type.name == kRole.name) ++roles;
    for (const Kept& kind : kinds) {
      if (resource.type.name != kind.type) continue;
      book.use(kind.limit, resource.entry.id, characters_of(resource, kind.property), resource.entry.span);
    }
    if (resource.type.name != kRolePolicy.name) continue;
    const Value* role = resource.entry.body.find("RoleName");
    const Value* named = role == nullptr ? nullptr : role->find("Ref");
    const auto* id = named == nullptr ? nullptr : std::get_if<std::string>(&named->node());
    auto& sum = of_roles[id == nullptr ? resource.entry.id : *id];
    sum.first += characters_of(resource, "PolicyDocument");
    sum.second = resource.entry.span;
  }
  for (const auto& [role, sum] : of_roles) book.use(kRolePolicyCharacters, role, sum.first, sum.second);
  if (!of_roles.empty()) book.use(kRoles, "template", roles);
}

}  // namespace crenel::aws
