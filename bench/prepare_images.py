"""The peer of PrepareImages.java: torchvision's transforms with Pillow, on one thread."""

import io
import json
import os
import platform
import sys
import time

import PIL
import torch
import torchvision
from PIL import Image, features
from torchvision import transforms
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

VARIANTS = 8

torch.set_num_threads(1)
torch.manual_seed(1)
directory, warm_up, passes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
files = []
for name in sorted(os.listdir(directory)):
    with open(os.path.join(directory, name), "rb") as file:
        files.append(file.read())

course = transforms.Compose([
    transforms.RandomResizedCrop(224, scale=(0.8, 1.0), ratio=(0.9, 1.1)),
    transforms.RandomHorizontalFlip(0.5),
    transforms.RandomRotation(10, interpolation=InterpolationMode.BILINEAR),
    transforms.ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2, hue=0.05),
])


def decode(file):
    """As torchvision.datasets.folder.pil_loader."""
    return Image.open(io.BytesIO(file)).convert("RGB")


def variants(file):
    image = decode(file)
    for _ in range(VARIANTS):
        course(image)


def measure(work, items, stored=1):
    micros = []
    for done in range(-warm_up, passes):
        begin = time.perf_counter()
        for item in items:
            work(item)
        if done >= 0:
            micros.append((time.perf_counter() - begin) * 1e6 / len(items) / stored)
    return micros


decoded = [decode(file) for file in files]
print(json.dumps({
    "decode": measure(decode, files),
    "resize": measure(lambda image: F.resize(image, [250, 250]), decoded),
    "course": measure(lambda file: course(decode(file)), files),
    "variants": measure(variants, files, VARIANTS),
    "engine": f"torchvision {torchvision.__version__}, Pillow {PIL.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}, "
              f"Python {platform.python_version()}",
}))
