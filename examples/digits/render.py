# SPDX-License-Identifier: Apache-2.0
"""Draws the sample digits: digits.npz with 200 of them, and seven.png.

Nothing here comes from a data set. strokes.py says how a pen draws each digit;
this script moves the points a little, slants and stretches the whole, draws the
curve with a round pen, and places it as MNIST does: scaled into 20x20 pixels,
then shifted so that the center of mass is the center of the 28x28 image, white
on black.
"""

import argparse
import math
from pathlib import Path

import numpy as np
from PIL import Image

from strokes import STYLES

HERE = Path(__file__).resolve().parent
SEED = 7
NUM_PER_DIGIT = 20
SIDE = 28   # pixels of the image
BOX = 20    # pixels of the square that the digit fills, as in MNIST
STEPS = 12  # curve segments between two points of a stroke


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=HERE, metavar="DIR")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png",
                        help="also write all digits, enlarged, as one picture")
    args = parser.parse_args()

    rng = np.random.default_rng(SEED)
    labels = np.arange(10 * NUM_PER_DIGIT, dtype=np.int64) % 10
    images = np.stack([draw(STYLES[d][i // 10 % len(STYLES[d])], rng)
                       for i, d in enumerate(labels)])[:, None]
    np.savez_compressed(args.output / "digits.npz", images=images, labels=labels)
    Image.fromarray(images[7, 0]).save(args.output / "seven.png", optimize=True)
    if args.sheet:
        rows = [np.hstack(images[i : i + 20, 0]) for i in range(0, len(images), 20)]
        sheet = Image.fromarray(np.vstack(rows))
        sheet.resize((2 * sheet.width, 2 * sheet.height), Image.Resampling.NEAREST).save(args.sheet)


def draw(style: list, rng: np.random.Generator) -> np.ndarray:
    """Draws one digit, uint8 [28, 28], as nobody has drawn it before."""
    strokes = warp(style, rng)
    radius = rng.uniform(0.9, 1.5)
    corners = np.concatenate(strokes)
    low, high = corners.min(axis=0), corners.max(axis=0)
    scale = (BOX - 2 * radius) / (high - low).max()
    middle = (low + high) / 2
    lines = [(s - middle) * scale + SIDE / 2 for s in strokes]

    ink = cover(lines, radius)
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    mass = np.array([(ink * columns).sum(), (ink * rows).sum()]) / ink.sum()
    ink = cover([line + SIDE / 2 - mass for line in lines], radius)

    # A pen does not blacken evenly, and a scanner adds a little of its own.
    ink = ink * (1 + rng.normal(0, 0.04, ink.shape)) * rng.uniform(0.92, 1.0)
    return np.clip(np.round(255 * ink), 0, 255).astype(np.uint8)


def warp(style: list, rng: np.random.Generator) -> list[np.ndarray]:
    """Returns the strokes as dense lines after moving each point a little and
    slanting, rotating and stretching the whole. Points that coincide in the
    style move together, so that strokes still meet."""
    moves = {}
    angle, slant = rng.uniform(-0.12, 0.12), rng.uniform(-0.05, 0.35)
    wide, high = rng.uniform(0.85, 1.25), rng.uniform(0.9, 1.1)
    affine = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) \
        @ np.array([[1.0, -slant], [0.0, 1.0]]) @ np.diag([wide, high])
    lines = []
    for stroke in style:
        points = []
        for point in stroke:
            if point not in moves:
                moves[point] = rng.normal(0, 0.022, 2)
            points.append(np.array(point) + moves[point])
        lines.append(smooth(np.array(points)) @ affine.T)
    return lines


def smooth(points: np.ndarray) -> np.ndarray:
    """Runs a Catmull-Rom spline through points [n, 2]."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, STEPS, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        pieces.append(b + t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d)
                                              + t * (3 * b - a - 3 * c + d))) / 2)
    return np.vstack(pieces + [points[-1]])


def cover(lines: list[np.ndarray], radius: float) -> np.ndarray:
    """How much of each pixel, [28, 28] in [0, 1], a round pen of the given
    radius in pixels covers when it follows the lines: one minus the distance of
    the pixel's center from the pen's edge, softened over 1.4 pixels."""
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    centers = np.stack([columns, rows], axis=-1)[:, :, None]
    start = np.concatenate([line[:-1] for line in lines])
    along = np.concatenate([np.diff(line, axis=0) for line in lines])
    square = np.maximum((along**2).sum(axis=1), 1e-12)
    t = np.clip(((centers - start) * along).sum(axis=-1) / square, 0, 1)[..., None]
    distance = np.sqrt(((centers - start - t * along) ** 2).sum(axis=-1)).min(axis=-1)
    return np.clip(0.5 - (distance - radius) / 1.4, 0, 1)


if __name__ == "__main__":
    main()
