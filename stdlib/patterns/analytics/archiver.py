"""Ends a job when its result is there: the source goes to the archive, the instance ends, people are told.

Started by the event of the result's creation. A result's key is INSTANCE/KEY-OF-THE-SOURCE, so nothing has to be read to
know what is done and who did it. Every step may be done twice. The instance ends last but one and the notification last:
whatever failed before is tried again when the platform starts this code again.
"""
import json
import os

import boto3
from botocore.exceptions import ClientError

store = boto3.client("s3")
scaling = boto3.client("autoscaling")
topic = boto3.client("sns")


def archive(key):
    """The store's lifecycle moves what has this tag."""
    try:
        store.put_object_tagging(
            Bucket=os.environ["INBOX"], Key=key, Tagging={"TagSet": [{"Key": "archive", "Value": "true"}]}
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":  # somebody took it away: nothing is left to archive
            raise


def end(instance):
    """The group wants one instance less, so that nothing takes its place."""
    try:
        scaling.terminate_instance_in_auto_scaling_group(InstanceId=instance, ShouldDecrementDesiredCapacity=True)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("ValidationError", "ScalingActivityInProgress"):
            raise  # ValidationError: it has ended already, or the group is at its least


def handler(event, context):
    result = event["detail"]["object"]["key"]
    instance, _, source = result.partition("/")
    if not source:
        raise ValueError("a result's key is INSTANCE/KEY, and this one is " + result)
    archive(source)
    end(instance)
    topic.publish(TopicArn=os.environ["DONE"], Message=json.dumps({"result": result, "source": source}, sort_keys=True))
    return source
