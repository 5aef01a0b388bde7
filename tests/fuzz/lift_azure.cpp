#include "backends/azure/backend.h"
#include "tests/fuzz/lift.h"
#include "tests/fuzz/target.h"

namespace crenel::fuzz {
namespace {

void run(std::string_view input) {
  static const backend::Backend backend = azure::backend();
  lift(backend, input);
}

bool is_seed(std::string_view path) { return path.ends_with(".azure.json") || path.ends_with(".azure.yaml"); }

}  // namespace

const Target& target() {
  static const Target all = {.name = "lift_azure",
                             .run = run,
                             .is_seed = is_seed,
                             .words = {"[parameters('a')]",
                                       "[variables('a')]",
                                       "[resourceId('Microsoft.Network/virtualNetworks', 'x')]",
                                       "[concat('a', 'b')]",
                                       "[",
                                       "[[x]",
                                       "[if(true(), 1, 2)]",
                                       "[format('{0}', 1)]",
                                       "[cidrSubnet('10.0.0.0/16', 24, 3)]",
                                       "[reference('x').id]",
                                       "[copyIndex()]",
                                       "copy",
                                       "condition",
                                       "[((((((((",
                                       "[createArray(1,2)]",
                                       "[parameters('a').b[0].c]",
                                       "resources",
                                       "parameters",
                                       "variables",
                                       "properties",
                                       "type",
                                       "name",
                                       "apiVersion",
                                       "dependsOn",
                                       "securityRules",
                                       "subnets",
                                       "addressPrefixes",
                                       "addressPrefix",
                                       "networkSecurityGroup",
                                       "routeTable",
                                       "natGateway",
                                       "id",
                                       "priority",
                                       "access",
                                       "direction",
                                       "protocol",
                                       "sourceAddressPrefix",
                                       "destinationAddressPrefix",
                                       "sourcePortRange",
                                       "destinationPortRange",
                                       "destinationPortRanges",
                                       "sourceApplicationSecurityGroups",
                                       "Allow",
                                       "Deny",
                                       "Inbound",
                                       "Outbound",
                                       "Tcp",
                                       "Udp",
                                       "Icmp",
                                       "*",
                                       "VirtualNetwork",
                                       "Internet",
                                       "AzureLoadBalancer",
                                       "Storage",
                                       "0-65535",
                                       "443",
                                       "65536",
                                       "8-1",
                                       "10.0.0.0/8",
                                       "10.0.0.1/8",
                                       "0.0.0.0/0",
                                       "::/0",
                                       "4096",
                                       "100",
                                       "65500",
                                       "Microsoft.Network/networkSecurityGroups",
                                       "Microsoft.Network/networkInterfaces",
                                       "Microsoft.Compute/virtualMachines",
                                       "Microsoft.Resources/deployments",
                                       "existing",
                                       "defaultOutboundAccess",
                                       "nextHopType",
                                       "None",
                                       "VirtualAppliance",
                                       "VnetLocal",
                                       "true",
                                       "false"},
                             .documents = true};
  return all;
}

}  // namespace crenel::fuzz
