"""Puts back what WANTED, which stands before this text, says of security groups, network ACLs and route tables."""
import datetime
import json

import boto3

ec2 = boto3.client("ec2")
ROWS = [json.loads(line) for line in WANTED.splitlines() if line]
LAST_OWN_NUMBER = 32766  # the entries after it are the provider's
PEERS = ("CidrIp", "CidrIpv4", "CidrIpv6", "PrefixListId", "SourcePrefixListId", "DestinationPrefixListId",
         "SourceSecurityGroupId", "DestinationSecurityGroupId")
DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
TARGETS = ("GatewayId", "NatGatewayId", "EgressOnlyInternetGatewayId", "NetworkInterfaceId", "TransitGatewayId",
           "VpcPeeringConnectionId")


def wanted(kind, key, value):
    return [row for each, row in ROWS if each == kind and row[key] == value]


def live(call, key, name, value):
    pages = ec2.get_paginator(call).paginate(Filters=[{"Name": name, "Values": [value]}])
    return [row for page in pages for row in page[key]]


def rule(row):
    peers = [row[name] for name in PEERS if name in row]
    peer = peers[0] if peers else row["ReferencedGroupInfo"]["GroupId"]
    return row["IpProtocol"], int(row.get("FromPort", -1)), int(row.get("ToPort", -1)), peer


def permission(row):
    protocol, first, last, peer = rule(row)
    kind, name = (("UserIdGroupPairs", "GroupId") if peer.startswith("sg-") else
                  ("PrefixListIds", "PrefixListId") if peer.startswith("pl-") else
                  ("Ipv6Ranges", "CidrIpv6") if ":" in peer else ("IpRanges", "CidrIp"))
    text = {"Description": row["Description"]} if "Description" in row else {}
    return {"IpProtocol": protocol, "FromPort": first, "ToPort": last, kind: [{name: peer, **text}]}


def group(name):
    found = live("describe_security_group_rules", "SecurityGroupRules", "group-id", name)
    for side in ("ingress", "egress"):
        want = {rule(row): row for row in wanted("SecurityGroup" + side.capitalize(), "GroupId", name)}
        there = {rule(row): row["SecurityGroupRuleId"] for row in found if row["IsEgress"] == (side == "egress")}
        more = [there[each] for each in there if each not in want]
        less = [permission(want[each]) for each in want if each not in there]
        if more:
            yield "revoke_security_group_" + side, {"GroupId": name, "SecurityGroupRuleIds": more}
        if less:
            yield "authorize_security_group_" + side, {"GroupId": name, "IpPermissions": less}


def numbers(value):
    return {name: int(number) for name, number in value.items()}


def entry(row):
    out = {name: row[name] for name in ("Protocol", "RuleAction", "CidrBlock", "Ipv6CidrBlock") if name in row}
    out.update({"Egress": row["Egress"] == "true", "RuleNumber": int(row["RuleNumber"])})
    if "PortRange" in row:
        out["PortRange"] = numbers(row["PortRange"])
    if "Icmp" in row:
        out["IcmpTypeCode"] = numbers(row["Icmp"])
    return out


def acl(name):
    [found] = live("describe_network_acls", "NetworkAcls", "network-acl-id", name)
    place = lambda each: {"NetworkAclId": name, "Egress": each["Egress"], "RuleNumber": each["RuleNumber"]}
    there = [each for each in found["Entries"] if each["RuleNumber"] <= LAST_OWN_NUMBER]
    want = [entry(row) for row in wanted("NetworkAclEntry", "NetworkAclId", name)]
    for each in there:
        if place(each) not in map(place, want):
            yield "delete_network_acl_entry", place(each)
    for each in want:
        if each not in there:
            call = "replace" if place(each) in map(place, there) else "create"
            yield call + "_network_acl_entry", {"NetworkAclId": name, **each}


def table(name):
    [found] = live("describe_route_tables", "RouteTables", "route-table-id", name)
    pick = lambda row, names: {each: row[each] for each in names if each in row}
    want = [(pick(row, DESTINATIONS), pick(row, TARGETS)) for row in wanted("Route", "RouteTableId", name)]
    there = []
    for row in found["Routes"]:
        to = pick(row, DESTINATIONS)
        if row["Origin"] == "CreateRouteTable" and row.get("GatewayId") != "local":
            yield "replace_route", {"RouteTableId": name, **to, "LocalTarget": True}
        # A gateway endpoint has its own routes, which only the endpoint changes.
        of_endpoint = "DestinationPrefixListId" in to and row.get("GatewayId", "").startswith("vpce-")
        if row["Origin"] == "CreateRoute" and not of_endpoint:
            there.append((to, pick(row, TARGETS)))
    for to, _ in there:
        if to not in [each for each, _ in want]:
            yield "delete_route", {"RouteTableId": name, **to}
    for to, by in want:
        if (to, by) not in there:
            call = "replace_route" if to in [each for each, _ in there] else "create_route"
            yield call, {"RouteTableId": name, **to, **by}


STEPS = {"SecurityGroup": ("GroupId", group), "NetworkAcl": ("NetworkAclId", acl), "RouteTable": ("RouteTableId", table)}


def handler(event, context):
    failed = []

    def attempt(name, step):
        try:
            step()
        except Exception as error:
            failed.append(f"{name}: {error}")

    def put_back(name, steps):
        for call, arguments in list(steps(name)):
            print(json.dumps({"call": call, **arguments}))
            attempt(name, lambda: getattr(ec2, call)(**arguments))

    for kind, row in ROWS:
        if kind in STEPS:
            key, steps = STEPS[kind]
            attempt(row[key], lambda: put_back(row[key], steps))
    [within] = [int(row["Within"]) for kind, row in ROWS if kind == "Guard"]
    age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(event["time"])
    if age.total_seconds() > within:
        failed.append(f"the change was seen to {round(age.total_seconds())} seconds after it was made")
    if failed:
        raise RuntimeError("; ".join(failed))
