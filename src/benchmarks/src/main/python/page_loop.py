"""Create and poll as the vendor's page shows it: plain requests calls, no session.

Reads how often from each line of standard input, and prints what a pair took.
"""

import json
import resource
import sys

try:
    import requests
except ImportError:
    sys.exit("bench: the page's loop needs the Python package requests")

ADDRESS = sys.argv[1] + "/v2/video/generations"
HEADERS = {"Authorization": "Bearer any"}
REQUEST = {
    "model": "kling-video/v1/standard/image-to-video",
    "image_url": "https://images.example/harbour/1.jpeg",
    "prompt": "The fishing boats leave the harbour at dawn.",
    "duration": 5,
}


def create_and_poll():
    created = requests.post(ADDRESS, json=REQUEST, headers=HEADERS).json()
    poll = requests.get(ADDRESS, params={"generation_id": created["id"]}, headers=HEADERS)
    assert poll.json()["id"] == created["id"]


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


for line in sys.stdin:
    pairs = int(line)
    begin = cpu_seconds()
    for _ in range(pairs):
        create_and_poll()
    print(json.dumps({"cpuMicros": 1e6 * (cpu_seconds() - begin) / pairs}), flush=True)
