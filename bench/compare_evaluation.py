"""Runs EvaluateViews.java and evaluate_views.py in turns, a process each, and prints a table in Markdown."""

import argparse
import json
import os
import statistics
import subprocess
import sys

from machine import ENVIRONMENT, session, tencrop

# Stored images, crop, images, passes of a process, crops of a call of PyTorch that are fastest for it.
NETWORKS = {
    "lenet5": ("1x36x36", 32, 5_000, 3, 512),
    "resnet18:stem=cifar": ("3x36x36", 32, 120, 2, 64),
    "alexnet": ("3x256x256", 224, 60, 2, 128),
}
parser = argparse.ArgumentParser()
parser.add_argument("classpath")
parser.add_argument("state", help="directory for images, weights and logits")
parser.add_argument("--networks", nargs="+", default=list(NETWORKS), choices=list(NETWORKS), metavar="NETWORK",
                    help=f"of {', '.join(NETWORKS)}")
parser.add_argument("--models", type=int, default=3, help="networks of a kind that are asked in a pass")
parser.add_argument("--rounds", type=int, default=3, help="processes of each kind")
parser.add_argument("--images", type=int, help="of each network, instead of as many as take some seconds")
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()

TENCROP = "Tencrop"
PEERS = {
    "PyTorch, TenCrop as documented": "documented",
    "PyTorch, TenCrop of batches": "batched",
    "PyTorch, TenCrop of batches, channels last": "channels_last",
}


def output(program, variables):
    environment = os.environ | {"OMP_NUM_THREADS": str(options.threads)} | variables
    return json.loads(subprocess.run(program, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])


def peer(what, network, directory):
    shape, crop, images, passes, calls = NETWORKS[network]
    arguments = [what, network, shape, crop, options.threads, options.images or images, options.models, passes, calls, directory]
    script = os.path.join(os.path.dirname(__file__), "evaluate_views.py")
    return [sys.executable, script, *map(str, arguments)]


def own(network, directory):
    shape, crop, _, passes, _ = NETWORKS[network]
    return tencrop(options.classpath, "EvaluateViews") + [network, shape, str(crop), str(options.threads), str(passes), directory]


rows, engines = [], []
for network in options.networks:
    directory = os.path.join(options.state, network.replace(":", "-"))
    subprocess.run(peer("prepare", network, directory), check=True)
    results = {kind: [] for kind in (TENCROP, *PEERS)}
    differences = []
    for _ in range(options.rounds):
        for kind, passes in results.items():
            measured = output(own(network, directory), ENVIRONMENT) if kind == TENCROP else output(peer(PEERS[kind], network, directory), {})
            passes.append(statistics.median(measured["pass_s"]))
            if measured["engine"] not in engines:
                engines.append(measured["engine"])
            if kind != TENCROP:
                differences.append(output(peer("check", network, directory), {}))
    worst = max(differences, key=lambda found: found["difference"])
    if worst["difference"] > 1e-4 * max(1, worst["largest"]):
        sys.exit(f"{network}: logits differ by {worst['difference']} of up to {worst['largest']}")
    crops = 10 * options.models * (options.images or NETWORKS[network][2])
    base = statistics.median(results[TENCROP])
    for kind, values in results.items():
        median = statistics.median(values)
        rows.append(f"| {network} | {kind} | {median:.2f} ({min(values):.2f}-{max(values):.2f}) | {crops / median:.0f} | {median / base:.2f} "
                    f"| {worst['difference']:.0e} |")
        print(rows[-1], file=sys.stderr)

print(session(engines))
print(f"{options.models} networks of a kind, ten crops of each image, {options.threads} threads; {options.rounds} processes of each kind in turns; "
      "median (least-most) of the processes' median passes. Logits differ by at most what the last column says.\n")
print("| network | | pass, s | crops/s | pass / Tencrop's | difference |")
print("| --- | --- | --- | --- | --- | --- |")
print("\n".join(rows))
