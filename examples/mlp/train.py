# SPDX-License-Identifier: Apache-2.0
"""Trains a 784-128-10 multilayer perceptron on MNIST and writes mlp.onnx."""

import sys
from collections import OrderedDict
from pathlib import Path

from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training import recipe  # noqa: E402  (found through the line above)


def mlp() -> nn.Module:
    """One hidden layer of 128 ReLU units: 101,770 parameters."""
    return nn.Sequential(OrderedDict(
        flatten=nn.Flatten(),
        dense1=nn.Linear(784, 128), relu1=nn.ReLU(),
        dense2=nn.Linear(128, 10),
    ))


if __name__ == "__main__":
    recipe.seed()
    recipe.main(mlp(), recipe.Settings(epochs=80, rate=4e-3, l1=5e-5), HERE / "mlp.onnx")
