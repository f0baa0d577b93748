"""Train the CartPole policy and write it as `cartpole.onnx`.

A plain proximal policy optimisation (PPO) run on gymnasium's CartPole-v1. The policy is a 4-16-16-2 ReLU network that
reads the raw physical observation (m, m/s, rad, rad/s). No noise is added to the observations during training, and
nothing in the recipe looks at the specification: this is the network a newcomer's tutorial would produce.

The run uses one thread and fixed seeds. Training stops at the first update after which the greedy policy holds the
pole for the full 500 steps in every one of 100 evaluation episodes.

    python3 train.py [--seed N] [--output cartpole.onnx]
"""

import argparse
from pathlib import Path

import gymnasium
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

ENVIRONMENTS = 8
STEPS_PER_UPDATE = 256
UPDATES = 150
EPOCHS = 6
MINIBATCH = 256
DISCOUNT = 0.99
GAE_LAMBDA = 0.95
CLIP = 0.2
LEARNING_RATE = 1e-3
ENTROPY_BONUS = 0.01
EVALUATION_SEEDS = range(1_000_000, 1_000_100)


def make_network(outputs):
    """A 4-16-16-`outputs` multilayer perceptron with ReLU activations."""
    return nn.Sequential(
        nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, outputs)
    )


class Worker:
    """One environment that starts a new episode by itself when the old one ends."""

    def __init__(self, seed):
        self.environment = gymnasium.make("CartPole-v1")
        self.observation, _ = self.environment.reset(seed=seed)

    def step(self, action):
        """Act once; returns (next observation of the same episode, terminated, truncated)."""
        following, _, terminated, truncated, _ = self.environment.step(action)
        self.observation = self.environment.reset()[0] if terminated or truncated else following
        return following, terminated, truncated


def greedy_returns(policy, seeds):
    """Clean returns of the arg-max policy, one episode for each seed."""
    environment = gymnasium.make("CartPole-v1")
    returns = []
    for seed in seeds:
        observation, _ = environment.reset(seed=seed)
        total, finished = 0.0, False
        while not finished:
            with torch.no_grad():
                action = int(policy(torch.from_numpy(observation)).argmax())
            observation, reward, terminated, truncated, _ = environment.step(action)
            total += reward
            finished = terminated or truncated
        returns.append(total)
    return returns


def collect(policy, critic, workers):
    """Play STEPS_PER_UPDATE steps in every environment and compute generalised advantages."""
    observations, actions, log_probabilities, deltas, values_kept, continues = [], [], [], [], [], []
    for _ in range(STEPS_PER_UPDATE):
        observation = torch.from_numpy(np.stack([worker.observation for worker in workers]))
        with torch.no_grad():
            distribution = torch.distributions.Categorical(logits=policy(observation))
            action = distribution.sample()
            value = critic(observation).squeeze(1)
        outcomes = [worker.step(int(a)) for worker, a in zip(workers, action)]
        following = torch.from_numpy(np.stack([outcome[0] for outcome in outcomes]))
        terminated = torch.tensor([outcome[1] for outcome in outcomes], dtype=torch.float32)
        ended = torch.tensor([outcome[1] or outcome[2] for outcome in outcomes], dtype=torch.float32)
        with torch.no_grad():
            # A fall has no future; an episode cut at 500 steps keeps the value of its last state.
            following_value = critic(following).squeeze(1) * (1 - terminated)
        observations.append(observation)
        actions.append(action)
        log_probabilities.append(distribution.log_prob(action))
        deltas.append(1.0 + DISCOUNT * following_value - value)
        values_kept.append(value)
        continues.append(1 - ended)
    advantages = [None] * STEPS_PER_UPDATE
    running = torch.zeros(ENVIRONMENTS)
    for step in reversed(range(STEPS_PER_UPDATE)):
        running = deltas[step] + DISCOUNT * GAE_LAMBDA * continues[step] * running
        advantages[step] = running
    advantages = torch.cat(advantages)
    targets = advantages + torch.cat(values_kept)
    return torch.cat(observations), torch.cat(actions), torch.cat(log_probabilities), advantages, targets


def improve(policy, critic, optimiser, batch):
    """One PPO update: EPOCHS passes over the batch in shuffled minibatches."""
    observations, actions, old_log_probabilities, advantages, targets = batch
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(observations)).split(MINIBATCH):
            distribution = torch.distributions.Categorical(logits=policy(observations[rows]))
            ratio = torch.exp(distribution.log_prob(actions[rows]) - old_log_probabilities[rows])
            advantage = advantages[rows]
            advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
            clipped = ratio.clamp(1 - CLIP, 1 + CLIP)
            policy_loss = -torch.min(ratio * advantage, clipped * advantage).mean()
            value_loss = (critic(observations[rows]).squeeze(1) - targets[rows]).pow(2).mean()
            entropy = distribution.entropy().mean()
            loss = policy_loss + 0.5 * value_loss - ENTROPY_BONUS * entropy
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*policy.parameters(), *critic.parameters()], 0.5)
            optimiser.step()


def train(seed):
    """Train until the greedy policy is perfect on the evaluation seeds; returns the policy network."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    policy, critic = make_network(2), make_network(1)
    optimiser = torch.optim.Adam([*policy.parameters(), *critic.parameters()], lr=LEARNING_RATE)
    workers = [Worker(seed * 1000 + index) for index in range(ENVIRONMENTS)]
    for update in range(1, UPDATES + 1):
        improve(policy, critic, optimiser, collect(policy, critic, workers))
        if update % 5 == 0:
            returns = greedy_returns(policy, EVALUATION_SEEDS)
            print(f"update {update:3d}: mean clean return {np.mean(returns):6.1f}, worst {min(returns):5.0f}")
            if min(returns) == 500:
                return policy
    raise SystemExit("training did not reach a full return on every evaluation seed; try another seed")


def onnx_bytes(policy):
    """The policy as a serialised ONNX model (opset 13: Gemm and Relu only, weights inline)."""
    nodes, weights = [], []
    linears = [layer for layer in policy if isinstance(layer, nn.Linear)]
    value = "observation"
    for index, layer in enumerate(linears, start=1):
        last = index == len(linears)
        for name, tensor in (("weight", layer.weight), ("bias", layer.bias)):
            array = tensor.detach().numpy().astype("<f4")
            weights.append(
                helper.make_tensor(f"{name}{index}", TensorProto.FLOAT, array.shape, array.tobytes(), raw=True)
            )
        result = "scores" if last else f"linear{index}"
        nodes.append(
            helper.make_node(
                "Gemm", [value, f"weight{index}", f"bias{index}"], [result], name=f"gemm{index}", transB=1
            )
        )
        if not last:
            value = f"hidden{index}"
            nodes.append(helper.make_node("Relu", [result], [value], name=f"relu{index}"))
    graph = helper.make_graph(
        nodes,
        "cartpole",
        [helper.make_tensor_value_info("observation", TensorProto.FLOAT, [1, 4])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
        weights,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="ordain-cartpole"
    )
    onnx.checker.check_model(model)
    return model.SerializeToString(deterministic=True)


def main():
    """Train, then write the model file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="seed of the whole run (default 1)")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("cartpole.onnx"))
    arguments = parser.parse_args()
    policy = train(arguments.seed)
    arguments.output.write_bytes(onnx_bytes(policy))
    print(f"wrote {arguments.output.name}")


if __name__ == "__main__":
    main()
