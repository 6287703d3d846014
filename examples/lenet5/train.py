# SPDX-License-Identifier: Apache-2.0
"""Trains LeNet-5 on MNIST and writes lenet5.onnx."""

import sys
from collections import OrderedDict
from pathlib import Path

from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training import recipe  # noqa: E402  (found through the line above)


def lenet5() -> nn.Module:
    """LeNet-5 (LeCun et al. 1998, figure 2) with ReLU for tanh, a plain average
    for the trainable pooling, every C3 map connected to every S2 map, and a
    linear output layer: 61,706 parameters."""
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(1, 6, kernel_size=5, padding=2), relu1=nn.ReLU(), pool1=nn.AvgPool2d(2),
        conv2=nn.Conv2d(6, 16, kernel_size=5), relu2=nn.ReLU(), pool2=nn.AvgPool2d(2),
        flatten=nn.Flatten(),
        dense1=nn.Linear(400, 120), relu3=nn.ReLU(),
        dense2=nn.Linear(120, 84), relu4=nn.ReLU(),
        dense3=nn.Linear(84, 10),
    ))


if __name__ == "__main__":
    recipe.seed()
    recipe.main(lenet5(), recipe.Settings(epochs=80, rate=4e-3, l1=2e-4), HERE / "lenet5.onnx")
