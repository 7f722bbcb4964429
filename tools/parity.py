"""Trains the cases of plan.json here (ParityExport.java) and in PyTorch's eager mode, and compares.

Both sides start from the same weights and see the same batches. Compared are the loss of each of 20 steps, the logits
of 8 test images after them, and, in both directions, the logits that one side computes with the weights that the
other trained. As a measure of what rounding alone does, PyTorch is also compared to itself with torch.channels_last.
"""

import argparse
import collections
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import weakref
from pathlib import Path

import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import nn
from torch.optim import lr_scheduler
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models.vgg import VGG, cfgs, make_layers

RESOURCES = Path(__file__).parent.parent / "vision/src/test/resources/parity"
STEPS = 20
STEPS_PER_EPOCH = 5

parser = argparse.ArgumentParser()
parser.add_argument("classpath")
parser.add_argument("cases", nargs="*", help="names of cases (default: all)")
parser.add_argument("--write-golden", action="store_true", help="write what vision's ParityTest expects")
parser.add_argument("--costs", action="store_true",
                    help="print what PyTorch counts for torchvision's models, as NetworkSummaryTest expects it")
parser.add_argument("--threads", type=int, default=1, help="of PyTorch")
arguments = parser.parse_intermixed_args()
torch.set_num_threads(arguments.threads)

java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
HERE = [java, "-Xmx6g", "-Dai.djl.offline=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-cp", arguments.classpath, "io.tencrop.vision.parity.ParityExport"]


def named(**layers):
    return nn.Sequential(collections.OrderedDict(layers))


class AlexNetD2l(nn.Module):
    """Section 8.1 of "Dive into Deep Learning"."""

    def __init__(self, channels, side, outputs):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, 96, 11, stride=4, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(96, 256, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 384, 3, padding=1), nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2))
        features = self.features(torch.zeros(1, channels, side, side)).numel()
        self.classifier = nn.Sequential(
            nn.Linear(features, 4096), nn.ReLU(), nn.Identity(),
            nn.Linear(4096, 4096), nn.ReLU(), nn.Identity(), nn.Linear(4096, outputs))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


def vgg(name, options, channels, outputs):
    divisor = int(options.get("widthDivisor", 1))
    widths = [width if width == "M" else width // divisor for width in cfgs[{"vgg11": "A", "vgg16": "D"}[name]]]
    model = VGG(make_layers(widths, batch_norm=options.get("batchNorm") == "true"), num_classes=outputs, dropout=0.0)
    if channels != 3:
        model.features[0] = nn.Conv2d(channels, widths[0], 3, padding=1)
    if divisor != 1:
        model.classifier[0] = nn.Linear(widths[-2] * 49, 4096)
    return model


def resnet(name, options, channels, outputs):
    model = getattr(torchvision.models, name)(num_classes=outputs)
    if options.get("stem") == "cifar":
        model.conv1 = nn.Conv2d(channels, 64, 3, padding=1, bias=False)
        model.maxpool = nn.Identity()
    return model


def vit(side, patch, width, depth, heads, ratio, outputs):
    return torchvision.models.VisionTransformer(
        image_size=side, patch_size=patch, num_layers=depth, num_heads=heads, hidden_dim=width,
        mlp_dim=ratio * width, num_classes=outputs)


def twin(case, outputs):
    """Torchvision's model where there is one, put together from its parts or by hand where there is none."""
    name, options, side, channels = case["architecture"], case.get("options", {}), case["side"], case["channels"]
    pixels = channels * side * side
    if name == "logistic":
        return named(flatten=nn.Flatten(), fc=nn.Linear(pixels, outputs))
    if name == "shallow":
        hidden = int(options["hidden"])
        return named(flatten=nn.Flatten(), fc1=nn.Linear(pixels, hidden), relu1=nn.ReLU(),
                     fc2=nn.Linear(hidden, outputs))
    if name == "lenet5":
        return named(conv1=nn.Conv2d(channels, 6, 5), relu1=nn.ReLU(), pool1=nn.AvgPool2d(2, 2),
                     conv2=nn.Conv2d(6, 16, 5), relu2=nn.ReLU(), pool2=nn.AvgPool2d(2, 2), flatten=nn.Flatten(),
                     fc1=nn.Linear(400, 120), relu3=nn.ReLU(), fc2=nn.Linear(120, 84), relu4=nn.ReLU(),
                     fc3=nn.Linear(84, outputs))
    if name == "alexnet":
        return torchvision.models.alexnet(num_classes=outputs, dropout=0.0)
    if name == "alexnet-d2l":
        return AlexNetD2l(channels, side, outputs)
    if name.startswith("vgg"):
        return vgg(name, options, channels, outputs)
    if name.startswith("resnet"):
        return resnet(name, options, channels, outputs)
    if name == "vit-b-16":
        return torchvision.models.vit_b_16(image_size=side, num_classes=outputs)
    sizes = {"patch": 4, "width": 192, "depth": 9, "heads": 12, "mlpRatio": 2}
    sizes |= {key: int(value) for key, value in options.items()}
    return vit(side, *sizes.values(), outputs)


def optimizer(model, training):
    parameters = list(model.parameters())
    decay = training.get("weightDecay", 0)
    if training.get("spareNormAndBias"):
        parameters = [{"params": [p for p in parameters if p.ndim > 1]},
                      {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0}]
    if training["optimizer"] == "sgd":
        return torch.optim.SGD(parameters, lr=training["learningRate"], momentum=training.get("momentum", 0),
                               dampening=training.get("dampening", 0), nesterov=training.get("nesterov", False),
                               weight_decay=decay)
    kind = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[training["optimizer"]]
    return kind(parameters, lr=training["learningRate"], eps=training.get("eps", 1e-8), weight_decay=decay)


def schedule(updater, training):
    """A scheduler that is stepped after each update."""
    settings = training.get("schedule")
    if settings is None:
        return None
    rate = training["learningRate"]
    if settings["type"] == "step":
        return lr_scheduler.StepLR(updater, settings["stepEpochs"] * STEPS_PER_EPOCH, settings["gamma"])
    if settings["type"] == "cosine":
        warm = round(settings.get("warmupEpochs", 0) * STEPS_PER_EPOCH)
        if warm == 0:
            return lr_scheduler.CosineAnnealingLR(updater, STEPS, eta_min=rate * settings["finalFactor"])
        return lr_scheduler.SequentialLR(updater, [
            lr_scheduler.LinearLR(updater, start_factor=1 / warm, total_iters=warm - 1),
            lr_scheduler.CosineAnnealingLR(updater, STEPS - warm, eta_min=rate * settings["finalFactor"])], [warm])
    return lr_scheduler.OneCycleLR(
        updater, rate, total_steps=STEPS, pct_start=settings["pctStart"], div_factor=settings["divFactor"],
        final_div_factor=settings["finalDivFactor"], anneal_strategy=settings["anneal"], cycle_momentum=False)


def normalized(images):
    return ((images.permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.25).contiguous()


def answers(model, images):
    model.eval()
    with torch.no_grad():
        return model(images)


def divergence(logits, targets, settings):
    """The teacher's part of the loss (Hinton et al. 2015); a lone logit stands for two, 0 and itself."""
    if logits.shape[1] == 1:
        logits = torch.cat([torch.zeros_like(logits), logits], 1)
    temperature = settings["temperature"]
    student = nn.functional.log_softmax(logits / temperature, 1)
    return temperature ** 2 * nn.functional.kl_div(student, targets, reduction="batchmean")


def mixed(batch, share):
    """torchvision.transforms.v2.MixUp with a given share, of images and of one-hot labels alike."""
    return share * batch + (1 - share) * batch.roll(1, 0)


def train(case, training, directory, memory_format, shares):
    """The losses, the logits before training, the trained model, the test images."""
    binary = training.get("binary", False)
    model = twin(case, 1 if binary else case["classes"])
    model.load_state_dict(load_file(directory / "initial.safetensors"))
    model.to(memory_format=memory_format)
    data, test = load_file(directory / "training.safetensors"), load_file(directory / "test.safetensors")
    order = load_file(directory / "order.safetensors")["order"].long().split(case["batch"])
    tests = normalized(test["images"])
    initial = answers(model, tests)
    updater = optimizer(model, training)
    scheduler = schedule(updater, training)
    average = None
    if "ema" in training:
        average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(training["ema"]), use_buffers=True)
    criterion = (nn.BCEWithLogitsLoss() if binary
                 else nn.CrossEntropyLoss(label_smoothing=training.get("labelSmoothing", 0)))
    taught = training.get("distillation")
    answered = load_file(directory / "teacher.safetensors")["probabilities"][0] if taught else None
    losses = []
    model.train()
    for step in range(STEPS):
        images, labels = normalized(data["images"][order[step]]), data["labels"][order[step]].long()
        targets = answered[order[step]] if taught else None
        if shares:
            images = mixed(images, shares[step])
            labels = mixed(nn.functional.one_hot(labels, case["classes"]).float(), shares[step])
            targets = mixed(targets, shares[step]) if taught else None
        logits = model(images)
        loss = criterion(logits.flatten(), labels.float()) if binary else criterion(logits, labels)
        if taught:
            loss = (1 - taught["weight"]) * loss + taught["weight"] * divergence(logits, targets, taught)
        updater.zero_grad()
        loss.backward()
        if "gradientClipNorm" in training:
            nn.utils.clip_grad_norm_(model.parameters(), training["gradientClipNorm"])
        updater.step()
        if scheduler is not None:
            scheduler.step()
        if average is not None:
            average.update_parameters(model)
        losses.append(loss.item())
    return losses, initial, average.module if average is not None else model, tests


def difference(a, b):
    """The largest difference of logits, in units of the largest logit, or of 1 if that is smaller."""
    return ((a - b).abs().max() / max(1.0, b.abs().max())).item()


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def compare(case, plan, directory):
    subprocess.run(HERE + ["train", case["name"], directory], check=True)
    here = json.loads((directory / "train.json").read_text())
    rows, golden = [], {}
    for name in case["trainings"]:
        training = plan["trainings"][name]
        losses, initial, model, tests = train(case, training, directory, torch.contiguous_format,
                                             here[name]["shares"])
        logits = answers(model, tests)
        losses_again, _, model_again, _ = train(case, training, directory, torch.channels_last, here[name]["shares"])
        again = [abs(a - b) / abs(b) for a, b in zip(losses_again, losses)]
        logits_again = difference(answers(model_again, tests), logits)
        save_file({key: value.contiguous() for key, value in model.state_dict().items()},
                  directory / f"{name}.pytorch.safetensors")
        model.load_state_dict(load_file(directory / f"{name}.here.safetensors"))
        taken = answers(model, tests)
        own = {key: torch.tensor(here[name][key]).reshape(logits.shape) for key in ("initialLogits", "logits")}
        relative = [abs(a - b) / abs(b) for a, b in zip(here[name]["losses"], losses)]
        rows.append({
            "training": name, "first": losses[0], "last": losses[-1], "loss": max(relative), "again": max(again), "logits_again": logits_again,
            "step": next((i + 1 for i, value in enumerate(relative) if value > 1e-4), None),
            "initial": difference(own["initialLogits"], initial), "trained": difference(own["logits"], logits),
            "given": difference(own["logits"], taken), "logits": logits})
        golden[name] = {"losses": [float(f"{loss:.9g}") for loss in losses], "initialLogits": numbers(initial),
                        "logits": numbers(logits), "lossesAgain": [float(f"{value:.3g}") for value in again],
                        "logitsAgain": float(f"{logits_again:.3g}")}
    subprocess.run(HERE + ["answer", case["name"], directory], check=True)
    there = json.loads((directory / "answer.json").read_text())
    for row in rows:
        logits = row.pop("logits")
        row["taken"] = difference(torch.tensor(there[row["training"]]).reshape(logits.shape), logits)
    return rows, golden


def kept(model, images):
    """Bytes of the distinct tensors that autograd keeps, parameters and buffers aside."""
    own = {tensor.untyped_storage().data_ptr() for tensor in [*model.parameters(), *model.buffers()]}
    seen = {}

    def pack(tensor):
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            seen[storage.data_ptr()] = storage
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        logits = model(images)
    total = sum(storage.nbytes() for storage in seen.values())
    return total, logits


class Live(TorchDispatchMode):
    """The most bytes that distinct tensors, parameters aside, take at the end of an operation."""

    def __init__(self, model):
        super().__init__()
        self.own = {tensor.data_ptr() for tensor in [*model.parameters(), *model.buffers()]}
        self.live, self.most = {}, 0

    def note(self, tensor):
        storage = tensor.untyped_storage()
        if tensor.data_ptr() not in self.own and storage._cdata not in self.live:
            self.live[storage._cdata] = storage.nbytes()
            weakref.finalize(storage, self.live.pop, storage._cdata, None)

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        result = operation(*args, **(kwargs or {}))
        for tensor in tree_leaves(result):
            if isinstance(tensor, torch.Tensor):
                self.note(tensor)
        self.most = max(self.most, sum(self.live.values()))
        return result


def live(model, images):
    with torch.no_grad(), Live(model.eval()) as mode:
        model(images)
    return mode.most


def costs():
    for name in ["alexnet", "vgg11", "vgg16", "resnet18", "resnet34", "resnet50", "vit_b_16"]:
        model, images = getattr(torchvision.models, name)().train(), torch.zeros(2, 3, 224, 224)
        with FlopCounterMode(display=False) as forward:
            model(images)
        with FlopCounterMode(display=False) as both:
            model(images).sum().backward()
        print(f"{name.replace('_', '-')}, {forward.get_total_flops()}, {both.get_total_flops()}, "
              f"{kept(model, images)[0]}, {live(model, images)}", flush=True)


def write_golden(case, outcomes):
    """A file for each case."""
    content = {"pytorch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0],
               "outcomes": outcomes}
    (RESOURCES / f"{case['name']}.json").write_text(json.dumps(content, indent=1) + "\n")


def main():
    plan = json.loads((RESOURCES / "plan.json").read_text())
    print(f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, {platform.machine()}, "
          f"{arguments.threads} threads\n")
    print("| network | training | loss, first and last | loss, largest relative difference (PyTorch to itself) "
          "| logits after 20 steps (PyTorch to itself) | same weights: initial | trained here | trained by PyTorch |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    worst = 0.0
    for case in plan["cases"]:
        if arguments.cases and case["name"] not in arguments.cases:
            continue
        if arguments.write_golden and not case.get("golden"):
            continue
        directory = Path(tempfile.mkdtemp(prefix="parity"))
        try:
            rows, golden = compare(case, plan, directory)
        finally:
            shutil.rmtree(directory)
        if arguments.write_golden:
            write_golden(case, golden)
        for row in rows:
            beyond = f", above 1e-4 from step {row['step']}" if row["step"] else ""
            print(f"| {case['name']} | {row['training']} | {row['first']:.4g} {row['last']:.4g} "
                  f"| {row['loss']:.1e} ({row['again']:.1e}){beyond} | {row['trained']:.1e} ({row['logits_again']:.1e}) "
                  f"| {row['initial']:.1e} | {row['given']:.1e} "
                  f"| {row['taken']:.1e} |", flush=True)
            worst = max(worst, row["initial"], row["given"], row["taken"])
    if worst > 1e-4:
        sys.exit("the same weights gave logits that differ by more than 1e-4")


costs() if arguments.costs else main()
