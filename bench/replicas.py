"""Prepares a class folder of photographs with one and with two replicas of the dataset service, each within the same part of a core.

Arguments: the directory or archive, rounds (default 3), variants (default 4), cores of each replica (default 0.4). Broker, database and object store
run beside them and take about half as much, so two cores have room for two replicas only of less than a whole core. Needs Linux, and root for the
limit, which is a control group's. The first preparation, which reads the source, is not counted, nor the first of a new process, which compiles.
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
variants = int(sys.argv[3]) if len(sys.argv) > 3 else 4
cores = float(sys.argv[4]) if len(sys.argv) > 4 else 0.4
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


def limit(pid):
    """Puts a process into a control group of its own that has its part of a core."""
    period = 20000
    quota = str(int(cores * period))
    old = os.path.isdir("/sys/fs/cgroup/cpu")
    group = f"/sys/fs/cgroup/{'cpu/' if old else ''}tencrop-replica-{pid}"
    settings = {"cpu.cfs_period_us": str(period), "cpu.cfs_quota_us": quota} if old else {"cpu.max": f"{quota} {period}"}
    try:
        os.mkdir(group)
        for name, value in (settings | {"cgroup.procs": str(pid)}).items():
            with open(os.path.join(group, name), "w") as file:
                file.write(value)
    except OSError as e:
        raise SystemExit(f"no control group can be made: {e}. Run this as root, outside of a container.")
    return group


def second_replica(first, data):
    with open(f"/proc/{first}/cmdline", "rb") as file:
        command = file.read().decode().split("\0")[:-1]
    with open(f"/proc/{first}/environ", "rb") as file:
        environment = dict(pair.split("=", 1) for pair in file.read().decode().split("\0") if "=" in pair)
    environment |= {"QUARKUS_HTTP_PORT": str(SECOND_PORT), "TENCROP_DATASET_WORK_DIR": os.path.join(data, "second-replica")}
    with open(os.path.join(data, "second-replica.log"), "ab") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
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


groups = []
with Platform("replicas", TENCROP_DATASET_THREADS="1") as platform:
    platform.add_photos(photos)
    first = process(platform.data)
    groups.append(limit(first))
    seeds = iter(range(1, 1000))
    prepare(platform, next(seeds))
    times = {1: [], 2: []}
    for _ in range(rounds):
        times[1].append(prepare(platform, next(seeds)))
        second = second_replica(first, platform.data)
        groups.append(limit(second.pid))
        try:
            prepare(platform, next(seeds))  # a new process compiles what it runs
            times[2].append(prepare(platform, next(seeds)))
        finally:
            second.terminate()
            second.wait()

for group in groups:
    os.rmdir(group)
print(f"| replicas of {cores} cores | seconds to prepare |")
print("| --- | --- |")
for replicas, seconds in times.items():
    print(f"| {replicas} | {statistics.median(seconds):.1f} ({min(seconds):.1f}-{max(seconds):.1f}) |")
print(f"\nTwo are {statistics.median(times[1]) / statistics.median(times[2]):.2f} times as fast as one.")
