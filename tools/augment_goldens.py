"""Writes what torchvision's transforms make of two small images, with given parameters, for AugmentationParityTest.

The backend is PIL. One safetensors file: the images, a result for each case, and in its metadata the cases as JSON, with the versions.
"""

import json
import sys

import numpy as np
import PIL
import torchvision
from PIL import Image
from safetensors.numpy import save_file
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F
from torchvision.transforms.autoaugment import _apply_op

HEIGHT, WIDTH = 30, 40
INTERPOLATION = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}


def color_image():
    """Gradients, shapes with hard edges, a flat part and noise, of the whole range of colours."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    image = np.stack([6 * x, 8 * y, 255 - 3 * x - 4 * y], axis=2)
    image[4:14, 5:15] = [230, 40, 60]
    image[18:26, 22:38] = [20, 90, 200]
    image[20:24, 3:9] = 128
    image += random.normal(0, 14, image.shape) * ((x > 15) & (x < 34))[..., None]
    return Image.fromarray(np.clip(image, 0, 255).astype(np.uint8), "RGB")


def grey_image():
    """Of few grey levels, none of them black or white."""
    random = np.random.default_rng(8)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    image = 70 + 2 * x + 30 * np.sin(y / 3) + random.normal(0, 6, x.shape)
    return Image.fromarray(np.clip(image, 30, 210).astype(np.uint8), "L")


def apply(image, operation, p):
    if operation == "rotate":
        return F.rotate(image, p["angle"], INTERPOLATION[p["interpolation"]], fill=p["fill"])
    if operation == "resizedCrop":
        return F.resized_crop(image, p["top"], p["left"], p["height"], p["width"], [p["size"]] * 2)
    if operation == "pad":
        padded = F.pad(image, p["padding"], padding_mode=p["mode"])
        return F.crop(padded, p["top"] + p["padding"], p["left"] + p["padding"], p["size"], p["size"])
    if operation == "brightness":
        return F.adjust_brightness(image, p["factor"])
    if operation == "contrast":
        return F.adjust_contrast(image, p["factor"])
    if operation == "saturation":
        return F.adjust_saturation(image, p["factor"])
    if operation == "hue":
        return F.adjust_hue(image, p["factor"])
    if operation == "grayscale":
        return F.rgb_to_grayscale(image, len(image.getbands()))
    if operation == "horizontalFlip":
        return F.hflip(image)
    if operation == "verticalFlip":
        return F.vflip(image)
    return _apply_op(image, operation, p["magnitude"], INTERPOLATION[p["interpolation"]], fill=[p["fill"]])


def cases():
    for interpolation in ("nearest", "bilinear"):
        for angle in (-10.0, 3.7, 45.0, 137.5):
            yield "rotate", {"angle": angle, "interpolation": interpolation, "fill": 0 if angle < 0 else 77}
        yield "ShearX", {"magnitude": 0.21, "interpolation": interpolation, "fill": 0}
        yield "ShearY", {"magnitude": -0.09, "interpolation": interpolation, "fill": 5}
        yield "TranslateX", {"magnitude": -5.4, "interpolation": interpolation, "fill": 0}
        yield "TranslateY", {"magnitude": 4.08, "interpolation": interpolation, "fill": 9}
    for top, left, height, width, size in ((3, 5, 20, 25, 32), (0, 0, 30, 40, 16), (10, 12, 7, 5, 24)):
        yield "resizedCrop", {"top": top, "left": left, "height": height, "width": width, "size": size}
    for mode in ("constant", "edge", "reflect", "symmetric"):
        yield "pad", {"padding": 6, "mode": mode, "top": -5, "left": 12, "size": 32}
    for operation in ("brightness", "contrast", "saturation"):
        for factor in (0.0, 0.63, 1.0, 1.38, 2.5):
            yield operation, {"factor": factor}
    for factor in (-0.5, -0.13, 0.0, 0.04, 0.31):
        yield "hue", {"factor": factor}
    for operation in ("grayscale", "horizontalFlip", "verticalFlip"):
        yield operation, {}
    for operation, magnitudes in (
        ("Brightness", (-0.27,)),
        ("Color", (0.9,)),
        ("Contrast", (0.27,)),
        ("Sharpness", (-0.9, -0.27, 0.9)),
        ("Posterize", (4.0, 7.0)),
        ("Solarize", (178.5, 0.0)),
        ("AutoContrast", (0.0,)),
        ("Equalize", (0.0,)),
    ):
        for magnitude in magnitudes:
            yield operation, {"magnitude": magnitude, "interpolation": "nearest", "fill": 0}


def pixels(image):
    array = np.asarray(image)
    return np.ascontiguousarray(array[..., None] if array.ndim == 2 else array)


def main(path):
    images = {"color": color_image(), "grey": grey_image()}
    tensors = {name: pixels(image) for name, image in images.items()}
    described = []
    for name, image in images.items():
        for operation, parameters in cases():
            key = f"{len(described):03d}"
            tensors[key] = pixels(apply(image, operation, parameters))
            described.append({"key": key, "image": name, "operation": operation, "parameters": parameters})
    metadata = {
        "cases": json.dumps(described),
        "torchvision": torchvision.__version__,
        "pillow": PIL.__version__,
    }
    save_file(tensors, path, metadata)
    print(f"{len(described)} cases in {path}: torchvision {torchvision.__version__}, Pillow {PIL.__version__}")


if __name__ == "__main__":
    main(sys.argv[1])
