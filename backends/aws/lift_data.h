#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_requests.h"
#include "backends/aws/lift_reverts.h"

/// The steps that read the data half of a template: services, identities, private paths, and what they come to.
namespace crenel::aws::reading {

/// Stands for something that the template names and does not make, as a resource would.
struct Elsewhere {
  Resource resource;
  Item item;
};

/// A resource that is a service, or a part of one: a queue's dead letters, a vault's secret.
struct Holder {
  const Item* item = nullptr;
  estate::ServiceId service;
  std::vector<PolicyStatement> policy;  ///< of the resource itself
  const Item* key = nullptr;            ///< the key that encrypts it, of those that are known
  const Value* key_value = nullptr;     ///< as the resource names its key
  std::string arn;                      ///< of what is made elsewhere; empty: the template makes it
};

/// Somebody of the template who acts, and his policies.
struct Actor {
  const Item* item = nullptr;  ///< a role, a user, a group of users
  estate::IdentityId identity;
  std::vector<PolicyStatement> policies;
  std::vector<estate::Who> others;    ///< who else may act as it
  std::vector<std::string> services;  ///< of AWS that may act as it: "ec2.amazonaws.com"
  std::string doubt;                  ///< why there may be more, or less, than the statements say
};

struct Path {
  const Item* endpoint = nullptr;
  estate::PathId id;
  std::string word;   ///< of the service: "s3"; empty: not known
  bool whole = true;  ///< it has no policy: everything may be asked for
  std::vector<PolicyStatement> policy;
};

struct DataReading {
  std::vector<Holder> holders;
  std::vector<Actor> actors;
  std::vector<Path> paths;
  std::deque<Elsewhere> elsewhere;
  std::vector<Revert> reverts;

  [[nodiscard]] const Holder* holder(const Item* item) const;
  /// The resource that a service is, before what belongs to it.
  [[nodiscard]] const Holder* first(estate::ServiceId service) const;
  /// The template makes what has the ARN.
  [[nodiscard]] bool is_made(const Judge& judge, const std::string& arn) const;
};

void read_data_services(Reading& reading, DataReading& data);
void read_resource_policies(Reading& reading, DataReading& data);
void read_identities(Reading& reading, DataReading& data);
/// Tells what lets somebody come to more than his policies say; of who is `handed_out` to programs, what lets them
/// change the network or run code of theirs elsewhere, too: but for what functions that undo changes are let change.
void check_escalation(Reading& reading, const Actor& actor, bool handed_out, const std::vector<Revert>& reverts);
/// What the template names by ARN or parameter and does not make: things that its identities may use, keys. Before the
/// private paths, after the identities.
void read_elsewhere(Reading& reading, DataReading& data);
void read_private_paths(Reading& reading, DataReading& data);
/// Events that start functions.
void read_triggers(Reading& reading, const DataReading& data);
void read_accesses(Reading& reading, DataReading& data);
/// What records the packets of networks. After the accesses, of which it takes those away by which the provider writes
/// the records down.
void read_flow_logs(Reading& reading, const DataReading& data);
/// What tells of changes. After the accesses, of which it takes EventBridge's own away: the guard publishes there.
void read_guards(Reading& reading, const DataReading& data);
/// Whether a rule listens to calls that CloudTrail records, of which every one is named and changes something.
[[nodiscard]] bool listens_to_changes(const Item& rule);
/// What the resource policies leave open to requests without TLS.
void check_tls(Reading& reading, const DataReading& data);

[[nodiscard]] std::string arn_of(const Judge& judge, const Holder& holder);
/// The ARN of what an action is about: the holder's, or that of what lies in it.
[[nodiscard]] std::string resource_text(const Judge& judge, const Holder& holder, bool on_parts);

}  // namespace crenel::aws::reading
