#!/usr/bin/env python3
"""Waits for a job, does it, and waits for the next; the scale set takes the instance away when no job is left.

Runs once on each instance, started by its boot configuration, which has written the names of what it may use to
/etc/crenel/names. `/opt/analysis/run INPUT OUTPUT` is the machine image's: it reads one file and writes one. Python's own
library is all that is needed: tokens come from the instance's metadata, and queue and stores are asked over HTTPS.

A job belongs to this instance for as long as its message is locked, and the lock is renewed while the work goes on. When
the instance fails half-way, or is taken away, the message comes back and another instance does the job again, from the
start; after the queue's limit of tries it goes to the dead letters. The result of one content of a source has one name,
and what has that name is never written again: a job that is done twice leaves one result, which is there whole or not at
all. A source that was replaced or taken away before its job has nothing to be worked on; what replaced it has a job of
its own.
"""
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

NAMES = "/etc/crenel/names"
PROGRAM = "/opt/analysis/run"
METADATA = "http://169.254.169.254/metadata/identity/oauth2/token"
STORAGE_VERSION = "2023-11-03"
LOCKED_SECONDS = 60  # as the queue says
WAIT_SECONDS = 20
SECONDS = 300


class Superseded(Exception):
    """The source is another one now, or none."""


def names(path=NAMES):
    with open(path, encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("=", 1) for line in lines if "=" in line)


def token(audience):
    asked = urllib.parse.urlencode({"api-version": "2018-02-01", "resource": audience})
    ask = urllib.request.Request(METADATA + "?" + asked, headers={"Metadata": "true"})
    with urllib.request.urlopen(ask, timeout=SECONDS) as answer:
        return json.load(answer)["access_token"]


def call(method, url, audience, body=None, **headers):
    """An answer of success; another one is raised."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Authorization"] = "Bearer " + token(audience)
    ask = urllib.request.Request(url, data=body, method=method, headers=headers)
    return urllib.request.urlopen(ask, timeout=SECONDS)


def queue(method, url, body=None):
    return call(method, url, "https://servicebus.azure.net", body)


def store(method, url, body=None, **headers):
    return call(method, url, "https://storage.azure.com", body, x_ms_version=STORAGE_VERSION, **headers)


class Locked:
    """A message that is kept from the others while the work goes on."""

    def __init__(self, message):
        self.message = message
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.renew, daemon=True)

    def renew(self):
        while not self.done.wait(LOCKED_SECONDS / 3):
            try:
                queue("POST", self.message, b"").close()
            except OSError as error:  # another may get it: then one of the two writes, and that is enough
                print("a lock could not be renewed:", error, flush=True)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


def fetch(known, job, path):
    url = known["INBOX"] + "/" + urllib.parse.quote(job["blob"])
    try:
        with store("GET", url, If_Match='"' + job["version"] + '"') as answer, open(path, "wb") as file:
            while block := answer.read(1 << 20):
                file.write(block)
    except urllib.error.HTTPError as error:
        if error.code in (404, 412):
            raise Superseded(job["blob"]) from error
        raise


def put(known, job, path):
    """Written once, in one request: up to 5,000 MiB ("Put Blob")."""
    url = known["RESULTS"] + "/" + urllib.parse.quote(job["version"] + "/" + job["blob"])
    with open(path, "rb") as file:
        size = {"Content_Length": str(os.path.getsize(path)), "Content_Type": "application/octet-stream"}
        try:
            store("PUT", url, file, x_ms_blob_type="BlockBlob", If_None_Match="*", **size).close()
        except urllib.error.HTTPError as error:
            if error.code != 409:  # it is there already: somebody did this job before
                raise


def work(known, job, program=PROGRAM):
    with tempfile.TemporaryDirectory() as folder:
        source, result = folder + "/source", folder + "/result"
        fetch(known, job, source)
        subprocess.run([program, source, result], check=True)
        put(known, job, result)


def one_job(known, program=PROGRAM):
    """Whether one was done. A job that fails is left to be tried again, when its lock is over."""
    with queue("POST", known["JOBS"] + "/messages/head?timeout=" + str(WAIT_SECONDS), b"") as answer:
        if answer.status != 201:
            return False  # nothing waits
        message, body = answer.headers["Location"], answer.read()
    try:
        with Locked(message):
            work(known, json.loads(body), program)
    except Superseded as gone:
        print("not there any more:", gone, flush=True)
    except Exception as error:  # whatever it is, the next job is another one
        print("a job failed and will be tried again:", error, flush=True)
        return False
    queue("DELETE", message).close()
    return True


def main():
    known = names()
    while True:
        try:
            if one_job(known):
                continue
        except OSError as error:  # roles and names take a while after the first start
            print("the queue does not answer:", error, flush=True)
        time.sleep(5)


if __name__ == "__main__":
    main()
