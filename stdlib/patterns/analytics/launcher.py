"""Makes a job of each object that arrives: one message on the queue, which names the object.

Started by the event of the object's creation. The event may come twice and the message too, so whoever works on a job
must not mind doing it again. What goes wrong here is raised: the platform then starts this code again.
"""
import json
import os

import boto3

queue = boto3.client("sqs")


def handler(event, context):
    created = event["detail"]["object"]
    job = {"key": created["key"], "version": created.get("version-id", "")}
    queue.send_message(QueueUrl=os.environ["JOBS"], MessageBody=json.dumps(job, sort_keys=True))
    return job
