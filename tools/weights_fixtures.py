"""Small weights files as PyTorch and safetensors write them, for vision's tests.

Element i of every tensor, in row-major order, is (i % 61 - 30) / 8: exact in all types used here.
"""

import argparse
import collections
import os
import sys
import warnings
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn


def values(*shape):
    count = torch.Size(shape).numel()
    return ((torch.arange(count) % 61 - 30) / 8).reshape(shape)


def network():
    return nn.Sequential(
        collections.OrderedDict(
            conv=nn.Conv2d(1, 2, 3), bn=nn.BatchNorm2d(2), fc=nn.Linear(3, 4)
        )
    )


def filled():
    model = network()
    model.load_state_dict(
        {
            name: tensor if tensor.dtype == torch.int64 else values(*tensor.shape)
            for name, tensor in model.state_dict().items()
        }
    )
    return model


class Command:
    """What an attacker would put into a file."""

    def __reduce__(self):
        return os.system, ("touch tencrop-was-here",)


def views():
    base = values(4, 6)
    return {
        "base": base,
        "transposed": base.t(),
        "row": base[2],
        "columns": base[:, 1:3],
        "channels_last": values(2, 3, 2, 2).to(memory_format=torch.channels_last),
        "expanded": values(2).expand(3, 2),
        "scalar": values(),
        "empty": values(0, 3),
    }


def types():
    return {
        "float": values(70),
        "double": values(70).double(),
        "half": values(70).half(),
        "bfloat16": values(70).bfloat16(),
        "subnormal_half": torch.tensor([2.0**-24, -(2.0**-14), 65504.0, float("inf")]).half(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")

    def save(name, content, **options):
        torch.save(content, directory / name, **options)

    model = filled()
    state = model.state_dict()
    save("plain.pth", state)
    save("protocol5.pth", state, pickle_protocol=5)
    save("legacy.pth", state, _use_new_zipfile_serialization=False)
    save("views.pth", views())
    save("legacy-views.pth", views(), _use_new_zipfile_serialization=False)
    save("types.pth", types())
    save("parameters.pth", {"weight": nn.Parameter(values(2, 2))})
    parallel = nn.DataParallel(filled())
    optimizer = torch.optim.SGD(parallel.parameters(), lr=0.1, momentum=0.9)
    sum(p.sum() for p in parallel.parameters()).backward()
    optimizer.step()
    parallel.module.load_state_dict(state)
    checkpoint = {
        "epoch": 3,
        "best": 0.5,
        "state_dict": parallel.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    save("checkpoint.pth", checkpoint)
    save("integers.pth", {"weight": torch.arange(4)})
    save("other-dict.pth", {"epoch": 3, "net": state})
    save("whole-model.pth", model)
    save("command.pth", {"weight": Command()})
    save("command-protocol5.pth", {"weight": Command()}, pickle_protocol=5)
    save("legacy-command.pth", Command(), _use_new_zipfile_serialization=False)
    torch.jit.script(nn.Linear(2, 2)).save(directory / "script.pt")
    save_file(types(), directory / "types.safetensors", metadata={"format": "pt"})
    save_file(
        {name: tensor.contiguous() for name, tensor in state.items()},
        directory / "plain.safetensors",
        metadata={"format": "pt"},
    )
    save_file({"weight": torch.arange(4)}, directory / "integers.safetensors")
    print(f"torch {torch.__version__}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
