"""Writes small image files of many kinds, and the pixels that Pillow has of them, for ImageFormatsTest.

One safetensors file: a U8 tensor of each file's bytes, and under the same name with ".pixels" what ImageOps.exif_transpose and convert("RGB") make of
it, [H, W, 3]. Pillow clips grey images of 16 bits to 255 when it converts them; here their upper bytes are expected, as Pillow itself takes of 16-bit RGB.
"""

import io
import struct
import sys
import zlib

import numpy as np
import PIL
from PIL import Image, ImageOps
from safetensors.numpy import save_file

HEIGHT, WIDTH = 23, 37


def photo():
    """Waves, hard edges and noise; its sides are no multiples of what JPEG and WebP code at once."""
    random = np.random.default_rng(5)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    image = np.stack([128 + 100 * np.sin(x / 9) + 20 * np.sin(y / 3), 128 + 90 * np.cos(y / 7), 255 * ((x // 13 + y // 11) % 2)], 2)
    return Image.fromarray(np.clip(image + random.normal(0, 6, image.shape), 0, 255).astype(np.uint8))


def alpha(image):
    ramp = np.linspace(0, 255, HEIGHT * WIDTH).reshape(HEIGHT, WIDTH).astype(np.uint8)
    image = image.copy()
    image.putalpha(Image.fromarray(ramp))
    return image


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data


def big_endian_exif(orientation):
    """A camera's: other byte order, and an entry before the one that counts."""
    entries = struct.pack(">HHII", 0x010F, 2, 4, 0x41424300) + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2) + entries + struct.pack(">I", 0)


def png(color, depth, samples, interlaced=False, chunks=()):
    """What Pillow cannot write: few or many bits, and interlacing. samples is [H, W, channels] of that depth."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def lines(part):
        raw = b""
        for row in part:
            bits = "".join(format(int(v), f"0{depth}b") for v in row.ravel())
            bits += "0" * (-len(bits) % 8)
            raw += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        return raw

    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    parts = [samples[top::down, left::right] for top, left, down, right in passes] if interlaced else [samples]
    data = b"".join(lines(part) for part in parts if part.size)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, color, 0, 0, int(interlaced))
    extra = b"".join(chunk(kind, data) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def files():
    image = photo()
    for orientation in range(1, 9):
        yield f"jpeg-exif-{orientation}", saved(image, "JPEG", quality=90, exif=exif(orientation))
    yield "jpeg-exif-big-endian", saved(image, "JPEG", quality=90, exif=big_endian_exif(6))
    yield "jpeg-grey-exif", saved(image.convert("L"), "JPEG", quality=90, exif=exif(3))
    cmyk = saved(image.convert("CMYK"), "JPEG", quality=90)
    adobe = cmyk.index(b"\xff\xeeAdobe"[:0] + b"Adobe")
    yield "jpeg-cmyk-adobe", cmyk
    yield "jpeg-ycck-adobe", cmyk[: adobe + 11] + b"\2" + cmyk[adobe + 12 :]
    length = struct.unpack(">H", cmyk[adobe - 2 : adobe])[0]
    yield "jpeg-cmyk", cmyk[: adobe - 4] + cmyk[adobe - 2 + length :]
    yield "jpeg-cmyk-progressive", saved(image.convert("CMYK"), "JPEG", progressive=True)

    pixels = np.asarray(image).astype(np.int64)
    palette = image.quantize(200)
    yield "png-palette", saved(palette, "PNG")
    yield "png-palette-transparent", saved(palette, "PNG", transparency=bytes(range(200)))
    for bits in (1, 2, 4):
        yield f"png-palette-{bits}", saved(image.quantize(2**bits), "PNG", bits=bits)
        yield f"png-grey-{bits}", png(0, bits, pixels[:, :, :1] >> (8 - bits))
    yield "png-grey", saved(image.convert("L"), "PNG")
    yield "png-grey-transparent", saved(image.convert("L"), "PNG", transparency=128)
    yield "png-grey-alpha", saved(alpha(image.convert("L")), "PNG")
    yield "png-grey-16", png(0, 16, pixels[:, :, :1] * 257 + 3 - 3 * (pixels[:, :, :1] > 250))
    yield "png-grey-alpha-16", png(4, 16, pixels[:, :, :2] * 256 + 77)
    yield "png-rgb", saved(image, "PNG")
    yield "png-rgb-16", png(2, 16, pixels * 256 + 200)
    yield "png-rgba", saved(alpha(image), "PNG")
    yield "png-rgba-16", png(6, 16, np.concatenate([pixels, pixels[:, :, :1]], 2) * 256 + 200)
    yield "png-interlaced", png(2, 8, pixels, interlaced=True)
    yield "png-grey-interlaced", png(0, 8, pixels[:, :, 1:2], interlaced=True)
    yield "png-rgb-transparent", saved(image, "PNG", transparency=(1, 2, 3))
    yield "png-gamma", png(2, 8, pixels, chunks=[(b"gAMA", struct.pack(">I", 100000))])
    yield "png-exif", saved(image, "PNG", exif=exif(8))

    yield "bmp-rgb", saved(image, "BMP")
    yield "bmp-rgba", saved(alpha(image), "BMP")
    yield "bmp-palette", saved(palette, "BMP")
    yield "bmp-grey", saved(image.convert("L"), "BMP")
    yield "bmp-1", saved(image.convert("1"), "BMP")

    yield "gif", saved(palette, "GIF")
    yield "gif-grey", saved(image.convert("L"), "GIF")
    yield "gif-transparent", saved(palette, "GIF", transparency=3)
    other = ImageOps.mirror(image).quantize(64)
    yield "gif-animated", saved(image.quantize(64), "GIF", save_all=True, append_images=[other], duration=9)
    small = image.crop((0, 0, 20, 10)).quantize(16)
    gif = bytearray(saved(small, "GIF", interlace=0))
    gif[6:10] = struct.pack("<HH", WIDTH, HEIGHT)
    at = gif.index(b"\x2c\0\0\0\0", 13 + 3 * 16)
    gif[at + 1 : at + 5] = struct.pack("<HH", 5, 7)
    yield "gif-part-of-its-screen", bytes(gif)

    yield "webp-lossy", saved(image, "WEBP", quality=90)
    yield "webp-lossy-low", saved(image, "WEBP", quality=20)
    yield "webp-lossy-alpha", saved(alpha(image), "WEBP", quality=90)
    yield "webp-lossless", saved(image, "WEBP", lossless=True)
    yield "webp-lossless-alpha", saved(alpha(image), "WEBP", lossless=True, exact=True)
    yield "webp-lossless-palette", saved(image.quantize(12).convert("RGB"), "WEBP", lossless=True)
    yield "webp-exif", saved(image, "WEBP", lossless=True, exif=exif(5))
    yield "webp-animated", saved(image, "WEBP", lossless=True, save_all=True, append_images=[ImageOps.mirror(image)], duration=9)


def rgb(encoded):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(encoded)))
    if image.mode.startswith("I;16"):
        grey = (np.asarray(image) >> 8).astype(np.uint8)
        return np.stack([grey] * 3, 2)
    return np.asarray(image.convert("RGB"))


def main(path):
    tensors = {}
    for name, encoded in files():
        tensors[name] = np.frombuffer(encoded, np.uint8)
        tensors[name + ".pixels"] = np.ascontiguousarray(rgb(encoded))
    save_file(tensors, path, {"pillow": PIL.__version__})
    print(f"{len(tensors) // 2} files in {path}: Pillow {PIL.__version__}")


if __name__ == "__main__":
    main(sys.argv[1])
