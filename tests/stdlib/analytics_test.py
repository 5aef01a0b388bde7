"""The code of the data analytics pattern, tried without a cloud: what it calls is played here."""
import importlib.util
import json
import os
import pathlib
import stat
import sys
import tempfile
import types
import unittest

CODE = pathlib.Path(__file__).resolve().parents[2] / "stdlib" / "patterns" / "analytics"


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class Client:
    """Remembers what it was asked for; answers with what it was told to."""

    def __init__(self):
        self.calls = []
        self.answers = {}
        self.failures = {}

    def __getattr__(self, name):
        def call(*arguments, **named):
            self.calls.append((name, named or arguments))
            if name in self.failures:
                raise self.failures[name]
            answer = self.answers.get(name)
            return answer(*arguments, **named) if callable(answer) else answer

        return call

    def named(self, name):
        return [arguments for called, arguments in self.calls if called == name]


def load(name, clients):
    boto3 = types.ModuleType("boto3")
    boto3.client = lambda service, **_: clients.setdefault(service, Client())
    exceptions = types.ModuleType("botocore.exceptions")
    exceptions.ClientError = ClientError
    sys.modules.update({"boto3": boto3, "botocore": types.ModuleType("botocore"), "botocore.exceptions": exceptions})
    spec = importlib.util.spec_from_file_location(name, CODE / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def created(key, **more):
    return {"detail": {"bucket": {"name": "b"}, "object": {"key": key, **more}}}


class Launcher(unittest.TestCase):
    def setUp(self):
        self.clients = {}
        self.code = load("launcher", self.clients)
        os.environ["JOBS"] = "https://queue"

    def test_each_object_is_one_message(self):
        self.code.handler(created("a/b.csv", **{"version-id": "v1"}), None)
        (call,) = self.clients["sqs"].named("send_message")
        self.assertEqual(call["QueueUrl"], "https://queue")
        self.assertEqual(json.loads(call["MessageBody"]), {"key": "a/b.csv", "version": "v1"})

    def test_a_failure_is_raised_so_that_the_platform_tries_again(self):
        self.clients["sqs"].failures["send_message"] = ClientError("ServiceUnavailable")
        with self.assertRaises(ClientError):
            self.code.handler(created("a"), None)


class Archiver(unittest.TestCase):
    def setUp(self):
        self.clients = {}
        self.code = load("archiver", self.clients)
        os.environ.update({"INBOX": "inbox", "DONE": "arn:topic"})

    def test_the_source_is_marked_the_instance_ends_people_are_told(self):
        self.code.handler(created("i-1/a/b.csv"), None)
        (tagged,) = self.clients["s3"].named("put_object_tagging")
        self.assertEqual((tagged["Bucket"], tagged["Key"]), ("inbox", "a/b.csv"))
        self.assertEqual(tagged["Tagging"]["TagSet"], [{"Key": "archive", "Value": "true"}])
        (ended,) = self.clients["autoscaling"].named("terminate_instance_in_auto_scaling_group")
        self.assertEqual(ended, {"InstanceId": "i-1", "ShouldDecrementDesiredCapacity": True})
        (told,) = self.clients["sns"].named("publish")
        self.assertEqual(json.loads(told["Message"]), {"result": "i-1/a/b.csv", "source": "a/b.csv"})

    def test_what_is_done_twice_does_no_harm(self):
        self.clients["s3"].failures["put_object_tagging"] = ClientError("NoSuchKey")
        self.clients["autoscaling"].failures["terminate_instance_in_auto_scaling_group"] = ClientError("ValidationError")
        self.code.handler(created("i-1/a"), None)
        self.assertEqual(len(self.clients["sns"].named("publish")), 1)

    def test_nobody_is_told_of_what_is_not_archived(self):
        self.clients["s3"].failures["put_object_tagging"] = ClientError("AccessDenied")
        with self.assertRaises(ClientError):
            self.code.handler(created("i-1/a"), None)
        self.assertEqual(self.clients["autoscaling"].calls, [])
        self.assertEqual(self.clients["sns"].calls, [])

    def test_a_key_of_another_form_is_an_error(self):
        with self.assertRaises(ValueError):
            self.code.handler(created("a.csv"), None)


class Worker(unittest.TestCase):
    known = {"JOBS": "https://queue", "INBOX": "inbox", "RESULTS": "results"}

    def setUp(self):
        self.code = load("analysis", {})
        self.code.HIDDEN_SECONDS = 0.03
        self.queue, self.store = Client(), Client()
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.uploaded = {}
        self.store.answers["download_file"] = lambda bucket, key, path: pathlib.Path(path).write_text(bucket + key)
        self.store.answers["upload_file"] = lambda path, bucket, key: self.uploaded.update(
            {bucket + "/" + key: pathlib.Path(path).read_text()}
        )

    def program(self, text):
        path = pathlib.Path(self.folder.name) / "run"
        path.write_text("#!/bin/sh\nset -eu\n" + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def arrives(self, key):
        message = {"ReceiptHandle": "r", "Body": json.dumps({"key": key, "version": ""})}
        self.queue.answers["receive_message"] = {"Messages": [message]}

    def one(self, program):
        return self.code.one_job(self.queue, self.store, self.known, "i-1", program)

    def test_a_job_is_done_and_then_taken_from_the_queue(self):
        self.arrives("a/b")
        self.assertTrue(self.one(self.program('sleep 0.1; tr a-z A-Z < "$1" > "$2"')))
        self.assertEqual(self.uploaded, {"results/i-1/a/b": "INBOXA/B"})
        self.assertEqual(self.queue.named("delete_message"), [{"QueueUrl": "https://queue", "ReceiptHandle": "r"}])
        self.assertGreater(len(self.queue.named("change_message_visibility")), 2)  # it stayed hidden meanwhile

    def test_a_job_that_fails_stays_on_the_queue_and_the_worker_goes_on(self):
        self.arrives("a")
        self.assertFalse(self.one(self.program('echo half > "$2"; exit 3')))
        self.assertEqual(self.uploaded, {})
        self.assertEqual(self.queue.named("delete_message"), [])

    def test_a_message_that_is_no_job_is_left_for_the_dead_letters(self):
        self.queue.answers["receive_message"] = {"Messages": [{"ReceiptHandle": "r", "Body": "not JSON"}]}
        self.assertFalse(self.one(self.program("true")))
        self.assertEqual(self.queue.named("delete_message"), [])

    def test_an_empty_queue_is_no_job(self):
        self.queue.answers["receive_message"] = {}
        self.assertFalse(self.one(self.program("true")))

    def test_names_are_read_from_lines(self):
        path = pathlib.Path(self.folder.name) / "names"
        path.write_text("JOBS=https://q?a=b\nINBOX=i\n")
        self.assertEqual(self.code.names(path), {"JOBS": "https://q?a=b", "INBOX": "i"})


if __name__ == "__main__":
    unittest.main()
