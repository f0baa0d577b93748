"""Tests of the training kit; they need PyTorch: `python -m unittest test_gloro`."""

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import nn
from torch.nn.utils.parametrizations import orthogonal

import gloro
from evaluate import Network


def small_network(seed=0):
    """A 6-8-4-3 network with MinMax and random weights."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(6, 8), gloro.MinMax(), nn.Linear(8, 4), gloro.MinMax(), nn.Linear(4, 3))


class MinMaxTests(unittest.TestCase):
    def test_sorts_neighbours(self):
        sorted_pairs = gloro.MinMax()(torch.tensor([[3.0, 1.0, -2.0, 5.0]]))
        self.assertEqual(sorted_pairs.tolist(), [[1.0, 3.0, -2.0, 5.0]])


class BoundTests(unittest.TestCase):
    def test_power_iteration_approaches_the_singular_values_from_below(self):
        for seed in range(20):
            network = small_network(seed)
            exact = gloro.norm_report(network)[1]
            rough = gloro.PairwiseBounds(network)(1).detach().numpy()
            fine = gloro.PairwiseBounds(network)(500).detach().numpy()
            self.assertTrue(np.all(rough <= exact * (1 + 1e-5)))
            np.testing.assert_allclose(fine, exact, rtol=1e-3)

    def test_no_pair_of_inputs_exceeds_the_bound(self):
        network = small_network().double()
        bounds = gloro.norm_report(network)[1]
        generator = torch.Generator().manual_seed(1)
        first = torch.randn(5000, 6, generator=generator, dtype=torch.double)
        second = first + 1e-3 * torch.randn(5000, 6, generator=generator, dtype=torch.double)
        change = (network(first) - network(second)).detach().numpy()
        slopes = np.abs(change[:, :, None] - change[:, None]) / np.linalg.norm(first - second, axis=1)[:, None, None]
        self.assertTrue(np.all(slopes <= bounds + 1e-9))
        self.assertGreater(slopes.max(), 0.2 * bounds.max())

    def test_gradient_is_that_of_the_norm(self):
        network = small_network()
        product = gloro.PairwiseBounds(network)(200)[0, 1]
        product.backward()
        found = network[0].weight.grad.clone()
        network.zero_grad()
        hidden = [torch.linalg.matrix_norm(network[index].weight, 2) for index in (0, 2)]
        (hidden[0] * hidden[1] * (network[4].weight[0] - network[4].weight[1]).norm()).backward()
        torch.testing.assert_close(found, network[0].weight.grad, rtol=1e-2, atol=1e-4)

    def test_unknown_modules_are_refused(self):
        for bad, name in [
            (nn.Sequential(nn.Linear(4, 4), nn.GELU(), nn.Linear(4, 2)), "GELU"),
            (nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 2)), "Linear"),
            (nn.Sequential(nn.Linear(4, 3), gloro.MinMax(), nn.Linear(3, 2)), "odd"),
            (nn.Sequential(nn.Linear(4, 4), gloro.MinMax()), "last"),
        ]:
            for use in (gloro.PairwiseBounds, gloro.norm_report, lambda network: gloro.onnx_bytes(network, "n")):
                with self.assertRaisesRegex(TypeError, name):
                    use(bad)


class LossTests(unittest.TestCase):
    def setUp(self):
        generator = torch.Generator().manual_seed(2)
        self.logits = torch.randn(50, 3, generator=generator)
        self.labels = torch.randint(3, (50,), generator=generator)
        self.bounds = gloro.PairwiseBounds(small_network())().detach()

    def test_bottom_is_the_best_of_the_others(self):
        bottom = gloro.bottom_logit(self.logits, self.bounds, 0.1)
        for row, value in zip(self.logits, bottom):
            i = int(row.argmax())
            expected = max(float(row[j] + 0.1 * self.bounds[i, j]) for j in range(3) if j != i)
            self.assertAlmostEqual(float(value), expected, places=6)

    def test_trades_with_weight_one_is_cross_entropy_with_bottom(self):
        arguments = (self.logits, self.labels, self.bounds, 0.2)
        torch.testing.assert_close(gloro.gloro_trades(*arguments, 1.0), gloro.gloro_cross_entropy(*arguments))

    def test_trades_term_is_the_divergence(self):
        bottom = gloro.bottom_logit(self.logits, self.bounds, 0.2)
        clean = self.logits.log_softmax(1)
        robust = torch.cat([self.logits, bottom[:, None]], 1).log_softmax(1)[:, :3]
        divergence = (clean.exp() * (clean - robust)).sum(1).mean()
        arguments = (self.logits, self.labels, self.bounds, 0.2)
        weighted = gloro.gloro_trades(*arguments, 3.0) - gloro.gloro_trades(*arguments, 0.0)
        torch.testing.assert_close(weighted, 3 * divergence)

    def test_a_tie_at_the_top_is_not_certified(self):
        logits, labels = torch.tensor([[1.0, 1.0, 0.0]]), torch.tensor([0])
        self.assertEqual(gloro.certified_share(logits, labels, self.bounds, 0.0), (1.0, 0.0, 0.0))

    def test_epsilon_rises_and_stays(self):
        values = [gloro.scheduled_epsilon(step, 100, 0.4) for step in (0, 25, 50, 99)]
        self.assertEqual(values, [0.0, 0.2, 0.4, 0.4])


class ExportTests(unittest.TestCase):
    def test_the_file_computes_what_the_network_does(self):
        network = small_network()
        orthogonal(network[0], orthogonal_map="cayley")
        inputs = torch.randn(100, 6, generator=torch.Generator().manual_seed(3))
        with TemporaryDirectory() as folder:
            path = Path(folder) / "model.onnx"
            path.write_bytes(gloro.onnx_bytes(network, "small"))
            exported = Network(path)
            np.testing.assert_allclose(
                exported.logits(inputs.numpy()), network(inputs).detach().numpy(), rtol=1e-4, atol=1e-5
            )
            np.testing.assert_allclose(exported.pairwise()[1], gloro.norm_report(network)[1], rtol=1e-6)

    def test_equal_weights_give_equal_bytes(self):
        self.assertEqual(gloro.onnx_bytes(small_network(), "small"), gloro.onnx_bytes(small_network(), "small"))


if __name__ == "__main__":
    unittest.main()
