"""The code that undoes changes, tried without a cloud: as a template of the goldens carries it, on a network that is
played here and starts as that template has it."""
import contextlib
import copy
import datetime
import fnmatch
import io
import json
import pathlib
import sys
import types
import unittest

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "reverted" / "expected" / "reverted.aws.json"
RESOURCES = json.loads(GOLDEN.read_text())["Resources"]


def value(node):
    """What a deployment makes of a value: ids of the resources' own names, fixed blocks for what parameters say."""
    if not isinstance(node, dict):
        return node
    [(function, argument)] = node.items()
    if function == "Fn::Join":
        return argument[0].join(value(part) for part in argument[1])
    if function == "Fn::GetAtt":
        return "sg-" + argument[0]
    if function == "Ref":
        return {"Space": "10.0.0.0/16"}.get(argument, argument)
    if function == "Fn::Select":
        return f"10.0.{argument[0]}.0/24"
    raise AssertionError(node)


CODE = value(RESOURCES["DriftRevertFunction"]["Properties"]["Code"]["ZipFile"])


class Refused(Exception):
    pass


class Network:
    """Plays EC2: answers as the interface does, and changes as it is told."""

    def __init__(self, rows):
        self.calls = []
        self.refuse = set()
        self.rules = {}
        self.acls = {}
        self.tables = {}
        self.number = 0
        for kind, row in rows:
            if kind == "SecurityGroup":
                self.rules[row["GroupId"]] = []
            elif kind.startswith("SecurityGroup"):
                self.add_rule(row["GroupId"], kind.endswith("Egress"), row)
            elif kind == "NetworkAcl":
                last = {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"}
                self.acls[row["NetworkAclId"]] = [{**last, "Egress": False}, {**last, "Egress": True}]
            elif kind == "NetworkAclEntry":
                made = {name: row[name] for name in ("Protocol", "RuleAction", "CidrBlock")}
                made.update(Egress=row["Egress"] == "true", RuleNumber=int(row["RuleNumber"]))
                if "PortRange" in row:
                    made["PortRange"] = {name: int(number) for name, number in row["PortRange"].items()}
                self.acls[row["NetworkAclId"]].append(made)
            elif kind == "RouteTable":
                self.tables[row["RouteTableId"]] = [
                    {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable"},
                    {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "Origin": "CreateRoute"},
                    {"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-1",
                     "Origin": "EnableVgwRoutePropagation"}]
            elif kind == "Route":
                made = {name: part for name, part in row.items() if name != "RouteTableId"}
                self.tables[row["RouteTableId"]].append({**made, "Origin": "CreateRoute"})

    def state(self):
        plain = lambda rule: tuple(sorted((k, str(v)) for k, v in rule.items() if k != "SecurityGroupRuleId"))
        ordered = lambda things: {name: sorted(map(plain, each)) for name, each in things.items()}
        return copy.deepcopy([ordered(self.rules), ordered(self.acls), ordered(self.tables)])

    def add_rule(self, group, egress, row):
        self.number += 1
        made = {"SecurityGroupRuleId": f"sgr-{self.number}", "IsEgress": egress, "IpProtocol": row["IpProtocol"],
                "FromPort": int(row.get("FromPort", -1)), "ToPort": int(row.get("ToPort", -1))}
        peer = row.get("SourceSecurityGroupId") or row.get("DestinationSecurityGroupId")
        made.update({"ReferencedGroupInfo": {"GroupId": peer}} if peer else {"CidrIpv4": row["CidrIp"]})
        if any(rule == {**made, "SecurityGroupRuleId": rule["SecurityGroupRuleId"]} for rule in self.rules[group]):
            raise Refused("InvalidPermission.Duplicate")
        self.rules[group].append(made)

    # ---- the interface
    def get_paginator(self, call):
        return types.SimpleNamespace(paginate=lambda **arguments: getattr(self, call)(**arguments))

    def named(self, filters, things):
        [one] = filters
        return [(name, things[name]) for name in one["Values"] if name in things]

    def describe_security_group_rules(self, Filters):
        for _, rules in self.named(Filters, self.rules):
            half = len(rules) // 2
            yield {"SecurityGroupRules": copy.deepcopy(rules[:half])}
            yield {"SecurityGroupRules": copy.deepcopy(rules[half:])}

    def describe_network_acls(self, Filters):
        yield {"NetworkAcls": [{"NetworkAclId": name, "Entries": copy.deepcopy(each)}
                               for name, each in self.named(Filters, self.acls)]}

    def describe_route_tables(self, Filters):
        yield {"RouteTables": [{"RouteTableId": name, "Routes": copy.deepcopy(each)}
                               for name, each in self.named(Filters, self.tables)]}

    def noted(self, name):
        self.calls.append(name)
        if name in self.refuse:
            raise Refused(name)

    def revoke(self, egress, GroupId, SecurityGroupRuleIds):
        kept = [rule for rule in self.rules[GroupId] if rule["SecurityGroupRuleId"] not in SecurityGroupRuleIds]
        gone = [rule for rule in self.rules[GroupId] if rule not in kept]
        assert len(gone) == len(SecurityGroupRuleIds) and all(rule["IsEgress"] == egress for rule in gone)
        self.rules[GroupId] = kept

    def authorize(self, egress, GroupId, IpPermissions):
        for one in IpPermissions:
            row = {name: one[name] for name in ("IpProtocol", "FromPort", "ToPort")}
            for pair in one.get("UserIdGroupPairs", []):
                self.add_rule(GroupId, egress, {**row, "SourceSecurityGroupId": pair["GroupId"]})
            for block in one.get("IpRanges", []):
                self.add_rule(GroupId, egress, {**row, "CidrIp": block["CidrIp"]})

    def revoke_security_group_ingress(self, **arguments):
        self.noted("revoke_security_group_ingress")
        self.revoke(False, **arguments)

    def revoke_security_group_egress(self, **arguments):
        self.noted("revoke_security_group_egress")
        self.revoke(True, **arguments)

    def authorize_security_group_ingress(self, **arguments):
        self.noted("authorize_security_group_ingress")
        self.authorize(False, **arguments)

    def authorize_security_group_egress(self, **arguments):
        self.noted("authorize_security_group_egress")
        self.authorize(True, **arguments)

    def entry(self, acl, number, egress):
        return [each for each in self.acls[acl] if (each["RuleNumber"], each["Egress"]) == (number, egress)]

    def create_network_acl_entry(self, NetworkAclId, **entry):
        self.noted("create_network_acl_entry")
        assert not self.entry(NetworkAclId, entry["RuleNumber"], entry["Egress"])
        self.acls[NetworkAclId].append(entry)

    def replace_network_acl_entry(self, NetworkAclId, **entry):
        self.noted("replace_network_acl_entry")
        [old] = self.entry(NetworkAclId, entry["RuleNumber"], entry["Egress"])
        self.acls[NetworkAclId][self.acls[NetworkAclId].index(old)] = entry

    def delete_network_acl_entry(self, NetworkAclId, Egress, RuleNumber):
        self.noted("delete_network_acl_entry")
        [old] = self.entry(NetworkAclId, RuleNumber, Egress)
        self.acls[NetworkAclId].remove(old)

    def route(self, table, destination):
        return [each for each in self.tables[table] if each.get("DestinationCidrBlock") == destination]

    def create_route(self, RouteTableId, **route):
        self.noted("create_route")
        assert not self.route(RouteTableId, route["DestinationCidrBlock"])
        self.tables[RouteTableId].append({**route, "Origin": "CreateRoute"})

    def replace_route(self, RouteTableId, LocalTarget=False, **route):
        self.noted("replace_route")
        [old] = self.route(RouteTableId, route["DestinationCidrBlock"])
        new = {**route, "Origin": old["Origin"], **({"GatewayId": "local"} if LocalTarget else {})}
        self.tables[RouteTableId][self.tables[RouteTableId].index(old)] = new

    def delete_route(self, RouteTableId, DestinationCidrBlock):
        self.noted("delete_route")
        [old] = self.route(RouteTableId, DestinationCidrBlock)
        self.tables[RouteTableId].remove(old)


def matches(pattern, event):
    """As EventBridge has it, of what a guard's patterns use."""
    def fits(test, said):
        if not isinstance(test, dict):
            return said == test
        [(kind, operand)] = test.items()
        if kind == "exists":
            return (said is not None) == operand
        names = operand["wildcard"] if isinstance(operand, dict) else operand
        return said is not None and not any(fnmatch.fnmatchcase(said, value(name)) for name in names)
    for name, part in pattern.items():
        said = (event or {}).get(name)
        if isinstance(part, dict) and not matches(part, said):
            return False
        if isinstance(part, list) and not any(fits(test, said) for test in part):
            return False
    return True


class Revert(unittest.TestCase):
    def setUp(self):
        self.rows = [json.loads(line) for line in CODE.split("'''")[1].splitlines() if line]
        self.network = Network(self.rows)
        self.meant = self.network.state()
        boto3 = types.ModuleType("boto3")
        boto3.client = lambda service: self.network
        sys.modules["boto3"] = boto3
        self.names = {}
        exec(compile(CODE, "index.py", "exec"), self.names)

    def run_handler(self, seconds=5):
        made = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds)
        # Three digits at most: what `fromisoformat` takes of every version.
        event = {"time": made.isoformat(timespec="seconds")}
        with contextlib.redirect_stdout(io.StringIO()) as log:
            try:
                self.names["handler"](event, None)
            finally:
                self.log = [json.loads(line) for line in log.getvalue().splitlines()]

    def check_put_back(self):
        self.assertNotEqual(self.network.state(), self.meant)
        self.network.calls.clear()
        self.run_handler()
        self.assertEqual(self.network.state(), self.meant)
        done = len(self.network.calls)
        self.assertEqual([each["call"] for each in self.log], self.network.calls)
        self.run_handler()
        self.assertEqual(len(self.network.calls), done, "a second run finds nothing to do")

    def test_nothing_changed(self):
        self.run_handler()
        self.assertEqual(self.network.calls, [])

    def test_a_rule_that_somebody_added(self):
        for egress in (False, True):
            self.network.add_rule("sg-WebSecurityGroup", egress,
                                  {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"})
            self.check_put_back()

    def test_rules_that_somebody_took_away(self):
        for group in list(self.network.rules):
            self.network.rules[group] = []
        self.check_put_back()

    def test_a_rule_that_somebody_widened(self):
        for rules in self.network.rules.values():
            for rule in rules:
                if rule["ToPort"] == 5432:
                    rule["ToPort"] = 6000
        self.check_put_back()

    def test_entries_added_changed_and_taken_away(self):
        [acl] = self.network.acls
        entries = self.network.acls[acl]
        self.network.acls[acl].append({"RuleNumber": 1, "Egress": False, "Protocol": "-1", "RuleAction": "allow",
                                       "CidrBlock": "0.0.0.0/0"})
        self.check_put_back()
        own = [each for each in entries if each["RuleNumber"] < 32767]
        own[0]["CidrBlock"] = "0.0.0.0/0"
        entries.remove(own[-1])
        self.check_put_back()

    def test_routes_added_turned_and_taken_away(self):
        tables = self.network.tables
        self.assertTrue(any(len(routes) > 3 for routes in tables.values()))
        for routes in tables.values():
            routes.append({"DestinationCidrBlock": "198.51.100.0/24", "NetworkInterfaceId": "eni-9",
                           "InstanceId": "i-9", "Origin": "CreateRoute"})
        self.check_put_back()
        for routes in tables.values():
            for route in routes:
                if route.get("DestinationCidrBlock") == "0.0.0.0/0":
                    for name in ("GatewayId", "NatGatewayId"):
                        route.pop(name, None)
                    route["VpcPeeringConnectionId"] = "pcx-9"
        self.check_put_back()
        for name in tables:
            tables[name] = [each for each in tables[name] if each.get("DestinationCidrBlock") != "0.0.0.0/0"]
        self.check_put_back()

    def test_the_way_inside_that_somebody_turned(self):
        for routes in self.network.tables.values():
            routes[0].pop("GatewayId")
            routes[0]["NetworkInterfaceId"] = "eni-9"
            break
        self.run_handler()
        turned = [route for routes in self.network.tables.values() for route in routes if route["Origin"] ==
                  "CreateRouteTable" and route.get("GatewayId") != "local"]
        self.assertEqual(turned, [])

    def test_one_failure_stops_nothing_else_and_is_told(self):
        self.network.refuse = {"revoke_security_group_ingress"}
        for group in ("sg-WebSecurityGroup", "sg-StoreSecurityGroup"):
            self.network.add_rule(group, False, {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"})
        [acl] = self.network.acls
        self.network.acls[acl] = self.network.acls[acl][:2]
        with self.assertRaisesRegex(RuntimeError, "sg-WebSecurityGroup: revoke.*sg-StoreSecurityGroup: revoke"):
            self.run_handler()
        self.assertEqual(self.network.state()[1], self.meant[1])

    def test_what_is_gone_altogether_is_told(self):
        [acl] = self.network.acls
        del self.network.acls[acl]
        with self.assertRaisesRegex(RuntimeError, acl):
            self.run_handler()

    def test_a_change_that_is_seen_late_is_undone_and_told(self):
        self.network.add_rule("sg-WebSecurityGroup", False, {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"})
        with self.assertRaisesRegex(RuntimeError, "seconds after it was made"):
            self.run_handler(seconds=301)
        self.assertEqual(self.network.state(), self.meant)

    def test_whose_calls_start_it(self):
        pattern = RESOURCES["DriftRevertRule"]["Properties"]["EventPattern"]

        def starts(name="AuthorizeSecurityGroupIngress", **identity):
            return matches(pattern, {"source": "aws.ec2", "detail-type": "AWS API Call via CloudTrail", "detail": {
                "eventSource": "ec2.amazonaws.com", "eventName": name, "userIdentity": identity}})

        def role(name, path=""):
            arn = f"arn:aws:iam::111122223333:role/{path}{name}"
            return {"sessionContext": {"sessionIssuer": {"type": "Role", "userName": name, "arn": arn}}}

        self.assertTrue(starts(userName="mallory", arn="arn:aws:iam::111122223333:user/mallory"))
        self.assertTrue(starts(**role("administrator")))
        for call in ("CreateRoute", "ReplaceNetworkAclEntry", "RevokeSecurityGroupEgress", "ModifySecurityGroupRules"):
            self.assertTrue(starts(call, **role("administrator")))
        self.assertFalse(starts("DescribeRouteTables", **role("administrator")))
        self.assertFalse(starts(**role("DriftRevertRole")), "its own calls")
        self.assertFalse(starts(**role("network-pipeline")), "those left alone by their name")
        self.assertFalse(starts(**role("stacks", "deploy/")), "those left alone by their ARN")


if __name__ == "__main__":
    unittest.main()
