"""A platform of its own for a measurement, through its command line and its API."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Platform:
    """Started when it is entered, with variables in the services' environment; stopped when it is left."""

    def __init__(self, name, **environment):
        self.data = os.path.join(ROOT, "bench", "target", name)
        self.environment = os.environ | environment
        self.gateway = None

    def command(self, *arguments):
        run = subprocess.run([os.path.join(ROOT, "tencrop"), *arguments], env=self.environment, stdout=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise SystemExit(f"tencrop {' '.join(arguments)} failed:\n{run.stdout}")
        return run.stdout

    def __enter__(self):
        subprocess.run(["rm", "-rf", self.data], check=True)
        self.command("up", "--detach", "--data", self.data, "--port", "8099", "--trainers", "1")
        self.gateway = "http://127.0.0.1:8099"
        return self

    def __exit__(self, *exception):
        self.command("down", "--data", self.data)

    def call(self, method, path, body=None, media="application/json"):
        request = urllib.request.Request(self.gateway + "/api/v1" + path, method=method, data=body, headers={"Content-Type": media} if body else {})
        try:
            with urllib.request.urlopen(request) as answer:
                content = answer.read()
                return json.loads(content) if content else None
        except urllib.error.HTTPError as e:
            raise SystemExit(f"{method} {path}: {e.code} {e.read().decode()}")

    def add_photos(self, path):
        source = {"type": "image-folder", "uri": "file://" + os.path.abspath(path)}
        self.call("POST", "/datasets", json.dumps({"name": "photos", "source": source}).encode())

    def submit(self, spec):
        return self.call("POST", "/experiments", spec.encode(), "application/yaml")["id"]

    def wait(self, experiment, done):
        """Until done(view); fails when the experiment does."""
        while True:
            view = self.call("GET", f"/experiments/{experiment}")
            if view["state"] == "FAILED":
                raise SystemExit(f"the experiment failed: {view['reason']}")
            if done(view):
                return view
            time.sleep(0.5)


def course(name, seed, variants, epochs, precision="float32"):
    """The course's AlexNet on augmented cats and dogs."""
    return f"""
name: {name}
dataset: photos
preparation:
  resize: 224
  split: {{train: 0.8, validation: 0.1, test: 0.1, seed: 42}}
  augment:
    variants: {variants}
    seed: {seed}
    operations:
      - randomResizedCrop: {{size: 224, scale: [0.8, 1], ratio: [0.9, 1.1]}}
      - rotation: {{degrees: 10, interpolation: bilinear}}
      - colorJitter: {{brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05}}
  normalize: {{mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}}
runs:
  - architecture: alexnet
    seeds: [1]
    optimizer: {{type: adam, learningRate: 0.0001}}
    loss: binaryCrossEntropy
    batchSize: 32
    precision: {precision}
    epochs: {epochs}
    threads: {os.cpu_count()}
    augment:
      - horizontalFlip: {{p: 0.5}}
evaluation:
  checkpoints: last
"""
