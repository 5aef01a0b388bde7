#include "compiler/driver/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/outputs.h"
#include "compiler/diagnostics/catalogue/proof.h"

namespace crenel::driver {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The environment of a stack's target: `prod` of `shop.prod`. Other targets are in none.
std::string environment_of(const sema::Target& target) {
  const std::size_t dot = target.name.rfind('.');
  const bool in_one = target.origin == sema::Target::Origin::Stack && dot != std::string::npos;
  return in_one ? target.name.substr(dot + 1) : "";
}

/// Whether `wanted` names the target, for this provider: `shop.prod` or `shop.prod.aws`.
bool is_named(const sema::Target& target, std::string_view provider, const std::string& wanted) {
  return wanted == target.name || wanted == fmt::format("{}.{}", target.name, provider);
}

class Selection {
 public:
  Selection(const Request& request, diagnostics::Diagnostics& diagnostics)
      : request_(request), diagnostics_(diagnostics) {}

  /// Whether the target is built for this provider. Also notes what of the request it answers.
  bool chooses(const sema::Target& target, std::string_view provider) {
    const std::string environment = environment_of(target);
    bool named = request_.targets.empty();
    for (const auto& wanted : request_.targets) {
      if (!is_named(target, provider, wanted)) continue;
      named = true;
      answered_targets_.insert(wanted);
    }
    answered_environments_.insert(environment);
    if (!named || !(request_.environments.empty() || holds(request_.environments, environment))) return false;
    answered_providers_.insert(std::string(provider));
    return request_.providers.empty() || holds(request_.providers, provider);
  }

  void report_unanswered(const std::vector<sema::Target>& targets) {
    for (const auto& wanted : request_.targets) {
      if (!answered_targets_.contains(wanted)) report_unknown_target(wanted, targets);
    }
    for (const auto& wanted : request_.environments) {
      if (answered_environments_.contains(wanted)) continue;
      std::vector<std::string> known(answered_environments_.begin(), answered_environments_.end());
      std::erase(known, "");
      diagnostics_.report(diagnostics::kNoStackInEnvironment, {}, wanted).help = choices(wanted, known);
    }
    if (diagnostics_.has_errors()) return;
    for (const auto& wanted : request_.providers) {
      if (answered_providers_.contains(wanted)) continue;
      diagnostics_.report(diagnostics::kNothingForProvider, {}, wanted);
    }
  }

 private:
  void report_unknown_target(const std::string& wanted, const std::vector<sema::Target>& targets) {
    std::vector<std::string> known;
    for (const auto& target : targets) {
      if (!holds(known, target.name)) known.push_back(target.name);
    }
    diagnostics_.report(diagnostics::kUnknownTarget, {}, wanted).help = choices(wanted, known);
  }

  static std::string choices(const std::string& wanted, const std::vector<std::string>& known) {
    constexpr std::size_t kMost = 12;
    if (const auto near = base::nearest(wanted, known)) return fmt::format("did you mean `{}`?", *near);
    if (known.empty()) return "the files have none";
    if (known.size() > kMost) return fmt::format("there are {}; `--list-outputs` prints them", known.size());
    return fmt::format("there {} {}", known.size() == 1 ? "is" : "are", base::list_in_words(known, "and"));
  }

  const Request& request_;
  diagnostics::Diagnostics& diagnostics_;
  std::set<std::string> answered_targets_;
  std::set<std::string> answered_environments_;
  std::set<std::string> answered_providers_;
};

}  // namespace

std::vector<Job> select(const std::vector<sema::Target>& targets, const std::vector<backend::Backend>& backends,
                        const Request& request, diagnostics::Diagnostics& diagnostics) {
  // What is missing after an error may be missing because of it.
  const bool sound = !diagnostics.has_errors();
  Selection selection(request, diagnostics);
  std::vector<Job> jobs;
  for (const auto& target : targets) {
    Job job{.target = target, .backends = {}};
    for (const auto& backend : backends) {
      if (holds(target.providers, backend.name) && selection.chooses(target, backend.name)) {
        job.backends.push_back(&backend);
      }
    }
    if (job.backends.empty()) continue;
    job.target.providers.clear();
    for (const auto* backend : job.backends) job.target.providers.emplace_back(backend->name);
    jobs.push_back(std::move(job));
  }
  if (sound) selection.report_unanswered(targets);
  return jobs;
}

void report_several(const Request& request, const std::vector<Job>& jobs, diagnostics::Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const auto& job : jobs) names.push_back(job.target.name);
  const std::string& file = request.files.front();
  diagnostics.report(diagnostics::kChooseTarget, {}, file).help =
      fmt::format("name one, as in `{}:{}`: there are {}", file, names.front(), base::list_in_words(names, "and"));
}

}  // namespace crenel::driver
