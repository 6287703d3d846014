# SPDX-License-Identifier: Apache-2.0
"""The training recipe that the example models share.

A model script defines a network and hands it to main(). The recipe reads the
two MNIST t10k files, trains on the first 8,000 images with random distortions,
writes an ONNX file with a fixed batch of one, and measures that file, not the
PyTorch network, with onnxruntime on the last 2,000 images and on our own
digits. Images are pixel/255 with no other normalization, so that whoever feeds
the model needs no constants but 255.
"""

import argparse
import gzip
import math
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

NUM_TRAIN = 8000
SEED = 1
OPSET = 17
OWN_DIGITS = Path(__file__).resolve().parents[1] / "digits" / "digits.npz"


@dataclass(frozen=True)
class Settings:
    """What a model script chooses: epochs over the 8,000 images, the peak
    learning rate, decoupled weight decay, and the weight of an L1 penalty.

    Both penalties keep the sum of absolute weights of each output small. That
    sum bounds the integer accumulators, and the bounds size the lookup tables
    and range checks of a proof, so small sums are worth some epochs.
    """

    epochs: int
    rate: float
    weight_decay: float = 0.05
    l1: float = 0.0
    batch: int = 64


def main(net: nn.Module, settings: Settings, output: Path) -> None:
    """Trains net and writes it to output; the command line of a model script."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR",
                        help="directory with the two t10k-*-ubyte.gz files of MNIST")
    parser.add_argument("--output", type=Path, default=output, metavar="FILE.onnx")
    args = parser.parse_args()

    images, labels = read_mnist(args.data)
    fit(net, images[:NUM_TRAIN], labels[:NUM_TRAIN], settings)
    export(net, args.output)
    report(net, args.output, images[NUM_TRAIN:], labels[NUM_TRAIN:])


def seed() -> None:
    """Fixes every random choice. Call it before building the network."""
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)


def read_mnist(directory: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns the t10k images, float32 [10000, 1, 28, 28] in [0, 1], and the
    labels, int64 [10000]."""
    images = read_idx(directory / "t10k-images-idx3-ubyte.gz", 3)
    labels = read_idx(directory / "t10k-labels-idx1-ubyte.gz", 1)
    if images.shape != (10000, 28, 28) or labels.shape != (10000,):
        raise SystemExit(f"not the t10k files: {images.shape} images, {labels.shape} labels")
    pixels = torch.from_numpy(images.astype(np.float32) / 255).unsqueeze(1)
    return pixels, torch.from_numpy(labels.astype(np.int64))


def read_idx(path: Path, rank: int) -> np.ndarray:
    """Reads a gzipped IDX file of unsigned bytes."""
    raw = gzip.decompress(path.read_bytes())
    if raw[:4] != bytes([0, 0, 8, rank]):
        raise SystemExit(f"{path.name}: magic {raw[:4].hex()}, want 000008{rank:02x}")
    shape = struct.unpack(f">{rank}I", raw[4 : 4 + 4 * rank])
    return np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * rank).reshape(shape)


def distort(images: torch.Tensor) -> torch.Tensor:
    """Warps each image by its own small rotation, scale, shear and shift and by
    a smooth random displacement field, with zeros outside."""
    n = images.shape[0]
    uniform = lambda limit: (2 * torch.rand(n) - 1) * limit
    angle, shear = uniform(math.radians(14)), uniform(0.2)
    wide, high = 1 + uniform(0.14), 1 + uniform(0.14)
    cos, sin = torch.cos(angle), torch.sin(angle)
    # Shifts are in units of half an image: 2 pixels of 28 are 2/14.
    theta = torch.stack([
        torch.stack([wide * cos, wide * (shear * cos - sin), uniform(2 / 14)], dim=1),
        torch.stack([high * sin, high * (shear * sin + cos), uniform(2 / 14)], dim=1),
    ], dim=1)
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    coarse = torch.randn(n, 2, 5, 5) * (1.0 / 14)
    field = F.interpolate(coarse, size=(28, 28), mode="bicubic", align_corners=True)
    grid = grid + field.permute(0, 2, 3, 1)
    return F.grid_sample(images, grid, align_corners=False)


def fit(net: nn.Module, images: torch.Tensor, labels: torch.Tensor, settings: Settings) -> None:
    """Trains with AdamW under a one-cycle cosine schedule."""
    weights = [p for p in net.parameters() if p.dim() > 1]
    biases = [p for p in net.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW([
        {"params": weights, "weight_decay": settings.weight_decay},
        {"params": biases, "weight_decay": 0.0},
    ], lr=settings.rate)
    steps = settings.epochs * math.ceil(len(images) / settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=steps)
    net.train()
    for epoch in range(settings.epochs):
        total = 0.0
        for index in torch.randperm(len(images)).split(settings.batch):
            loss = F.cross_entropy(net(distort(images[index])), labels[index])
            total += loss.item() * len(index)
            penalty = settings.l1 * sum(w.abs().sum() for w in weights)
            optimizer.zero_grad()
            (loss + penalty).backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}/{settings.epochs}: loss {total / len(images):.4f}", file=sys.stderr)
    net.eval()


def export(net: nn.Module, path: Path) -> None:
    """Writes net as one self-contained ONNX file, batch 1, image -> logits."""
    torch.onnx.export(net, (torch.zeros(1, 1, 28, 28),), str(path), dynamo=False,
                      opset_version=OPSET, input_names=["image"], output_names=["logits"])
    model = onnx.load(path)
    # An exporter may leave source locations in these; the file has to read the
    # same whoever trained it.
    del model.metadata_props[:]
    model.ClearField("doc_string")
    for node in model.graph.node:
        node.ClearField("doc_string")
        del node.metadata_props[:]
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def accuracy(path: Path, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of images, float32 [N, 1, 28, 28], that the ONNX file gets right."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    guesses = [session.run(["logits"], {"image": image[None]})[0].argmax() for image in images]
    return float(np.mean(np.array(guesses) == labels))


def report(net: nn.Module, path: Path, images: torch.Tensor, labels: torch.Tensor) -> None:
    """Prints parameters, file size, accuracies and the largest weight sums."""
    print(f"parameters: {sum(p.numel() for p in net.parameters())}")
    print(f"file: {path.stat().st_size} bytes")
    print(f"accuracy, {len(labels)} MNIST test images: "
          f"{100 * accuracy(path, images.numpy(), labels.numpy()):.2f} %")
    own = np.load(OWN_DIGITS)
    pixels = own["images"].astype(np.float32) / 255
    print(f"accuracy, {len(pixels)} own digits: {100 * accuracy(path, pixels, own['labels']):.2f} %")
    for name, weight in net.named_parameters():
        if weight.dim() > 1:
            largest = weight.detach().flatten(1).abs().sum(dim=1).max()
            print(f"largest sum of |w| over one output of {name}: {largest:.2f}")
