"""Create and poll as the vendor's page shows it: plain requests calls, no session."""

import json
import resource
import sys

try:
    import requests
except ImportError:
    sys.exit(3)

ADDRESS = sys.argv[1] + "/v2/video/generations"
PAIRS = int(sys.argv[2])
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


for _ in range(20):
    create_and_poll()
begin = cpu_seconds()
for _ in range(PAIRS):
    create_and_poll()
print(json.dumps({"cpuMicros": 1e6 * (cpu_seconds() - begin) / PAIRS}))
