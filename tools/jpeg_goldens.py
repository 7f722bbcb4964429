"""Writes small JPEG files, and the SHA-256 of what Pillow decodes them to, for JpegParityTest.

One safetensors file: a U8 tensor of each file's bytes, and by the same name in the metadata the digest of its uint8 pixels (rows from the top,
channels last), with the versions; of some also what its draft mode makes of them, by name/reduction.
"""

import hashlib
import io
import sys

import numpy as np
import PIL
from PIL import Image, ImageCms, features
from safetensors.numpy import save_file

HEIGHT, WIDTH = 47, 61
REDUCED = ("444", "422", "420", "420-progressive", "grey")


def photo():
    """Waves, hard edges and noise; its sides are no multiples of what JPEG codes at once."""
    random = np.random.default_rng(3)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    image = np.stack([128 + 100 * np.sin(x / 9) + 20 * np.sin(y / 3), 128 + 90 * np.cos(y / 7), 255 * ((x // 13 + y // 11) % 2)], 2)
    return Image.fromarray(np.clip(image + random.normal(0, 12, image.shape), 0, 255).astype(np.uint8))


def files():
    image = photo()
    for subsampling in ("4:4:4", "4:2:2", "4:2:0", "4:1:1"):
        name = subsampling.replace(":", "")
        yield name, image, {"subsampling": subsampling}
        yield f"{name}-progressive", image, {"subsampling": subsampling, "progressive": True, "quality": 40}
    yield "grey", image.convert("L"), {}
    yield "rgb", image, {"keep_rgb": True}
    yield "restart", image, {"restart_marker_rows": 1}
    yield "optimized", image, {"optimize": True, "quality": 98}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "icc", image, {"icc_profile": profile}
    yield "pixel", image.crop((7, 7, 8, 8)), {}


def main(path):
    tensors, metadata = {}, {"pillow": PIL.__version__, "libjpeg-turbo": features.version("libjpeg_turbo")}
    for name, image, options in files():
        encoded = io.BytesIO()
        image.save(encoded, "JPEG", **options)
        tensors[name] = np.frombuffer(encoded.getvalue(), np.uint8)
        decoded = np.asarray(Image.open(io.BytesIO(encoded.getvalue())))
        metadata[name] = hashlib.sha256(decoded.tobytes()).hexdigest()
        for reduction in (2, 4, 8) if name in REDUCED else ():
            smaller = Image.open(io.BytesIO(encoded.getvalue()))
            smaller.draft(smaller.mode, (WIDTH // reduction, HEIGHT // reduction))
            metadata[f"{name}/{reduction}"] = hashlib.sha256(np.asarray(smaller).tobytes()).hexdigest()
    save_file(tensors, path, metadata)
    print(f"{len(tensors)} files in {path}: Pillow {PIL.__version__}, libjpeg-turbo {metadata['libjpeg-turbo']}")


if __name__ == "__main__":
    main(sys.argv[1])
