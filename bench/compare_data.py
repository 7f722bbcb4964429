"""Runs PrepareImages.java and prepare_images.py in turns, a process each, and prints a table in Markdown."""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile

import numpy as np
from PIL import Image

from machine import session

NAMES = {
    "decode": "decode",
    "resize": "resize the decoded image to 250 x 250",
    "course": "decode, augment to 224 x 224",
    "variants": "decode once, augment 8 times; per stored image",
}
parser = argparse.ArgumentParser()
parser.add_argument("classpath")
parser.add_argument("--images", metavar="PATH", help="a directory or a zip with JPEG files of your own; by default photographs are imitated")
parser.add_argument("--count", type=int, default=48, help="images")
parser.add_argument("--rounds", type=int, default=3, help="processes of each kind")
parser.add_argument("--passes", type=int, default=5, help="over the images, in each process")
parser.add_argument("--jdk-reader", action="store_true", help="measure without libturbojpeg")
options = parser.parse_args()

java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
# The collector that the services run with.
TENCROP = [java, "-Xmx512m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
           f"-Dtencrop.turbojpeg={str(not options.jdk_reader).lower()}", "-cp", options.classpath, "io.tencrop.bench.PrepareImages"]
PEER = [sys.executable, os.path.join(os.path.dirname(__file__), "prepare_images.py")]


def imitation(seed):
    """500 x 375: coloured noise whose amplitude falls with the frequency, as that of photographs does, and some edges."""
    random = np.random.default_rng(seed)
    height, width = 375, 500
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None, :])
    frequency[0, 0] = 1
    planes = []
    grey = np.fft.fft2(random.normal(size=(height, width)))
    for _ in range(3):
        own = np.fft.fft2(random.normal(size=(height, width)))
        plane = np.fft.ifft2((grey + 0.4 * own) / frequency ** 1.6).real
        planes.append((plane - plane.mean()) / plane.std() * 45 + random.uniform(90, 160))
    image = np.stack(planes, 2)
    for _ in range(6):
        top, left = random.integers(0, height - 60), random.integers(0, width - 80)
        image[top:top + random.integers(20, 160), left:left + random.integers(20, 220)] += random.uniform(-60, 60, 3)
    encoded = io.BytesIO()
    Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)).save(encoded, "JPEG", quality=85)
    return encoded.getvalue()


def images():
    if options.images is None:
        return [imitation(seed) for seed in range(options.count)]
    found = []
    if os.path.isdir(options.images):
        for parent, _, names in os.walk(options.images):
            found += [os.path.join(parent, name) for name in names]
        read = lambda path: open(path, "rb").read()
    else:
        archive = zipfile.ZipFile(options.images)
        found, read = archive.namelist(), archive.read
    found = sorted(name for name in found if name.lower().endswith((".jpg", ".jpeg")))
    chosen = found[::max(1, len(found) // options.count)][:options.count]
    return [read(name) for name in chosen]


def run(program, directory, warm_up):
    arguments = [directory, str(warm_up), str(options.passes)]
    output = subprocess.run(program + arguments, check=True, stdout=subprocess.PIPE, text=True,
                            env=os.environ | {"OMP_NUM_THREADS": "1"}).stdout
    return json.loads(output.splitlines()[-1])


with tempfile.TemporaryDirectory() as directory:
    files = images()
    for i, content in enumerate(files):
        with open(os.path.join(directory, f"{i:05d}.jpg"), "wb") as file:
            file.write(content)
    own, peer = [], []
    for _ in range(options.rounds):
        own.append(run(TENCROP, directory, 8))
        peer.append(run(PEER, directory, 1))

sizes = [Image.open(io.BytesIO(content)).size for content in files]
median_size = tuple(int(statistics.median(side)) for side in zip(*sizes))
print(session([own[0]['engine'], peer[0]['engine']]))
print(f"{len(files)} JPEG files ({options.images or 'imitated'}), {median_size[0]} x {median_size[1]} pixels and "
      f"{sum(map(len, files)) // len(files)} bytes in the middle; one thread each; {options.rounds} processes of each kind in turns, {options.passes} passes in each; "
      f"median (least-most) of the passes.\n")
print("| | Tencrop, images/s | torchvision with Pillow, images/s | times as fast |")
print("| --- | --- | --- | --- |")


def rate(micros):
    rates = [1e6 / value for value in micros]
    return statistics.median(rates), f"{statistics.median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})"


for key, name in NAMES.items():
    mine, mine_text = rate([value for result in own for value in result[key]])
    other, other_text = rate([value for result in peer for value in result[key]])
    print(f"| {name} | {mine_text} | {other_text} | {mine / other:.2f} |")
