"""What torch.optim.swa_utils makes of three weights of airbench and 40 images: the running statistics of its batch
norms after AveragedModel and update_bn, and the logits of four images then. BatchNormUpdateTest makes the same weights
and images."""

import collections
import sys
import zlib

import numpy
import torch
from safetensors.torch import save_file
from torch import nn
from torch.optim.swa_utils import AveragedModel, update_bn

CLASSES, SIDE, IMAGES, BATCH, MODELS, TESTED = 5, 32, 40, 16, 3, 4


def scrambled(start, count):
    """32 bits each."""
    x = (start + numpy.arange(count, dtype=numpy.uint64) * 2654435761) & 0xFFFFFFFF
    x ^= x >> numpy.uint64(15)
    x = (x * 2246822519) & 0xFFFFFFFF
    return x ^ (x >> numpy.uint64(13))


def values(name, shape, model):
    """Around 0 in [-1, 1) for a start, then as such a tensor may be."""
    count = int(numpy.prod(shape))
    x = scrambled(zlib.crc32(name.encode()) + 7919 * model, count) / 2**31 - 1
    if len(shape) > 1:
        x = x * numpy.sqrt(3 / (count // shape[0]))
    elif name.endswith("running_var") or (name.endswith("weight")):
        x = 1 + 0.5 * x
    return torch.tensor(x.astype(numpy.float32)).reshape(shape)


class Scale(nn.Module):
    def forward(self, x):
        return x / 9


def block(inputs, width):
    return nn.Sequential(collections.OrderedDict(
        conv1=nn.Conv2d(inputs, width, 3, padding=1, bias=False), pool=nn.MaxPool2d(2), norm1=nn.BatchNorm2d(width),
        gelu1=nn.GELU(), conv2=nn.Conv2d(width, width, 3, padding=1, bias=False), norm2=nn.BatchNorm2d(width),
        gelu2=nn.GELU()))


def airbench():
    return nn.Sequential(collections.OrderedDict(
        whiten=nn.Conv2d(3, 24, 2), gelu=nn.GELU(), group1=block(24, 64), group2=block(64, 256),
        group3=block(256, 256), pool=nn.MaxPool2d(3), flatten=nn.Flatten(), head=nn.Linear(256, CLASSES),
        scale=Scale()))


def images():
    """The later in five, the brighter: [N, C, H, W]."""
    pixels = [(scrambled(i, SIDE * SIDE * 3) >> numpy.uint64(24)) * (1 + i % 5) // 5 for i in range(IMAGES)]
    stored = torch.tensor(numpy.array(pixels, dtype=numpy.float32)).reshape(IMAGES, SIDE, SIDE, 3)
    return ((stored / 255 - 0.5) / 0.25).permute(0, 3, 1, 2).contiguous()


def main():
    torch.set_num_threads(1)
    model, averaged = airbench(), None
    for number in range(MODELS):
        model.load_state_dict({name: tensor if name.endswith("num_batches_tracked") else values(name, tensor.shape, number)
                               for name, tensor in model.state_dict().items()})
        averaged = averaged or AveragedModel(model)
        averaged.update_parameters(model)
    shown = images()
    order = torch.arange(IMAGES) * 7 % IMAGES
    update_bn([shown[batch] for batch in order.split(BATCH)], averaged)
    averaged.eval()
    with torch.no_grad():
        logits = averaged(shown[:TESTED])
    golden = {name: tensor for name, tensor in averaged.module.state_dict().items() if "running" in name}
    save_file({"logits": logits, **golden}, sys.argv[1], {"pytorch": torch.__version__.split("+")[0]})


main()
