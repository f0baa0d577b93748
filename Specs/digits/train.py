"""Train the digits network with the GloRo loss; writes `digits.onnx`, `test_inputs.npy` and `test_labels.npy`.

A 64-96-96-10 network with MinMax activations on scikit-learn's 1,797 digits of 8 x 8 pixels, each pixel k/16 with k
from 0 to 16. Every fifth image is the test set and is not looked at here. The hidden layers are kept orthogonal, so
that their norms are 1 and the product of the norms overestimates little.

    python train.py [--seed N] [--output DIR]        train on all that is not test
    python train.py --validation 1 [--seed N]        leave out a fifth of it (1 to 5), report on that, write nothing

The run uses one thread and fixed seeds. All choices (widths, rate, epsilon, epochs) were made on validation fifths.
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.utils.parametrizations import orthogonal

from gloro import (
    MinMax,
    PairwiseBounds,
    certified_share,
    gloro_cross_entropy,
    norm_report,
    onnx_bytes,
    scheduled_epsilon,
)

EPSILON = 0.3
# Trained for twice the radius that is certified: what holds narrowly for training images would fail for new ones.
TRAINING_EPSILON = 0.6
WIDTHS = [64, 96, 96, 10]
EPOCHS = 300
BATCH = 128
LEARNING_RATE = 1e-2


def load():
    """Training images and labels, then those of the test set; pixels in [0, 1], all multiples of 1/16."""
    images, labels = load_digits(return_X_y=True)
    images, labels = (images / 16).astype("<f4"), labels.astype("<i8")
    test = np.arange(len(images)) % 5 == 4
    return images[~test], labels[~test], images[test], labels[test]


def make_network(seed):
    """Linear layers with MinMax between them; all but the last are orthogonal matrices throughout training."""
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layer = nn.Linear(inputs, outputs)
        nn.init.orthogonal_(layer.weight)
        nn.init.zeros_(layer.bias)
        layers += [layer, MinMax()]
    for layer in layers[:-2:2]:
        orthogonal(layer, orthogonal_map="cayley")
    return nn.Sequential(*layers[:-1])


def train(network, images, labels):
    """Adam on the GloRo cross-entropy; the rate falls along half a cosine, epsilon rises over the first half."""
    bounds = PairwiseBounds(network)
    optimiser = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)
    steps, step = EPOCHS * math.ceil(len(images) / BATCH), 0
    for epoch in range(1, EPOCHS + 1):
        for rows in torch.randperm(len(images)).split(BATCH):
            for group in optimiser.param_groups:
                group["lr"] = LEARNING_RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            epsilon = scheduled_epsilon(step, steps, TRAINING_EPSILON)
            loss = gloro_cross_entropy(network(images[rows]), labels[rows], bounds(), epsilon)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
        if epoch % 50 == 0:
            shares = summary(network, images, labels)
            print(f"epoch {epoch:3d}: last loss {float(loss.detach()):.4f}, {shares}", flush=True)


@torch.no_grad()
def summary(network, images, labels):
    """The shares at EPSILON as text, by float64 norms: an estimate, not the certificate."""
    bounds = torch.from_numpy(norm_report(network)[1]).float()
    shares = certified_share(network(images), labels, bounds, EPSILON)
    return "right {:.2%}, certified {:.2%}, both {:.2%}".format(*shares)


def main():
    """Train, then write the model and the test set, or report on the fifth that was left out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0, help="seed of the whole run (default 0)")
    parser.add_argument("--output", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--validation", type=int, choices=range(1, 6), help="the fifth to leave out")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    images, labels, test_images, test_labels = load()
    kept = np.ones(len(images), bool)
    if arguments.validation:
        kept = np.arange(len(images)) % 5 != arguments.validation - 1
    network = make_network(arguments.seed)
    train(network, torch.from_numpy(images[kept]), torch.from_numpy(labels[kept]))
    print("norms of the hidden layers:", ", ".join(f"{norm:.7f}" for norm in norm_report(network)[0]))
    if arguments.validation:
        left_out = torch.from_numpy(images[~kept]), torch.from_numpy(labels[~kept])
        print(f"left out: {summary(network, *left_out)}")
        return
    (arguments.output / "digits.onnx").write_bytes(onnx_bytes(network, "digits"))
    np.save(arguments.output / "test_inputs.npy", test_images)
    np.save(arguments.output / "test_labels.npy", test_labels)
    print("wrote digits.onnx, test_inputs.npy, test_labels.npy")


if __name__ == "__main__":
    main()
