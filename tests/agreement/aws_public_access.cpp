#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/aws_reading.h"

/// VPC Block Public Access. (VPC user guide, "Block public access to VPCs and subnets" and its advanced example.)
namespace crenel::agreement {

using namespace reading;

/// An exclusion is of one subnet, or of a VPC and so of every subnet in it.
void AwsInterpreter::read_public_access() {
  each(document_, "AWS::EC2::VPCBlockPublicAccessOptions", [&](const std::string& id, const json& p) {
    if (!block_mode_.empty()) throw std::invalid_argument(id + ": an account has one mode in a Region");
    block_mode_ = text(p.at("InternetGatewayBlockMode"));
    if (block_mode_ != "block-bidirectional" && block_mode_ != "block-ingress") {
      throw std::invalid_argument(id + ": no mode that a template may set");
    }
  });
  each(document_, "AWS::EC2::VPCBlockPublicAccessExclusion", [&](const std::string& id, const json& p) {
    if (p.contains("SubnetId") == p.contains("VpcId")) throw std::invalid_argument(id + ": of a subnet, or of a VPC");
    const std::string mode = text(p.at("InternetGatewayExclusionMode"));
    const std::string named = logical_id(text(p[p.contains("SubnetId") ? "SubnetId" : "VpcId"]));
    for (auto& [subnet, of] : subnets_) {
      if (subnet == named || (p.contains("VpcId") && of.vpc == named)) of.spared.insert(mode);
    }
  });
  for (const auto& [id, subnet] : subnets_) {
    if (subnet.spared.size() > 1) throw std::invalid_argument(id + ": which exclusion holds is not known");
  }
}

/// Scenario 2: all is blocked. 3: with `block-ingress` NAT and egress-only gateways go on, and nothing else does.
/// 4: an exclusion both ways opens all. 5: one that lets out opens nothing with `block-ingress`. 6: with
/// `block-bidirectional` it opens what goes by NAT and egress-only gateways.
bool AwsInterpreter::meets_internet(const Subnet& subnet, bool outward_only) const {
  if (block_mode_.empty() || subnet.spared.contains("allow-bidirectional")) return true;
  return outward_only && (block_mode_ == "block-ingress" || subnet.spared.contains("allow-egress"));
}

}  // namespace crenel::agreement
