#pragma once

#include <array>
#include <optional>
#include <string_view>

/// The public regions of Azure and whether they have availability zones (three each).
/// Source: learn.microsoft.com, "List of Azure regions", checked 2026-11-23.
namespace crenel::azure {

struct Region {
  std::string_view name;
  bool zones;
};

inline constexpr std::array kRegions = {Region{"australiacentral", false},
                                        Region{"australiaeast", true},
                                        Region{"australiasoutheast", false},
                                        Region{"austriaeast", true},
                                        Region{"belgiumcentral", true},
                                        Region{"brazilsouth", true},
                                        Region{"brazilsoutheast", false},
                                        Region{"canadacentral", true},
                                        Region{"canadaeast", false},
                                        Region{"centralindia", true},
                                        Region{"centralus", true},
                                        Region{"chilecentral", true},
                                        Region{"denmarkeast", true},
                                        Region{"eastasia", true},
                                        Region{"eastus", true},
                                        Region{"eastus2", true},
                                        Region{"francecentral", true},
                                        Region{"francesouth", false},
                                        Region{"germanynorth", false},
                                        Region{"germanywestcentral", true},
                                        Region{"indonesiacentral", true},
                                        Region{"israelcentral", true},
                                        Region{"italynorth", true},
                                        Region{"japaneast", true},
                                        Region{"japanwest", true},
                                        Region{"koreacentral", true},
                                        Region{"koreasouth", false},
                                        Region{"malaysiawest", true},
                                        Region{"mexicocentral", true},
                                        Region{"newzealandnorth", true},
                                        Region{"northcentralus", false},
                                        Region{"northeurope", true},
                                        Region{"norwayeast", true},
                                        Region{"norwaywest", false},
                                        Region{"polandcentral", true},
                                        Region{"qatarcentral", true},
                                        Region{"southafricanorth", true},
                                        Region{"southafricawest", false},
                                        Region{"southcentralus", true},
                                        Region{"southeastasia", true},
                                        Region{"southindia", false},
                                        Region{"spaincentral", true},
                                        Region{"swedencentral", true},
                                        Region{"switzerlandnorth", true},
                                        Region{"switzerlandwest", false},
                                        Region{"uaecentral", false},
                                        Region{"uaenorth", true},
                                        Region{"uksouth", true},
                                        Region{"ukwest", false},
                                        Region{"westcentralus", false},
                                        Region{"westeurope", true},
                                        Region{"westindia", false},
                                        Region{"westus", false},
                                        Region{"westus2", true},
                                        Region{"westus3", true}};

/// Zones of a region that has any.
inline constexpr int kZonesOfRegion = 3;

}  // namespace crenel::azure
