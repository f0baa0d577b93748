"""Training kit: GloRo losses in PyTorch, and export of what was trained to an ONNX file that `ordain` takes.

    network = nn.Sequential(nn.Linear(64, 96), MinMax(), nn.Linear(96, 10))
    bounds = PairwiseBounds(network)
    loss = gloro_cross_entropy(network(x), labels, bounds(), epsilon)
    Path("model.onnx").write_bytes(onnx_bytes(network, "model"))

The loss is that of Leino, Wang and Fredrikson, "Globally-Robust Neural Networks" (ICML 2021), MinMax is GroupSort with
groups of two (Anil, Lucas and Grosse, "Sorting Out Lipschitz Function Approximation", ICML 2019).

**The norms in this file are for training only.** Power iteration approaches a norm from below, and a float64 SVD rounds
to nearest; neither is an upper bound. The certificate is the compiler's, computed from the weights of the ONNX file.
"""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn


class MinMax(nn.Module):
    """Sorts neighbours: (a, b) becomes (min, max), for features (0, 1), (2, 3) and so on.

    Takes and gives (batch, features), features even. It permutes its input, so it changes no Euclidean length, and
    its gradient loses none either: that is why it suits Lipschitz bounds better than ReLU.
    """

    def forward(self, x):
        pairs = x.reshape(x.shape[0], -1, 2)
        return torch.cat([pairs.amin(2, keepdim=True), pairs.amax(2, keepdim=True)], 2).reshape(x.shape)


def checked_layers(network):
    """The modules of a sequence that the kit can bound: Linear, then any number of (MinMax or ReLU, Linear).

    Both activations have the Lipschitz constant 1. Anything else raises a TypeError that names the module: a layer
    whose constant is unknown must not pass as 1.
    """
    layers = list(network)
    for index, layer in enumerate(layers):
        allowed = (nn.Linear,) if index % 2 == 0 else (MinMax, nn.ReLU)
        if not isinstance(layer, allowed):
            names = " or ".join(kind.__name__ for kind in allowed)
            raise TypeError(f"module {index} is a {type(layer).__name__}, but a {names} is needed there")
        if isinstance(layer, MinMax) and layers[index - 1].out_features % 2:
            raise TypeError(f"module {index} is a MinMax of {layers[index - 1].out_features} features: an odd number")
    if len(layers) % 2 == 0:
        raise TypeError("the last module must be a Linear: its rows are the classes")
    return layers


class PairwiseBounds:
    """Differentiable estimates of K[i, j], the Lipschitz constant (L2) of logit j minus logit i.

    K[i, j] is the product of the hidden layers' spectral norms times the distance of rows i and j of the last layer.
    A norm is estimated by power iteration whose vector is kept between calls: the weights move little from step to
    step, so two iterations a call stay close behind them.
    """

    def __init__(self, network, seed=0):
        *self.hidden, self.last = checked_layers(network)[::2]
        generator = torch.Generator().manual_seed(seed)
        self.vectors = [torch.randn(layer.out_features, generator=generator) for layer in self.hidden]

    def __call__(self, iterations=2):
        """The m x m matrix K for the present weights; its diagonal is 0."""
        product = torch.ones(())
        for index, layer in enumerate(self.hidden):
            product = product * self._norm(index, layer.weight, iterations)
        rows = self.last.weight
        return product * torch.linalg.vector_norm(rows[:, None] - rows[None], dim=2)

    def _norm(self, index, weight, iterations):
        """u^T W v with the vectors held fixed, whose gradient u v^T is that of the norm."""
        with torch.no_grad():
            u = self.vectors[index]
            for _ in range(iterations):
                v = nn.functional.normalize(weight.T @ u, dim=0)
                u = nn.functional.normalize(weight @ v, dim=0)
            self.vectors[index] = u
        return u @ (weight @ v)


def bottom_logit(logits, bounds, epsilon):
    """What any other class could reach within `epsilon`: the maximum over j of y_j + epsilon K[i, j], i the prediction.

    Shapes: (batch, m) and (m, m) give (batch,). The prediction i holds on the whole ball where y_i is above it.
    """
    prediction = logits.argmax(1, keepdim=True)
    reach = logits + epsilon * bounds[prediction.squeeze(1)]
    return reach.scatter(1, prediction, -torch.inf).amax(1)


def gloro_cross_entropy(logits, labels, bounds, epsilon):
    """Mean cross-entropy of the logits with the bottom logit as one more class, which is never the right one."""
    bottom = bottom_logit(logits, bounds, epsilon)
    return nn.functional.cross_entropy(torch.cat([logits, bottom[:, None]], 1), labels)


def gloro_trades(logits, labels, bounds, epsilon, weight):
    """Cross-entropy of the logits plus `weight` times what the bottom class takes from them.

    The second term is the Kullback-Leibler divergence from the distribution without bottom to the one with it. The
    two differ by one factor, 1 - p(bottom), so it is -log(1 - p(bottom)) = softplus(bottom - logsumexp(logits)). Hence
    weight 1 is `gloro_cross_entropy`; more trades clean accuracy for certified predictions, right or wrong.
    """
    surplus = bottom_logit(logits, bounds, epsilon) - logits.logsumexp(1)
    return nn.functional.cross_entropy(logits, labels) + weight * nn.functional.softplus(surplus).mean()


def scheduled_epsilon(step, steps, epsilon, ramp=0.5):
    """Rises in a straight line from 0 to `epsilon` over the first `ramp` of all steps, then stays."""
    return epsilon * min(1.0, step / (ramp * steps))


def certified_share(logits, labels, bounds, epsilon):
    """Estimated shares of a batch: (right, certified, right and certified)."""
    right = logits.argmax(1) == labels
    certified = logits.amax(1) > bottom_logit(logits, bounds, epsilon)
    return tuple(float(flags.double().mean()) for flags in (right, certified, right & certified))


def norm_report(network):
    """(norms of the hidden layers, K) by SVD in float64, to look at after training; no certificate."""
    *hidden, last = (layer.weight.detach().double().numpy() for layer in checked_layers(network)[::2])
    norms = [float(np.linalg.norm(weight, 2)) for weight in hidden]
    distances = np.linalg.norm(last[:, None] - last[None], axis=2)
    return norms, float(np.prod(norms)) * distances


def onnx_bytes(network, name):
    """The network as a serialised ONNX model (opset 13, weights inline); equal weights give equal bytes.

    Linear becomes Gemm; MinMax becomes Reshape to pairs, ReduceMin, ReduceMax, Concat, and Reshape back. Parametrised
    weights (`torch.nn.utils.parametrizations`) are stored as the plain matrices that they stand for.
    """
    layers = checked_layers(network)
    nodes, tensors = [], []
    value, features = "x", layers[0].in_features

    def constant(label, array, kind):
        tensors.append(helper.make_tensor(label, kind, array.shape, array.tobytes(), raw=True))
        return label

    def node(operator, inputs, output, **attributes):
        nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    for index, layer in enumerate(layers):
        number = index // 2 + 1
        if isinstance(layer, nn.Linear):
            bias = torch.zeros(layer.out_features) if layer.bias is None else layer.bias
            weights = [
                constant(f"{label}{number}", tensor.detach().numpy().astype("<f4"), TensorProto.FLOAT)
                for label, tensor in (("weight", layer.weight), ("bias", bias))
            ]
            output = "y" if index == len(layers) - 1 else f"linear{number}"
            value = node("Gemm", [value, *weights], output, transB=1)
            features = layer.out_features
        elif isinstance(layer, MinMax):
            paired = np.array([-1, features // 2, 2], "<i8")
            flat = np.array([-1, features], "<i8")
            pairs = node("Reshape", [value, constant(f"pairs{number}", paired, TensorProto.INT64)], f"paired{number}")
            ends = [
                node(operator, [pairs], f"{label}{number}", axes=[2], keepdims=1)
                for operator, label in (("ReduceMin", "least"), ("ReduceMax", "greatest"))
            ]
            sorted_pairs = node("Concat", ends, f"sorted{number}", axis=2)
            shape = constant(f"flat{number}", flat, TensorProto.INT64)
            value = node("Reshape", [sorted_pairs, shape], f"minmax{number}")
        else:
            value = node("Relu", [value], f"relu{number}")

    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", layers[0].in_features])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", features])],
        tensors,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="ordain-gloro"
    )
    onnx.checker.check_model(model)
    return model.SerializeToString(deterministic=True)
