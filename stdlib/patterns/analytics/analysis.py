#!/usr/bin/env python3
"""Waits for a job, does it, and waits to be ended: an instance is for one job.

Runs once on each instance, started by its boot configuration, which has written the names of what it may use to
/etc/crenel/names. `/opt/analysis/run INPUT OUTPUT` is the machine image's: it reads one file and writes one.

A job belongs to this instance for as long as its message stays hidden from the others, and that is prolonged while the
work goes on. When the instance fails half-way, the message comes back and another instance does the job again, from the
start; after the queue's limit of tries it goes to the dead letters. A result of one source has one key for an instance,
so doing a job again does not leave half a result: an object is there whole or not at all.
"""
import json
import subprocess
import tempfile
import threading
import time
import urllib.request

import boto3

NAMES = "/etc/crenel/names"
PROGRAM = "/opt/analysis/run"
HIDDEN_SECONDS = 120
WAIT_SECONDS = 20
LINGER_SECONDS = 900  # whoever ends instances has failed when this is over; the instance is of use again
METADATA = "http://169.254.169.254/latest/"


def names(path=NAMES):
    with open(path, encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("=", 1) for line in lines if "=" in line)


def instance_id():
    ask = urllib.request.Request(
        METADATA + "api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}
    )
    token = urllib.request.urlopen(ask, timeout=5).read().decode()
    ask = urllib.request.Request(METADATA + "meta-data/instance-id", headers={"X-aws-ec2-metadata-token": token})
    return urllib.request.urlopen(ask, timeout=5).read().decode()


class Kept:
    """A message that stays hidden from the others while the work goes on."""

    def __init__(self, queue, url, receipt):
        self.hide = lambda: queue.change_message_visibility(
            QueueUrl=url, ReceiptHandle=receipt, VisibilityTimeout=HIDDEN_SECONDS
        )
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.prolong, daemon=True)

    def prolong(self):
        while not self.done.wait(HIDDEN_SECONDS / 3):
            self.hide()

    def __enter__(self):
        self.hide()
        self.thread.start()

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


def work(store, known, job, instance, program=PROGRAM):
    with tempfile.TemporaryDirectory() as folder:
        source, result = folder + "/source", folder + "/result"
        store.download_file(known["INBOX"], job["key"], source)
        subprocess.run([program, source, result], check=True)
        store.upload_file(result, known["RESULTS"], instance + "/" + job["key"])


def one_job(queue, store, known, instance, program=PROGRAM):
    """Whether one was done. A job that fails is left to be tried again."""
    answer = queue.receive_message(
        QueueUrl=known["JOBS"], MaxNumberOfMessages=1, WaitTimeSeconds=WAIT_SECONDS, VisibilityTimeout=HIDDEN_SECONDS
    )
    for message in answer.get("Messages", []):
        receipt = message["ReceiptHandle"]
        try:
            with Kept(queue, known["JOBS"], receipt):
                work(store, known, json.loads(message["Body"]), instance, program)
        except Exception as error:  # whatever it is, the next job is another one
            print("a job failed and will be tried again:", error, flush=True)
            return False
        queue.delete_message(QueueUrl=known["JOBS"], ReceiptHandle=receipt)
        return True
    return False


def main():
    known = names()
    region = known.get("REGION")
    queue, store = boto3.client("sqs", region_name=region), boto3.client("s3", region_name=region)
    instance = instance_id()
    while True:
        # Another job now would be cut off half-way, and that counts as a try.
        time.sleep(LINGER_SECONDS if one_job(queue, store, known, instance) else 1)


if __name__ == "__main__":
    main()
