"""Trains LeNet-5 in PyTorch eager mode and prints how long it took, as TrainLeNet5.java does.

Arguments: images, batch size, threads, epochs to warm up, epochs to measure, and how:
  tensors     the whole set normalized once, as float tensors in memory, batches by a random permutation
  fused       the same, with Adam(fused=True)
  dataloader  the same tensors behind a DataLoader that shuffles, the idiom of most scripts
"""

import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

images, batch_size, threads, warm_up, epochs = map(int, sys.argv[1:6])
how = sys.argv[6]
torch.set_num_threads(threads)
torch.manual_seed(1)

pixels = torch.randint(0, 256, (images, 1, 32, 32), dtype=torch.uint8)
x = (pixels.float() / 255 - 0.286) / 0.353
y = torch.randint(0, 10, (images,))

model = nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.ReLU(), nn.AvgPool2d(2),
    nn.Conv2d(6, 16, 5), nn.ReLU(), nn.AvgPool2d(2),
    nn.Flatten(),
    nn.Linear(400, 120), nn.ReLU(),
    nn.Linear(120, 84), nn.ReLU(),
    nn.Linear(84, 10),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True if how == "fused" else None)
loader = DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True)


def batches():
    if how == "dataloader":
        yield from loader
    else:
        for chosen in torch.randperm(images).split(batch_size):
            yield x[chosen], y[chosen]


def train_epoch(steps):
    begin = time.perf_counter()
    for inputs, labels in batches():
        optimizer.zero_grad()
        logits = model(inputs)
        loss = criterion(logits, labels)
        loss.backward()
        optimizer.step()
        loss.item()
        (logits.detach().argmax(1) == labels).sum().item()
        end = time.perf_counter()
        steps.append((end - begin) * 1e3)
        begin = end


for _ in range(warm_up):
    train_epoch([])
all_steps, seconds = [], []
for _ in range(epochs):
    steps = []
    train_epoch(steps)
    all_steps += steps
    seconds.append(sum(steps) / 1e3)
print(json.dumps({
    "step_ms": statistics.median(all_steps),
    "epoch_s": seconds,
    "engine": f"PyTorch {torch.__version__} eager, Python {sys.version.split()[0]}",
}))
