#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Which calls of AWS's interfaces change what the lift reads of a template. What a guard tells of is made from this
/// table, and the lift holds templates against it.
///
/// Calls: the API references of the services and the Service Authorization Reference, access levels "Write" and
/// "Permissions management" (docs.aws.amazon.com/service-authorization/latest/reference/). Names as CloudTrail records
/// them: awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html; those of Lambda have the date of
/// their interface in them (lambda/latest/dg/logging-using-cloudtrail.html), some of S3 are not those of the interface
/// (AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html). Gathered 2026-11-26.
namespace crenel::aws {

inline constexpr std::string_view kEc2 = "ec2";  ///< the service that most of a network is made by

struct Change {
  std::string_view type;                 ///< of the resource whose properties the calls change
  std::vector<std::string_view> fields;  ///< the properties that the lift reads, which they change
  std::string_view service;              ///< the first word of its event source: "ec2"
  std::vector<std::string_view> calls;   ///< as CloudTrail names them
  std::string_view untold = {};          ///< why no rule of the template's Region is told; empty: one is
};

[[nodiscard]] const std::vector<Change>& changes();

/// What a guard listens to of one service.
struct WatchedService {
  std::string_view service;
  std::vector<std::string_view> calls;  ///< sorted, each once
};
/// Every call of the table of which a rule is told, by service, in the table's order.
[[nodiscard]] std::vector<WatchedService> watched_services();

/// The calls that change networks, as actions of IAM, whose names they share: "ec2:CreateRoute". Sorted, each once.
[[nodiscard]] std::vector<std::string> network_actions();

/// "ec2.amazonaws.com", as CloudTrail says where a call came to.
[[nodiscard]] std::string event_source(std::string_view service);
/// "aws.ec2", as EventBridge says whose event it is.
[[nodiscard]] std::string event_bus_source(std::string_view service);

/// The parts of the table.
[[nodiscard]] std::vector<Change> network_changes();
[[nodiscard]] std::vector<Change> host_changes();
[[nodiscard]] std::vector<Change> service_changes();
[[nodiscard]] std::vector<Change> identity_changes();

}  // namespace crenel::aws
