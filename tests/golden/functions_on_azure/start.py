import json
import os


def handler(event, context):
    print(os.environ["JOBS"], json.loads(event.get_body())["subject"])
