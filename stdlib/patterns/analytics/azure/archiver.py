"""Ends a job when its result is there: the source goes to the archive, and people are told.

Started by the event of the result's creation, which waits in a queue of the function's own. A result's name is
VERSION/NAME-OF-THE-SOURCE, so nothing has to be read to know what is done. Both steps may be done twice, the notification
is the last: what failed before is tried again when the platform starts this code again, and whoever listens may hear of a
result twice. The instance ends without this code: the scale set takes it away when no job is left.

The mark lies on the name, not on one content of it. The store's lifecycle looks once a day at what is a day old and more:
what took the place of the source in the meantime has its own job long before.
"""
import json
import os
import urllib.error
import urllib.parse
import urllib.request

SECONDS = 30
MARK = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b"<Tags><TagSet><Tag><Key>archive</Key><Value>true</Value></Tag></TagSet></Tags>"
)


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


def call(method, url, body, audience, **headers):
    """Raises what is not an answer of success."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Authorization"] = "Bearer " + token(audience)
    ask = urllib.request.Request(url, data=body, method=method, headers=headers)
    urllib.request.urlopen(ask, timeout=SECONDS).close()


def archive(blob):
    """The store's lifecycle moves what has this mark."""
    url = os.environ["INBOX"] + "/" + urllib.parse.quote(blob) + "?comp=tags"
    try:
        call("PUT", url, MARK, "https://storage.azure.com", x_ms_version="2023-11-03", Content_Type="application/xml")
    except urllib.error.HTTPError as error:
        if error.code != 404:  # somebody took it away: nothing is left to archive
            raise


def tell(message):
    call(
        "POST",
        os.environ["DONE"] + "/messages",
        json.dumps(message, sort_keys=True).encode(),
        "https://servicebus.azure.net",
        Content_Type="application/json; charset=utf-8",
    )


def handler(event, context):
    created = json.loads(event.get_body())
    _, _, result = created["subject"].partition("/blobs/")
    _, _, source = result.partition("/")
    if not source:
        raise ValueError("a result is VERSION/NAME, and this is not one: " + created["subject"])
    archive(source)
    tell({"result": result, "source": source})
