"""Asks several networks about the ten crops of each image in PyTorch and prints how long a pass took, as EvaluateViews.java does.

Arguments: what, network, CxHxW of the stored images, crop, threads, images, networks, passes, crops of a call, directory; what is one of
  prepare        writes a shard of noise and the networks' weights
  documented     a Dataset of PIL images with torchvision's TenCrop, each crop through ToTensor and Normalize, as TenCrop's own
                 documentation has it, in a DataLoader; each batch is cropped once for all networks
  batched        torchvision's TenCrop on batches of uint8 tensors, then float and normalized
  channels_last  the same with model and crops in torch.channels_last
  check          compares the logits that both sides left
In a pass every network answers for every crop; images and weights are in memory before the clock runs. The first pass warms up.
"""

import json
import os
import shutil
import sys
import time

import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import nn
from torchvision import transforms

what, network, shape, crop, threads, count, networks, passes, crops_per_call, directory = sys.argv[1:]
channels, height, width = map(int, shape.split("x"))
crop, threads, count, networks, passes = int(crop), int(threads), int(count), int(networks), int(passes)
crops_per_call = int(crops_per_call)
torch.set_num_threads(threads)
CLASSES = 10
MEAN, STD = ([0.286], [0.353]) if channels == 1 else ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(channels, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, CLASSES)
        self.pool = nn.AvgPool2d(2)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x))).flatten(1)
        return self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x)))))


def build():
    if network == "lenet5":
        return LeNet5()
    name = network.split(":")[0]
    model = getattr(torchvision.models, name)(num_classes=CLASSES)
    if network.endswith("stem=cifar"):
        # The usual beginning for 32 px: 3x3, stride 1, no pooling.
        model.conv1 = nn.Conv2d(channels, 64, 3, padding=1, bias=False)
        model.maxpool = nn.Identity()
    return model


def file(name):
    return os.path.join(directory, name + ".safetensors")


def prepare():
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    torch.manual_seed(1)
    save_file({
        "images": torch.randint(0, 256, (count, height, width, channels), dtype=torch.uint8),
        "labels": torch.randint(0, CLASSES, (count,), dtype=torch.int32),
        "ids": torch.arange(count),
    }, file("shard"))
    for k in range(networks):
        model = build()
        # A pass over noise gives the running statistics of batch norms values of their own.
        model.train()
        with torch.no_grad():
            model(torch.randn(8, channels, crop, crop))
        save_file({name: value.contiguous() for name, value in model.state_dict().items() if value.is_floating_point()},
                  file(f"weights-{k}"))


def load():
    models = []
    for k in range(networks):
        model = build()
        model.load_state_dict(load_file(file(f"weights-{k}")), strict=False)
        models.append(model.eval())
    return models, load_file(file("shard"))["images"]


class Images(torch.utils.data.Dataset):
    def __init__(self, images):
        self.images = [transforms.functional.to_pil_image(image.permute(2, 0, 1)) for image in images]
        normalize = transforms.Compose([transforms.ToTensor(), transforms.Normalize(MEAN, STD)])
        self.transform = transforms.Compose([
            transforms.TenCrop(crop),
            transforms.Lambda(lambda crops: torch.stack([normalize(c) for c in crops])),
        ])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.transform(self.images[index])


def batches(images):
    """Crops, [images, 10, C, H, W], of as many images as make about one call."""
    size = max(1, crops_per_call // 10)
    if what == "documented":
        dataset = Images(images)
        return lambda: torch.utils.data.DataLoader(dataset, batch_size=size)
    ten_crop = transforms.TenCrop(crop)
    mean = torch.tensor(MEAN).view(1, -1, 1, 1)
    std = torch.tensor(STD).view(1, -1, 1, 1)
    stored = images.permute(0, 3, 1, 2)

    def run():
        for begin in range(0, len(stored), size):
            crops = torch.stack(ten_crop(stored[begin:begin + size]), 1)
            flat = crops.flatten(0, 1).float().div_(255).sub_(mean).div_(std)
            yield flat.view(crops.shape)
    return run


def measure():
    models, images = load()
    last = what == "channels_last"
    models = [model.to(memory_format=torch.channels_last) for model in models] if last else models
    crops = batches(images)

    def one_pass():
        logits = [[] for _ in models]
        for batch in crops():
            flat = batch.flatten(0, 1)
            flat = flat.contiguous(memory_format=torch.channels_last) if last else flat.contiguous()
            for model, answers in zip(models, logits):
                answers.append(model(flat).view(*batch.shape[:2], -1))
        return [torch.cat(answers) for answers in logits]

    measured = []
    with torch.inference_mode():
        logits = one_pass()
        for _ in range(passes):
            begin = time.perf_counter()
            logits = one_pass()
            measured.append(time.perf_counter() - begin)
    save_file({str(k): values for k, values in enumerate(logits)}, file("pytorch"))
    print(json.dumps({
        "pass_s": measured,
        "engine": f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, Python {sys.version.split()[0]}",
    }))


def check():
    peer = load_file(file("pytorch"))
    differences = [(load_file(file(f"logits-{k}"))["logits"] - peer[str(k)]).abs().max().item() for k in range(networks)]
    print(json.dumps({"difference": max(differences), "largest": max(value.abs().max().item() for value in peer.values())}))


{"prepare": prepare, "check": check}.get(what, measure)()
