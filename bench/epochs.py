"""Trains the course's AlexNet on augmented cats and dogs, in Tencrop from the archive to the last weights and in PyTorch as the course's script does.

Arguments: class folder (zip), epochs (default 8, as many as there are variants). PyTorch: ImageFolder, a DataLoader with two workers that decode and
augment each image in each epoch, Adam, BCEWithLogitsLoss, all cores; the time begins with the first epoch, imports and unpacking are not in it.
Tencrop, in float32 and in bfloat16: from the submission to the end of training, so reading the source, preparing all variants, segments and checkpoints are in it;
PyTorch keeps no checkpoint, and neither side tests.
"""

import datetime
import os
import statistics
import sys
import tempfile
import time
import zipfile

import PIL
import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader, Subset, random_split
from torchvision import transforms
from torchvision.transforms import InterpolationMode

from platform_under_test import Platform, course

photos = sys.argv[1]
epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 8
WORKERS = 2
NORMALIZE = [transforms.ToTensor(), transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])]


def tencrop(precision):
    """Seconds until the data was prepared and until training had ended, and the accuracy on validation after the last epoch."""
    with Platform("epochs") as platform:
        platform.add_photos(photos)
        begin = time.perf_counter()
        experiment = platform.submit(course("epochs", 1, epochs, epochs, precision))
        platform.wait(experiment, lambda view: view.get("prepared"))
        prepared = time.perf_counter() - begin
        view = platform.wait(experiment, lambda view: all(run["state"] in ("EVALUATING", "COMPLETED") for run in view["runs"]))
        seconds = time.perf_counter() - begin
        last = platform.call("GET", f"/runs/{view['runs'][0]['id']}/metrics")["epochs"][-1]
        return prepared, seconds, last["validationAccuracy"]


def folders(directory):
    """The directory that has the classes' directories."""
    while len(os.listdir(directory)) == 1:
        directory = os.path.join(directory, os.listdir(directory)[0])
    return directory


def pytorch(directory):
    """Seconds of each epoch, with its validation, and the accuracy there after the last."""
    torch.manual_seed(1)
    augmented = torchvision.datasets.ImageFolder(directory, transforms.Compose([
        transforms.RandomResizedCrop(224, scale=(0.8, 1.0), ratio=(0.9, 1.1)),
        transforms.RandomHorizontalFlip(0.5),
        transforms.RandomRotation(10, interpolation=InterpolationMode.BILINEAR),
        transforms.ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2, hue=0.05),
        *NORMALIZE]))
    plain = torchvision.datasets.ImageFolder(directory, transforms.Compose([transforms.Resize((224, 224)), *NORMALIZE]))
    train, validation, _ = random_split(augmented, [0.8, 0.1, 0.1], generator=torch.Generator().manual_seed(42))
    training = DataLoader(train, batch_size=32, shuffle=True, num_workers=WORKERS)
    testing = DataLoader(Subset(plain, validation.indices), batch_size=32, num_workers=WORKERS)
    model = torchvision.models.alexnet(num_classes=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    loss_of = nn.BCEWithLogitsLoss()
    seconds = []
    for _ in range(epochs):
        begin = time.perf_counter()
        model.train()
        for images, labels in training:
            loss = loss_of(model(images).squeeze(1), labels.float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()
        model.eval()
        with torch.no_grad():
            right = sum(((model(images).squeeze(1) > 0) == labels.bool()).sum().item() for images, labels in testing)
        seconds.append(time.perf_counter() - begin)
        print(f"PyTorch: epoch of {seconds[-1]:.1f} s, {right} of {len(validation)} right", file=sys.stderr)
    return seconds, right / len(validation)


runs = {precision: tencrop(precision) for precision in ("float32", "bfloat16")}
for precision, (prepared, ended, _) in runs.items():
    print(f"Tencrop, {precision}: prepared after {prepared:.1f} s, trained after {ended:.1f} s", file=sys.stderr)
with tempfile.TemporaryDirectory() as unpacked:
    zipfile.ZipFile(photos).extractall(unpacked)
    peer, peer_accuracy = pytorch(folders(unpacked))

print(f"{datetime.date.today()}: {os.cpu_count()} cores, {epochs} epochs; PyTorch {torch.__version__}, torchvision {torchvision.__version__}, Pillow {PIL.__version__}, {WORKERS} loader workers.\n")
print("| | seconds in all | of it preparing | an epoch | times as fast | validation accuracy at the end |")
print("| --- | --- | --- | --- | --- | --- |")
for precision, (prepared, ended, accuracy) in runs.items():
    print(f"| Tencrop, {precision}, from the archive, {epochs} variants | {ended:.1f} | {prepared:.1f} | {(ended - prepared) / epochs:.1f} | {sum(peer) / ended:.2f} | {accuracy:.3f} |")
print(f"| PyTorch, float32 | {sum(peer):.1f} | | {statistics.median(peer):.1f} ({min(peer):.1f}-{max(peer):.1f}) | 1.00 | {peer_accuracy:.3f} |")
