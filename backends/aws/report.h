#pragma once

#include <string>
#include <vector>

#include "backends/aws/plan.h"
#include "backends/aws/template.h"
#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

/// What is to be said about a template, for its certificate and for people.
namespace crenel::aws {

/// What AWS lets nobody close, and what its rules leave wider than a flow.
[[nodiscard]] std::vector<backend::Residue> residue_of(const model::Design& design, const Plan& plan);
/// What the template takes as given because CloudFormation cannot check it.
[[nodiscard]] std::vector<std::string> assumptions_of(const model::Design& design, const Plan& plan,
                                                      const Template& made);
/// What was made, one line a kind of thing.
[[nodiscard]] std::vector<std::string> account_of(const model::Design& design, const Plan& plan, const Template& made);

/// "1 rule", "2 rules".
[[nodiscard]] std::string counted(std::size_t count, const std::string& one, std::string many = "");
[[nodiscard]] std::string path(const model::Origin& origin);

/// What services and data flows add to each.
void add_residue_of_data(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out);
void add_assumptions_of_data(const model::Design& design, const Plan& plan, std::vector<std::string>& out);
void add_residue_of_guards(const model::Design& design, std::vector<backend::Residue>& out);
void add_assumptions_of_guards(const model::Design& design, std::vector<std::string>& out);
void add_account_of_guards(const model::Design& design, std::vector<std::string>& out);
void add_account_of_data(const model::Design& design, const Plan& plan, std::vector<std::string>& out);

// ---- VPC Block Public Access
void add_residue_of_blocking(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out);
void add_account_of_blocking(const model::Design& design, const Plan& plan, std::vector<std::string>& out);
/// Of the account where the template is deployed, or of its environment where no account is named.
[[nodiscard]] std::vector<backend::Sole> soles_of(const model::Design& design, const Plan& plan);

}  // namespace crenel::aws
