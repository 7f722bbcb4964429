"""Trains a network in PyTorch eager mode and prints how long each step took, as TrainNetwork.java does.

Arguments: network, CxHxW, batch size, threads, steps, and any of:
  bf16           forward and loss under torch.autocast("cpu", dtype=torch.bfloat16)
  channels_last  model and images in torch.channels_last
  fused          Adam(fused=True)
The images lie in memory as normalized float tensors before the clock runs. With "flops" it prints instead the floating-point
operations of a step as torch.utils.flop_counter counts them, and the machine's matrix-multiply peak; with "profile" which operations
the steps' time goes to.
"""

import json
import sys
import time

import torch
from torch import nn

network, shape, batch_size, threads, steps = sys.argv[1:6]
how = sys.argv[6:]
channels, height, width = map(int, shape.split("x"))
batch_size, threads, steps = int(batch_size), int(threads), int(steps)
torch.set_num_threads(threads)
torch.manual_seed(1)
CLASSES = 10
BATCHES = 8


def lenet5():
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(),
        nn.Linear(120, 84), nn.ReLU(),
        nn.Linear(84, CLASSES),
    )


def vgg11_quarter():
    """The VGG-11 of "Dive into Deep Learning" with its ratio of 4."""
    layers, inputs = [], channels
    for convolutions, width in (1, 16), (1, 32), (2, 64), (2, 128), (2, 128):
        for _ in range(convolutions):
            layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.ReLU()]
            inputs = width
        layers.append(nn.MaxPool2d(2, 2))
    return nn.Sequential(
        *layers, nn.Flatten(),
        nn.Linear(inputs * 7 * 7, 4096), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(4096, CLASSES),
    )


def resnet18_cifar():
    """torchvision's ResNet-18 with the usual beginning for 32 px: 3x3, stride 1, no pooling."""
    import torchvision
    model = torchvision.models.resnet18(num_classes=CLASSES)
    model.conv1 = nn.Conv2d(channels, 64, 3, padding=1, bias=False)
    model.maxpool = nn.Identity()
    return model


def torchvision_model():
    import torchvision
    return getattr(torchvision.models, network)(num_classes=CLASSES)


model = {
    "lenet5": lenet5,
    "vgg11:widthDivisor=4": vgg11_quarter,
    "resnet18:stem=cifar": resnet18_cifar,
}.get(network, torchvision_model)()
x = torch.rand(BATCHES * batch_size, channels, height, width).sub_(0.5).div_(0.25)
y = torch.randint(0, CLASSES, (BATCHES * batch_size,))
if "channels_last" in how:
    model = model.to(memory_format=torch.channels_last)
    x = x.contiguous(memory_format=torch.channels_last)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True if "fused" in how else None)
model.train()


def step(chosen):
    inputs, labels = x[chosen], y[chosen]
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled="bf16" in how):
        logits = model(inputs)
        loss = criterion(logits, labels)
    loss.backward()
    optimizer.step()
    loss.item()
    (logits.detach().argmax(1) == labels).sum().item()


def permutations():
    while True:
        yield from torch.randperm(len(x)).split(batch_size)


def matmul_peak(dtype):
    """Best of several products of 4096 x 4096, in floating-point operations a second."""
    n, best = 4096, 0
    a, b = torch.rand(n, n).to(dtype), torch.rand(n, n).to(dtype)
    for _ in range(6):
        begin = time.perf_counter()
        torch.mm(a, b)
        best = max(best, 2 * n**3 / (time.perf_counter() - begin))
    return best


batches = permutations()
if "flops" in how:
    from torch.utils.flop_counter import FlopCounterMode
    with FlopCounterMode(display=False) as counter:
        step(next(batches))
    print(json.dumps({
        "flops": counter.get_total_flops(),
        "peak_float32": matmul_peak(torch.float32),
        "peak_bfloat16": matmul_peak(torch.bfloat16),
    }))
    sys.exit()
for _ in range(min(10, steps)):
    step(next(batches))
if "profile" in how:
    with torch.profiler.profile() as profile:
        for _ in range(steps):
            step(next(batches))
    print(profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=12, max_name_column_width=40))
    sys.exit()
measured = []
for _ in range(steps):
    chosen = next(batches)
    begin = time.perf_counter()
    step(chosen)
    measured.append((time.perf_counter() - begin) * 1e3)
print(json.dumps({
    "step_ms": measured,
    "engine": f"PyTorch {torch.__version__} eager, Python {sys.version.split()[0]}",
}))
