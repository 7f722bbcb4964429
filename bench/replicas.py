"""Prepares a class folder of photographs with one and with two replicas of the dataset service, each on a core of its own.

Arguments: the directory or archive, rounds (default 3), variants (default 8). Needs Linux (the second replica is a copy of the first one's
process) and two cores. The first round, which reads the source, is not counted.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

from platform_under_test import Platform, course

photos = sys.argv[1]
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
variants = int(sys.argv[3]) if len(sys.argv) > 3 else 8
SECOND_PORT = 8098


def process(data):
    """Id of the dataset service's process of this platform."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                command = file.read()
            with open(f"/proc/{pid}/environ", "rb") as file:
                environment = file.read()
        except OSError:
            continue
        if b"dataset-service" in command and os.path.join(data, "").encode() in environment:
            return int(pid)
    raise SystemExit("the dataset service is not running")


def pin(pid, core):
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), {core})


def second_replica(first, data):
    with open(f"/proc/{first}/cmdline", "rb") as file:
        command = file.read().decode().split("\0")[:-1]
    with open(f"/proc/{first}/environ", "rb") as file:
        environment = dict(pair.split("=", 1) for pair in file.read().decode().split("\0") if "=" in pair)
    environment |= {"QUARKUS_HTTP_PORT": str(SECOND_PORT), "TENCROP_DATASET_WORK_DIR": os.path.join(data, "second-replica")}
    with open(os.path.join(data, "second-replica.log"), "ab") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log, preexec_fn=lambda: os.sched_setaffinity(0, {1}))
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{SECOND_PORT}/q/health/ready").close()
            return started
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit("the second replica does not become ready")


def prepare(platform, seed):
    begin = time.perf_counter()
    experiment = platform.submit(course(f"replicas-{seed}", seed, variants, 1))
    platform.wait(experiment, lambda view: view.get("prepared"))
    seconds = time.perf_counter() - begin
    platform.call("POST", f"/experiments/{experiment}/cancel")
    platform.wait(experiment, lambda view: view["state"] in ("CANCELLED", "COMPLETED"))
    return seconds


with Platform("replicas", TENCROP_DATASET_THREADS="1", TENCROP_DATASET_SHARD_WORKERS="1") as platform:
    platform.add_photos(photos)
    first = process(platform.data)
    pin(first, 0)
    seeds = iter(range(1, 1000))
    prepare(platform, next(seeds))
    times = {1: [], 2: []}
    for _ in range(rounds):
        times[1].append(prepare(platform, next(seeds)))
        second = second_replica(first, platform.data)
        try:
            prepare(platform, next(seeds))  # a new process compiles what it runs
            times[2].append(prepare(platform, next(seeds)))
        finally:
            second.terminate()
            second.wait()

print("| replicas, one thread each | seconds to prepare |")
print("| --- | --- |")
for replicas, seconds in times.items():
    print(f"| {replicas} | {statistics.median(seconds):.1f} ({min(seconds):.1f}-{max(seconds):.1f}) |")
print(f"\nTwo are {statistics.median(times[1]) / statistics.median(times[2]):.2f} times as fast as one.")
