"""Runs TrainNetwork.java and train_network.py in turns, a process each, and prints tables in Markdown."""

import argparse
import json
import os
import statistics
import subprocess
import sys

from machine import ENVIRONMENT, session, tencrop

SHAPES = {
    "lenet5": ("1x32x32", 300),
    "vgg11:widthDivisor=4": ("1x224x224", 15),
    "resnet18:stem=cifar": ("3x32x32", 25),
    "alexnet": ("3x224x224", 20),
}
parser = argparse.ArgumentParser()
parser.add_argument("classpath")
parser.add_argument("--networks", nargs="+", default=list(SHAPES), choices=list(SHAPES), metavar="NETWORK",
                    help=f"of {', '.join(SHAPES)}")
parser.add_argument("--rounds", type=int, default=3, help="processes of each kind and setting")
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--precisions", nargs="+", default=["float32", "bfloat16"], choices=["float32", "bfloat16"])
options = parser.parse_args()

TENCROP = tencrop(options.classpath, "TrainNetwork")
PYTORCH = [sys.executable, os.path.join(os.path.dirname(__file__), "train_network.py")]
KINDS = {
    "float32": {
        "Tencrop": (TENCROP, ["float32"], ENVIRONMENT),
        "PyTorch": (PYTORCH, [], {}),
        "PyTorch, channels last": (PYTORCH, ["channels_last"], {}),
        "PyTorch, channels last, fused Adam": (PYTORCH, ["channels_last", "fused"], {}),
    },
    "bfloat16": {
        "Tencrop": (TENCROP, ["bfloat16"], ENVIRONMENT),
        "PyTorch autocast": (PYTORCH, ["bf16"], {}),
        "PyTorch autocast, channels last": (PYTORCH, ["bf16", "channels_last"], {}),
        "PyTorch autocast, channels last, fused Adam": (PYTORCH, ["bf16", "channels_last", "fused"], {}),
    },
}


def run(program, network, how, variables):
    shape, steps = SHAPES[network]
    arguments = [network, shape, str(options.batch), str(options.threads), str(steps)]
    environment = os.environ | {"OMP_NUM_THREADS": str(options.threads)} | variables
    output = subprocess.run(program + arguments + how, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


rows, engines, peaks = [], [], {}
for network in options.networks:
    known = run(PYTORCH, network, ["flops"], {})
    for key in ("peak_float32", "peak_bfloat16"):
        peaks[key] = max(peaks.get(key, 0), known[key])
    results = {(precision, kind): [] for precision in options.precisions for kind in KINDS[precision]}
    for _ in range(options.rounds):
        for (precision, kind), measured in results.items():
            program, how, variables = KINDS[precision][kind]
            measured.append(run(program, network, how, variables))
    medians = {}
    for key, measured in results.items():
        medians[key] = [statistics.median(result["step_ms"]) for result in measured]
        if measured[0]["engine"] not in engines:
            engines.append(measured[0]["engine"])
    for precision in options.precisions:
        own = statistics.median(medians[precision, "Tencrop"])
        for kind in KINDS[precision]:
            values = medians[precision, kind]
            median = statistics.median(values)
            share = known["flops"] / (median / 1e3) / known["peak_" + precision]
            rows.append(f"| {network} | {precision} | {kind} | {median:.2f} ({min(values):.2f}-{max(values):.2f}) "
                        f"| {median / own:.2f} | {share:.0%} |")
            print(rows[-1], file=sys.stderr)

print(session(engines))
print(f"Batch {options.batch}, {options.threads} threads; {options.rounds} processes of each kind in turns; median (least-most) of the "
      f"processes' median steps. Matrix-multiply peak: {peaks['peak_float32'] / 1e9:.0f} GFLOP/s in float32, "
      f"{peaks['peak_bfloat16'] / 1e9:.0f} in bfloat16.\n")
print("| network | precision | | step, ms | step / Tencrop's | of peak |")
print("| --- | --- | --- | --- | --- | --- |")
print("\n".join(rows))
