"""The code of the data analytics pattern for Azure, tried without a cloud: a server here plays who hands out tokens, the
queue with its locks and tries, the stores and the topic, as their REST references describe them."""
import http.server
import importlib.util
import json
import os
import pathlib
import stat
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse

CODE = pathlib.Path(__file__).resolve().parents[2] / "stdlib" / "patterns" / "analytics" / "azure"


def load(name):
    spec = importlib.util.spec_from_file_location("azure_" + name, CODE / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Message:
    def __init__(self, body):
        self.body, self.tries, self.lock, self.until = body, 0, None, 0.0


class Cloud(http.server.ThreadingHTTPServer):
    """One place that is everything: /token, /jobs, /done, /inbox, /results."""

    daemon_threads = True
    locked_seconds = 60
    most_tries = 3

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.guard = threading.Lock()
        self.url = "http://127.0.0.1:%d" % self.server_address[1]
        self.jobs, self.aside, self.told, self.renewed = [], [], [], 0
        self.blobs, self.tags, self.asked, self.broken = {}, {}, [], {}
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def receive(self):
        for message in list(self.jobs):
            if message.until > time.monotonic():
                continue
            if message.tries == self.most_tries:
                self.jobs.remove(message)
                self.aside.append(message.body)
                continue
            message.tries += 1
            message.lock = "lock%d" % message.tries
            message.until = time.monotonic() + self.locked_seconds
            return message
        return None

    def held(self, lock):
        alive = [m for m in self.jobs if m.lock == lock and m.until > time.monotonic()]
        return alive[0] if alive else None


class Answers(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def all(self):
        cloud, at = self.server, urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with cloud.guard:
            if at.path == "/token":
                return self.token(urllib.parse.parse_qs(at.query))
            cloud.asked.append((self.command, self.path))
            _, service, rest = (at.path.split("/", 2) + [""])[:3]
            audience = {"jobs": "servicebus", "done": "servicebus"}.get(service, "storage")
            if self.headers.get("Authorization") != "Bearer for https://%s.azure.%s" % (
                audience,
                "net" if audience == "servicebus" else "com",
            ):
                return self.say(401)
            if (self.command, service) in cloud.broken:
                return self.say(cloud.broken[self.command, service])
            if service == "jobs":
                return self.queue(rest, body)
            if service == "done":
                cloud.told.append(json.loads(body))
                return self.say(201)
            return self.store(service + "/" + urllib.parse.unquote(rest), at.query, body)

    do_GET = do_PUT = do_POST = do_DELETE = all

    def token(self, asked):
        whose = self.headers.get("Metadata") == "true" or (
            self.headers.get("X-IDENTITY-HEADER") == "secret" and asked.get("client_id") == ["me"]
        )
        if not whose:
            return self.say(400)
        audience = asked["resource"][0]
        return self.say(200, json.dumps({"access_token": "for " + audience}).encode())

    def queue(self, rest, body):
        cloud = self.server
        if (self.command, rest) == ("POST", "messages"):
            cloud.jobs.append(Message(body))
            return self.say(201)
        if (self.command, rest) == ("POST", "messages/head"):
            message = cloud.receive()
            if message is None:
                return self.say(204)
            return self.say(201, message.body, Location=cloud.url + "/jobs/messages/1/" + message.lock)
        message = cloud.held(rest.rsplit("/", 1)[1])
        if message is None:
            return self.say(410)
        if self.command == "DELETE":
            cloud.jobs.remove(message)
        else:
            cloud.renewed += 1
            message.until = time.monotonic() + cloud.locked_seconds
        return self.say(200)

    def store(self, name, query, body):
        cloud = self.server
        there = cloud.blobs.get(name)
        if query == "comp=tags":
            if there is None:
                return self.say(404)
            cloud.tags[name] = body.decode()
            return self.say(204)
        if self.command == "GET":
            if there is None:
                return self.say(404)
            if self.headers.get("If-Match") != there[0]:
                return self.say(412)
            return self.say(200, there[1])
        if self.headers.get("x-ms-blob-type") != "BlockBlob":
            return self.say(400)
        if self.headers.get("If-None-Match") == "*" and there is not None:
            return self.say(409)
        cloud.blobs[name] = ('"0x%d"' % len(cloud.asked), body)
        return self.say(201)


class Event:
    def __init__(self, container, blob, tag='"0x1"'):
        subject = "/blobServices/default/containers/" + container + "/blobs/" + blob
        self.body = json.dumps({"subject": subject, "data": {"eTag": tag}}).encode()

    def get_body(self):
        return self.body


class Played(unittest.TestCase):
    def setUp(self):
        self.cloud = Cloud()
        self.addCleanup(self.cloud.server_close)
        self.addCleanup(self.cloud.shutdown)
        self.known = {name.upper(): self.cloud.url + "/" + name for name in ("jobs", "inbox", "results", "done")}
        os.environ.update(self.known)
        os.environ.update(
            {"IDENTITY_ENDPOINT": self.cloud.url + "/token", "IDENTITY_HEADER": "secret", "AZURE_CLIENT_ID": "me"}
        )


class Launcher(Played):
    def setUp(self):
        super().setUp()
        self.code = load("launcher")

    def test_each_blob_is_one_message(self):
        self.code.handler(Event("inbox", "a/b c.csv", "0x8D"), None)
        (message,) = self.cloud.jobs
        self.assertEqual(json.loads(message.body), {"blob": "a/b c.csv", "version": "0x8D"})

    def test_a_failure_is_raised_so_that_the_platform_tries_again(self):
        self.cloud.broken["POST", "jobs"] = 503
        with self.assertRaises(urllib.error.HTTPError):
            self.code.handler(Event("inbox", "a"), None)

    def test_an_event_of_something_else_is_an_error(self):
        with self.assertRaises(ValueError):
            self.code.handler(Event("inbox", ""), None)


class Archiver(Played):
    def setUp(self):
        super().setUp()
        self.code = load("archiver")
        self.cloud.blobs["inbox/a/b c.csv"] = ('"0x1"', b"data")

    def test_the_source_is_marked_and_people_are_told(self):
        self.code.handler(Event("results", "0x1/a/b c.csv"), None)
        self.assertIn("<Key>archive</Key><Value>true</Value>", self.cloud.tags["inbox/a/b c.csv"])
        self.assertEqual(self.cloud.told, [{"result": "0x1/a/b c.csv", "source": "a/b c.csv"}])

    def test_what_is_done_twice_does_no_harm(self):
        del self.cloud.blobs["inbox/a/b c.csv"]
        self.code.handler(Event("results", "0x1/a/b c.csv"), None)
        self.assertEqual(len(self.cloud.told), 1)

    def test_nobody_is_told_of_what_is_not_archived(self):
        self.cloud.broken["PUT", "inbox"] = 403
        with self.assertRaises(urllib.error.HTTPError):
            self.code.handler(Event("results", "0x1/a/b c.csv"), None)
        self.assertEqual(self.cloud.told, [])

    def test_a_name_of_another_form_is_an_error(self):
        with self.assertRaises(ValueError):
            self.code.handler(Event("results", "a.csv"), None)


class Worker(Played):
    def setUp(self):
        super().setUp()
        self.code = load("analysis")
        self.code.METADATA = self.cloud.url + "/token"
        self.code.WAIT_SECONDS = 0
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.cloud.blobs["inbox/a/b c.csv"] = ('"0x1"', b"data")

    def program(self, text):
        path = self.folder / "run"
        path.write_text("#!/bin/sh\nset -eu\n" + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def job(self, version="0x1"):
        self.cloud.jobs.append(Message(json.dumps({"blob": "a/b c.csv", "version": version}).encode()))

    def one(self, text='tr a-z A-Z < "$1" > "$2"'):
        return self.code.one_job(self.known, self.program(text))

    def results(self):
        return {name: data for name, (_, data) in self.cloud.blobs.items() if name.startswith("results/")}

    def locks_last(self, seconds):
        self.cloud.locked_seconds = self.code.LOCKED_SECONDS = seconds

    def test_a_job_is_done_and_then_taken_from_the_queue(self):
        self.job()
        self.assertTrue(self.one())
        self.assertEqual(self.results(), {"results/0x1/a/b c.csv": b"DATA"})
        self.assertEqual(self.cloud.jobs, [])

    def test_a_job_stays_locked_while_the_work_goes_on(self):
        self.locks_last(0.9)
        self.job()
        self.assertTrue(self.one('sleep 1.6; cp "$1" "$2"'))
        self.assertGreaterEqual(self.cloud.renewed, 3)
        self.assertEqual(self.cloud.jobs, [])

    def test_a_job_that_fails_is_tried_three_times_and_laid_aside(self):
        self.locks_last(0.05)
        self.job()
        for _ in range(3):
            self.assertFalse(self.one('echo half > "$2"; exit 3'))
            time.sleep(0.1)
        self.assertFalse(self.one())
        self.assertEqual(self.results(), {})
        self.assertEqual(len(self.cloud.aside), 1)

    def test_who_dies_half_way_is_followed_by_another(self):
        self.locks_last(0.9)
        self.job()
        with self.code.queue("POST", self.known["JOBS"] + "/messages/head", b"") as answer:
            self.assertEqual(answer.status, 201)  # and no more is heard of him
        self.assertFalse(self.one())  # locked still
        time.sleep(1)
        self.assertTrue(self.one())
        self.assertEqual(self.results(), {"results/0x1/a/b c.csv": b"DATA"})

    def test_who_dies_after_the_result_leaves_one_result(self):
        self.job()
        self.cloud.blobs["results/0x1/a/b c.csv"] = ('"0x7"', b"before")
        self.assertTrue(self.one())
        self.assertEqual(self.results(), {"results/0x1/a/b c.csv": b"before"})
        self.assertEqual(self.cloud.jobs, [])

    def test_a_source_that_was_replaced_or_taken_away_has_no_job_any_more(self):
        self.job("0x0")
        self.assertTrue(self.one())
        del self.cloud.blobs["inbox/a/b c.csv"]
        self.job()
        self.assertTrue(self.one())
        self.assertEqual((self.results(), self.cloud.jobs), ({}, []))

    def test_a_store_that_refuses_is_a_job_to_be_tried_again(self):
        for method, store in (("GET", "inbox"), ("PUT", "results")):
            self.cloud.broken = {(method, store): 403}
            self.cloud.jobs = []
            self.job()
            self.assertFalse(self.one())
            self.assertEqual(len(self.cloud.jobs), 1)

    def test_a_message_that_is_no_job_is_left_for_the_dead_letters(self):
        self.cloud.jobs.append(Message(b"not JSON"))
        self.assertFalse(self.one())
        self.assertEqual(len(self.cloud.jobs), 1)

    def test_an_empty_queue_is_no_job(self):
        self.assertFalse(self.one())

    def test_names_are_read_from_lines(self):
        path = self.folder / "names"
        path.write_text("JOBS=https://q?a=b\nINBOX=i\n")
        self.assertEqual(self.code.names(path), {"JOBS": "https://q?a=b", "INBOX": "i"})


class Loop(Played):
    """From the data that arrives to the notification, with the three programs one after another."""

    def test_a_file_goes_round_once(self):
        self.cloud.blobs["inbox/a.csv"] = ('"0x1"', b"data")
        launcher, worker, archiver = load("launcher"), load("analysis"), load("archiver")
        worker.METADATA, worker.WAIT_SECONDS = self.cloud.url + "/token", 0
        with tempfile.TemporaryDirectory() as folder:
            run = pathlib.Path(folder) / "run"
            run.write_text('#!/bin/sh\nrev < "$1" > "$2"\n')
            run.chmod(0o700)
            launcher.handler(Event("inbox", "a.csv", '"0x1"'), None)
            launcher.handler(Event("inbox", "a.csv", '"0x1"'), None)  # the event came twice
            self.assertTrue(worker.one_job(self.known, str(run)))
            self.assertTrue(worker.one_job(self.known, str(run)))
        self.assertEqual(self.cloud.blobs["results/0x1/a.csv"][1].strip(), b"atad")
        archiver.handler(Event("results", "0x1/a.csv"), None)
        self.assertEqual(self.cloud.told, [{"result": "0x1/a.csv", "source": "a.csv"}])


if __name__ == "__main__":
    unittest.main()
