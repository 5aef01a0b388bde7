"""The workflow that undoes changes, tried without a cloud: as a template of the goldens carries it, on a network that is
played here and starts as that template has it. Functions of its expressions are those of the "Reference guide to
functions in expressions for workflows in Azure Logic Apps"."""
import copy
import json
import pathlib
import re
import unittest

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "guarded_on_azure" / "expected" / "guarded.azure.json"
RESOURCES = json.loads(GOLDEN.read_text())["resources"]
[WORKFLOW] = [each for each in RESOURCES if each["type"] == "Microsoft.Logic/workflows"]
ACTIONS = WORKFLOW["properties"]["definition"]["actions"]
WORD = re.compile(r"\s*(?:('(?:[^']|'')*')|(\?\[|[A-Za-z]+|[()\[\],]))")


def deployed(node):
    """What a deployment makes of values: an expression is its own text, for ids and blocks are only compared here."""
    if isinstance(node, dict):
        return {name: deployed(each) for name, each in node.items()}
    if isinstance(node, list):
        return [deployed(each) for each in node]
    if isinstance(node, str) and node.startswith("[resourceId("):
        kind, *names = re.findall(r"'([^']*)'", node)
        return "/" + "/".join([kind, *names])
    return node


WANTED = deployed(WORKFLOW["properties"]["parameters"]["wanted"]["value"])


def unique(items):
    return [each for at, each in enumerate(items) if each not in items[:at]]


def string(value):
    if isinstance(value, bool):
        return "True" if value else "False"
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def set_property(whole, name, value):
    return {**whole, name: value}


class Expression:
    """A call of functions, with members of what they give: `body('Get')?['properties']`."""

    def __init__(self, text, functions):
        self.words = [first or second for first, second in WORD.findall(text)]
        self.functions = functions

    def take(self, word=None):
        head = self.words.pop(0)
        assert word in (None, head), (word, head)
        return head

    def value(self):
        head = self.take()
        if head.startswith("'"):
            return head[1:-1].replace("''", "'")
        if head in ("true", "false"):
            return head == "true"
        self.take("(")
        arguments = []
        while self.words[0] != ")":
            arguments.append(self.value())
            if self.words[0] == ",":
                self.take()
        self.take(")")
        out = self.functions[head](*arguments)
        while self.words and self.words[0] == "?[":
            self.take()
            name = self.value()
            out = None if out is None else out.get(name)
            self.take("]")
        return out


class Cloud:
    """Resource Manager, as far as the workflow asks it."""

    def __init__(self):
        self.live = {row["id"]: {"id": row["id"], "etag": "1", "tags": {"owner": "x"}, "properties": self.shown(row)}
                     for row in copy.deepcopy(WANTED)}
        self.written = []

    @staticmethod
    def shown(row):
        """As Azure gives it back: with what it adds by itself."""
        out = row["properties"]
        for rule in out.get("securityRules", []):
            rule["etag"] = "1"
            said = rule["properties"]
            said["provisioningState"] = "Succeeded"
            for name in ("sourceAddressPrefixes", "destinationAddressPrefixes", "sourcePortRanges"):
                said.setdefault(name, [])
        if "addressPrefix" in out:
            out.setdefault("privateEndpointNetworkPolicies", "Disabled")
            out.setdefault("delegations", [])
        return {**out, "provisioningState": "Succeeded", "resourceGuid": "0"}

    def ask(self, method, uri, body=None):
        place = re.fullmatch(r"https://management\.azure\.com(/.*)\?api-version=2025-05-01", uri).group(1)
        if method == "PUT":
            self.written.append(place)
            self.live[place] = {**body, "properties": self.shown(copy.deepcopy(body))}
        return copy.deepcopy(self.live[place])


class Run:
    def __init__(self, cloud):
        self.cloud = cloud
        self.bodies = {}
        self.each = None
        self.item = None
        [(_, loop)] = ACTIONS.items()
        for self.each in self.evaluate(loop["foreach"]):
            self.steps(loop["actions"])

    def evaluate(self, node):
        if isinstance(node, dict):
            return {name: self.evaluate(each) for name, each in node.items()}
        if not (isinstance(node, str) and node.startswith("@")):
            return node
        functions = {
            "body": lambda name: self.bodies[name],
            "coalesce": lambda *all: next((each for each in all if each is not None), None),
            "concat": lambda *all: "".join(all),
            "createArray": lambda *all: list(all),
            "intersection": lambda one, other: [each for each in unique(one) if each in other],
            "item": lambda: self.item,
            "items": lambda name: self.each,
            "json": json.loads,
            "length": len,
            "parameters": lambda name: {"wanted": WANTED}[name],
            "setProperty": set_property,
            "string": string,
            "toLower": str.lower,
            "union": lambda *all: unique([each for some in all for each in some]),
        }
        return Expression(node[1:], functions).value()

    def holds(self, node):
        [(name, inner)] = node.items()
        if name == "not":
            return not self.holds(inner)
        if name == "and":
            return all(self.holds(each) for each in inner)
        one, other = inner
        assert name == "equals"
        return self.evaluate(one) == self.evaluate(other)

    def steps(self, actions):
        done = set()
        while len(done) < len(actions):
            [name, *_] = [each for each, step in actions.items() if each not in done and set(step["runAfter"]) <= done]
            self.step(name, actions[name])
            done.add(name)

    def step(self, name, step):
        if step["type"] == "If":
            if self.holds(step["expression"]):
                self.steps(step["actions"])
        elif step["type"] == "Select":
            out = []
            for self.item in self.evaluate(step["inputs"]["from"]):
                out.append(self.evaluate(step["inputs"]["select"]))
            self.bodies[name] = out
        else:
            self.assert_who(step["inputs"]["authentication"])
            given = self.evaluate({key: step["inputs"][key] for key in ("method", "uri", "body") if key in step["inputs"]})
            self.bodies[name] = self.cloud.ask(**given)

    @staticmethod
    def assert_who(authentication):
        assert authentication == {"type": "ManagedServiceIdentity", "audience": "https://management.azure.com/"}


def group(cloud):
    return cloud.live["/Microsoft.Network/networkSecurityGroups/WatchersNsg"]["properties"]


def table(cloud):
    return cloud.live["/Microsoft.Network/routeTables/LabBenchRoutes"]["properties"]


def subnet(cloud):
    return cloud.live["/Microsoft.Network/virtualNetworks/subnets/MainNetwork/Watch"]["properties"]


class PutBack(unittest.TestCase):
    def undone(self, change):
        cloud = Cloud()
        change(cloud)
        Run(cloud)
        self.assertEqual(len(cloud.written), 1, "one thing was changed")
        self.assertEqual({name: each["properties"] for name, each in cloud.live.items()},
                         {name: each["properties"] for name, each in Cloud().live.items()})
        self.assertTrue(all(each["tags"] == {"owner": "x"} for each in cloud.live.values()))
        Run(cloud)
        self.assertEqual(len(cloud.written), 1, "what is as it should be is not written again")

    def left(self, change):
        cloud = Cloud()
        change(cloud)
        Run(cloud)
        self.assertEqual(cloud.written, [])

    def test_what_is_as_deployed_is_left(self):
        self.left(lambda cloud: None)

    def test_order_and_case_are_no_change(self):
        self.left(lambda cloud: group(cloud)["securityRules"].reverse())
        self.left(lambda cloud: group(cloud)["securityRules"][1]["properties"].update(protocol="TCP"))
        self.left(lambda cloud: subnet(cloud)["networkSecurityGroup"].update(
            id=subnet(cloud)["networkSecurityGroup"]["id"].upper()))

    def test_every_part_of_a_rule(self):
        others = {"priority": 101, "direction": "Inbound", "access": "Deny", "protocol": "*", "description": "other",
                  "sourceAddressPrefix": "*", "sourceAddressPrefixes": ["10.0.0.0/8"],
                  "sourceApplicationSecurityGroups": [], "sourcePortRange": "1", "sourcePortRanges": ["1-2"],
                  "destinationAddressPrefix": "Internet", "destinationAddressPrefixes": ["10.0.0.0/8"],
                  "destinationApplicationSecurityGroups": [], "destinationPortRange": "*",
                  "destinationPortRanges": ["1-2"]}
        for name, other in others.items():
            with self.subTest(name):
                self.undone(lambda cloud: group(cloud)["securityRules"][1]["properties"].update({name: other}))

    def test_rules_that_come_and_go(self):
        open_door = {"name": "Open", "properties": {"priority": 100, "direction": "Inbound", "access": "Allow"}}
        self.undone(lambda cloud: group(cloud)["securityRules"].append(open_door))
        self.undone(lambda cloud: group(cloud)["securityRules"].pop(1))
        self.undone(lambda cloud: group(cloud)["securityRules"].clear())
        self.undone(lambda cloud: group(cloud)["securityRules"][1].update(name="Other"))

        def exchanged(cloud):
            group(cloud)["securityRules"].pop(1)
            group(cloud)["securityRules"].append(open_door)

        self.undone(exchanged)

    def test_routes(self):
        self.undone(lambda cloud: table(cloud)["routes"].pop())
        self.undone(lambda cloud: table(cloud).update(disableBgpRoutePropagation=False))
        for name, other in {"addressPrefix": "10.0.0.0/8", "nextHopType": "Internet", "nextHopIpAddress": "1.1.1.1"}.items():
            with self.subTest(name):
                self.undone(lambda cloud: table(cloud)["routes"][0]["properties"].update({name: other}))

    def test_subnets(self):
        self.undone(lambda cloud: subnet(cloud).pop("networkSecurityGroup"))
        self.undone(lambda cloud: subnet(cloud).pop("routeTable"))
        others = {"natGateway": {"id": "/other"}, "defaultOutboundAccess": True, "addressPrefixes": ["10.0.0.0/8"],
                  "privateEndpointNetworkPolicies": "Disabled", "serviceEndpoints": [{"service": "Microsoft.Sql"}],
                  "delegations": [{"name": "d", "properties": {"serviceName": "Microsoft.Web/serverFarms"}}]}
        for name, other in others.items():
            with self.subTest(name):
                self.undone(lambda cloud: subnet(cloud).update({name: other}))

    def test_several_at_once(self):
        cloud = Cloud()
        group(cloud)["securityRules"].clear()
        table(cloud)["routes"].clear()
        subnet(cloud).pop("networkSecurityGroup")
        Run(cloud)
        self.assertEqual(len(cloud.written), 3)
        self.assertEqual({name: each["properties"] for name, each in cloud.live.items()},
                         {name: each["properties"] for name, each in Cloud().live.items()})


if __name__ == "__main__":
    unittest.main()
