#include <doctest/doctest.h>

#include "backends/azure/lower.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using tests::at;
using tests::built;
using tests::elements;
using tests::resource;
using tests::resources;
using tests::text_of;

namespace {

Value profile_of(const Value& made, const std::string& name) {
  return at(resource(made, kScaleSet, name), {"properties", "virtualMachineProfile"});
}

}  // namespace

TEST_CASE("nobody logs in by password, and disks are encrypted to the host") {
  const Value profile = profile_of(built(tests::public_network()), "WebScaleSet");
  CHECK(at(profile, {"osProfile", "linuxConfiguration", "disablePasswordAuthentication"}) == Value(true));
  CHECK(text_of(at(profile, {"osProfile", "linuxConfiguration", "ssh", "publicKeys", "0", "keyData"})) ==
        "[parameters('WebAdminPublicKey')]");
  CHECK(at(profile, {"osProfile", "adminPassword"}).is_null());
  CHECK(at(profile, {"securityProfile", "encryptionAtHost"}) == Value(true));
  CHECK(text_of(at(profile, {"securityProfile", "securityType"})) == "TrustedLaunch");
}

TEST_CASE("settings of a group are taken") {
  model::Design design = tests::public_network();
  auto& settings = design.groups.begin()->settings["azure"];
  settings["vm_size"] = std::string("Standard_E2ds_v5");
  settings["admin"] = std::string("keeper");
  settings["host_encryption"] = false;
  settings["trusted_launch"] = false;
  const Value made = built(design);
  CHECK(text_of(at(resource(made, kScaleSet, "WebScaleSet"), {"sku", "name"})) == "Standard_E2ds_v5");
  CHECK(text_of(at(profile_of(made, "WebScaleSet"), {"osProfile", "adminUsername"})) == "keeper");
  CHECK(at(profile_of(made, "WebScaleSet"), {"securityProfile"}).is_null());
}

TEST_CASE("an image is an id, a publisher's, one of the resource group, or late") {
  const auto image = [](model::Late<std::string> given) {
    model::Design design = tests::public_network();
    design.groups.begin()->image = std::move(given);
    return at(profile_of(built(design), "WebScaleSet"), {"storageProfile", "imageReference"});
  };
  CHECK(text_of(at(image(std::string("/subscriptions/s/resourceGroups/g/providers/x/images/i")), {"id"})) ==
        "/subscriptions/s/resourceGroups/g/providers/x/images/i");
  const Value marketplace = image(std::string("Canonical:ubuntu:server:latest"));
  CHECK(text_of(at(marketplace, {"publisher"})) == "Canonical");
  CHECK(text_of(at(marketplace, {"sku"})) == "server");
  CHECK(text_of(at(marketplace, {"version"})) == "latest");
  CHECK(text_of(at(image(std::string("golden")), {"id"})) == "[resourceId('Microsoft.Compute/images', 'golden')]");
  CHECK(text_of(at(profile_of(built(tests::public_network()), "WebScaleSet"),
                   {"storageProfile", "imageReference", "id"})) == "[parameters('Image')]");
}

TEST_CASE("boot text goes through unchanged, however it looks") {
  model::Design design = tests::public_network();
  design.groups.begin()->boot = "[[ -f /etc/x ]]\necho 'it''s'";
  const Value made = built(design);
  CHECK(text_of(at(made, {"variables", "WebBoot"})) == "[[ -f /etc/x ]]\necho 'it''s'");
  CHECK(text_of(at(profile_of(made, "WebScaleSet"), {"osProfile", "customData"})) == "[base64(variables('WebBoot'))]");
  design.groups.begin()->boot = "[parameters('Space')]";
  CHECK(text_of(at(built(design), {"variables", "WebBoot"})) == "[[parameters('Space')]");
}

TEST_CASE("a check becomes the machines' health, rolling changes and repairs; without one nothing is replaced") {
  const Value checked = resource(built(tests::public_network()), kScaleSet, "WebScaleSet");
  const Value health = at(checked, {"properties", "virtualMachineProfile", "extensionProfile", "extensions", "0",
                                    "properties", "settings"});
  CHECK(text_of(at(health, {"requestPath"})) == "/healthz");
  CHECK(tests::number_of(at(health, {"port"})) == 80);
  CHECK(text_of(at(checked, {"properties", "upgradePolicy", "mode"})) == "Rolling");
  CHECK(at(checked, {"properties", "automaticRepairsPolicy", "enabled"}) == Value(true));
  const Value unchecked = resource(built(tests::private_network()), kScaleSet, "AppScaleSet");
  CHECK(at(unchecked, {"properties", "automaticRepairsPolicy"}).is_null());
  CHECK(at(unchecked, {"properties", "virtualMachineProfile", "extensionProfile"}).is_null());
  CHECK(text_of(at(unchecked, {"properties", "upgradePolicy", "mode"})) == "Manual");
}

TEST_CASE("automatic scaling where a group scales, within its bounds") {
  const Value made = built(tests::public_network());
  const Value scaling = resource(made, kAutoscale, "WebAutoscale");
  const Value profile = at(scaling, {"properties", "profiles", "0"});
  CHECK(text_of(at(profile, {"capacity", "minimum"})) == "2");
  CHECK(text_of(at(profile, {"capacity", "maximum"})) == "10");
  CHECK(tests::number_of(at(profile, {"rules", "0", "metricTrigger", "threshold"})) == 80);
  CHECK(text_of(at(profile, {"rules", "1", "scaleAction", "direction"})) == "Decrease");
  CHECK(resources(built(tests::for_azure(tests::private_network_known())), kAutoscale).empty());
}

TEST_CASE("members are spread over the network's zones") {
  CHECK(elements(at(resource(built(tests::public_network()), kScaleSet, "WebScaleSet"), {"zones"})).size() == 2);
  const Value three = built(tests::for_azure(tests::three_tiers()));
  CHECK(elements(at(resource(three, kScaleSet, "AppScaleSet"), {"zones"})).size() == 3);
}
