"""Makes a job of each blob that arrives: one message on the queue, which names the blob and which of its contents.

Started by the event of the blob's creation, which waits in a queue of the function's own. The event may come twice and
the message too, so whoever works on a job must not mind doing it again. What goes wrong here is raised: the platform
then starts this code again.
"""
import json
import os
import urllib.parse
import urllib.request

SECONDS = 30


def token(audience):
    """As the app's own identity: the platform gives the address and the secret of whoever hands tokens out."""
    asked = urllib.parse.urlencode(
        {"api-version": "2019-08-01", "resource": audience, "client_id": os.environ["AZURE_CLIENT_ID"]}
    )
    ask = urllib.request.Request(
        os.environ["IDENTITY_ENDPOINT"] + "?" + asked, headers={"X-IDENTITY-HEADER": os.environ["IDENTITY_HEADER"]}
    )
    with urllib.request.urlopen(ask, timeout=SECONDS) as answer:
        return json.load(answer)["access_token"]


def send(message):
    """Raises what is not an answer of success."""
    ask = urllib.request.Request(
        os.environ["JOBS"] + "/messages",
        data=json.dumps(message, sort_keys=True).encode(),
        headers={
            "Authorization": "Bearer " + token("https://servicebus.azure.net"),
            "Content-Type": "application/json; charset=utf-8",
        },
    )
    urllib.request.urlopen(ask, timeout=SECONDS).close()


def handler(event, context):
    created = json.loads(event.get_body())
    _, found, blob = created["subject"].partition("/blobs/")
    if not found or not blob:
        raise ValueError("the subject names no blob: " + created["subject"])
    send({"blob": blob, "version": created["data"]["eTag"].strip('"')})
