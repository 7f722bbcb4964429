"""Runs TrainLeNet5.java and train_lenet5.py in turns, a process each, and prints a table in Markdown."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys

parser = argparse.ArgumentParser()
parser.add_argument("classpath")
parser.add_argument("--rounds", type=int, default=5, help="processes of each kind and setting")
parser.add_argument("--images", type=int, default=12_800)
parser.add_argument("--batches", type=int, nargs="+", default=[32, 128])
parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
parser.add_argument("--warm-up", type=int, default=1, help="epochs")
parser.add_argument("--epochs", type=int, default=3, help="measured in each process")
options = parser.parse_args()

java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
TENCROP = [java, "-Xmx512m", "-Dai.djl.offline=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
           "-cp", options.classpath, "io.tencrop.bench.TrainLeNet5"]
PYTORCH = [sys.executable, os.path.join(os.path.dirname(__file__), "train_lenet5.py")]
KINDS = {
    "Tencrop": (TENCROP, []),
    "PyTorch": (PYTORCH, ["tensors"]),
    "PyTorch, fused Adam": (PYTORCH, ["fused"]),
    "PyTorch, DataLoader": (PYTORCH, ["dataloader"]),
}


def run(kind, batch, threads):
    program, how = KINDS[kind]
    numbers = [options.images, batch, threads, options.warm_up, options.epochs]
    environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
    output = subprocess.run(program + [str(n) for n in numbers] + how, env=environment, check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def cell(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


rows, engines = [], []
for threads in options.threads:
    for batch in options.batches:
        results = {kind: [] for kind in KINDS}
        for _ in range(options.rounds):
            for kind in KINDS:
                results[kind].append(run(kind, batch, threads))
        own = statistics.median(result["step_ms"] for result in results["Tencrop"])
        for kind, measured in results.items():
            steps = [result["step_ms"] for result in measured]
            epochs = [seconds for result in measured for seconds in result["epoch_s"]]
            rows.append(f"| {threads} | {batch} | {kind} | {cell(steps)} | {cell(epochs)} | {statistics.median(steps) / own:.2f} |")
            if measured[0]["engine"] not in engines:
                engines.append(measured[0]["engine"])

print(f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {'; '.join(engines)}.")
print(f"{options.rounds} processes of each kind in turns, {options.epochs} epochs of {options.images} images in each after "
      f"{options.warm_up} to warm up; median (least-most) of the processes' median steps, and of the epochs.\n")
print("| threads | batch | | step, ms | epoch, s | step / Tencrop's |")
print("| --- | --- | --- | --- | --- | --- |")
print("\n".join(rows))
