"""Checks the C that `ordain` emits for the 45 ACAS Xu networks against ONNX Runtime and the benchmark's own properties.

    python3 acasxu.py --ordain PATH --data DIR [--samples N] [--violations N] [--networks 1,1 2,9 ...] [--prove]

DIR holds `acasxu/` with the networks (see Specs/acasxu/README.md). For the networks of both formats, NNet and ONNX:

1. Scores. The emitted program without properties against ONNX Runtime, on random inputs of the whole domain.
2. Safety. Inputs drawn from the properties' own regions; violations counted by `acasxu_oracle`, which shares nothing
   with the compiler.
3. Transparency. A safe raw decision comes back bit for bit; nothing abstains; the mask of active properties is right,
   on inputs one float outside the regions too.
4. Least change. A repaired result has the first safe order in raw rank (so the raw choice stays where it can), and,
   where the raw scores have no ties, a permutation of the raw scores.

With --prove the same of programs without what is proved of the networks. Ends with 1 if anything differs.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime

import acasxu_oracle as oracle
from emitted import compile_specification, load_all

SPECIFICATION = Path(__file__).resolve().parents[2] / "Specs" / "acasxu" / "acasxu.ordain"
MODEL = "ACASXU_run2a_{prev}_{tau}_batch_2000"
TOLERANCE = {"nnet": 3e-5, "onnx": 1e-5}


class Failures:
    """Counts what went wrong and says it."""

    def __init__(self):
        self.count = 0

    def require(self, holds, message):
        if not holds:
            self.count += 1
            print(f"FAILED: {message}", flush=True)


def specifications(folder):
    """Writes the four specifications (format, with or without properties) and returns their paths."""
    text = SPECIFICATION.read_text()
    enforced = {"nnet": text, "onnx": re.sub(r'from "[^"]*" check header', f'from "acasxu/onnx/{MODEL}.onnx"', text)}
    paths = {}
    for form, source in enforced.items():
        # No property has braces in its body.
        plain = re.sub(r"^enforce [^{]*\{[^}]*\}\n", "", source, flags=re.MULTILINE)
        # The expectations are about the properties; they end the file.
        plain = plain[: plain.index("\nexpect ")]
        assert "enforce" in source and "enforce" not in plain and "expect" not in plain
        for kind, contents in (("enforced", source), ("plain", plain)):
            paths[form, kind] = folder / f"{form}_{kind}.ordain"
            paths[form, kind].write_text(contents)
    return paths


def reference_scores(data, network, inputs):
    """ONNX Runtime on inputs that are normalised in float64 and then rounded."""
    name = MODEL.format(prev=network[0], tau=network[1])
    path = data / "acasxu" / "onnx" / f"{name}.onnx"
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    port = session.get_inputs()[0]
    normalized = ((inputs.astype(np.float64) - oracle.MEANS) / oracle.RANGES).astype(np.float32)
    return np.array([session.run(None, {port.name: row.reshape(port.shape)})[0].reshape(-1) for row in normalized])


def check_scores(programs, data, networks, samples, failures):
    """The largest difference of the plain programs' scores from ONNX Runtime's, for each format."""
    worst = {form: (0.0, None) for form in TOLERANCE}
    for network in networks:
        inputs = oracle.draw(np.random.default_rng([1, *network]), [oracle.float_box(oracle.DOMAIN)], samples)
        expected = reference_scores(data, network, inputs)
        for form in TOLERANCE:
            results = programs[form, "plain"][network].infer(inputs)
            difference = float(np.abs(results["scores"].astype(np.float64) - expected).max())
            worst[form] = max(worst[form], (difference, network), key=lambda pair: pair[0])
            failures.require(
                difference <= TOLERANCE[form], f"N{list(network)} {form}: scores differ by {difference:.3g}")
            failures.require((results["status"] == 0).all(), f"N{list(network)} {form}: a plain program is not ok")
    for form, (difference, network) in worst.items():
        print(
            f"scores, {form}: largest difference from ONNX Runtime {difference:.3g} (at most {TOLERANCE[form]:g}), "
            f"on N{list(network)}; {len(networks)} networks, {samples} inputs each", flush=True)


def check_decisions(plain, enforced, names, inputs, place, failures):
    """Compares one network's results with the oracle; returns masks: the inputs on which the raw scores violate some
    active property, on which ours do, which abstained, and which were repaired."""
    raw, ours = plain.infer(inputs), enforced.infer(inputs)
    ok, repaired, abstained = (
        ours["status"] == enforced.constants[f"STATUS_{status}"] for status in ("OK", "REPAIRED", "ABSTAINED"))
    active = {name: oracle.inside(inputs, oracle.FLOAT_BOXES[name]) for name in names}
    raw_bad = np.any([active[n] & oracle.UNSAFE[n](raw["scores"]) for n in names], axis=0)
    our_bad = np.any([active[n] & oracle.UNSAFE[n](ours["scores"]) for n in names], axis=0)

    failures.require((ok | repaired | abstained).all(), f"{place}: unknown status")
    failures.require(not abstained.any(), f"{place}: {abstained.sum()} inputs in the domain abstain")
    failures.require(not our_bad.any(), f"{place}: {our_bad.sum()} unsafe results")
    for name in names:
        # Between the region of the benchmark and the one with whole turns the specification may decide.
        shown = enforced.active(ours, name)
        missed, added = active[name] & ~shown, shown & ~oracle.inside(inputs, oracle.WIDE_BOXES[name])
        failures.require(not missed.any(), f"{place}: {name} is not active on {missed.sum()} inputs of its region")
        failures.require(not added.any(), f"{place}: {name} is active on {added.sum()} inputs outside its region")
    failures.require((ours["choice"] == ours["scores"].argmin(axis=1)).all(), f"{place}: the choice is not the minimum")

    same = (ours["scores"].view(np.uint32) == raw["scores"].view(np.uint32)).all(axis=1)
    extra = np.any([enforced.active(ours, n) & ~active[n] for n in names], axis=0)
    failures.require((same | raw_bad | extra)[~abstained].all(), f"{place}: a safe decision was changed")
    failures.require((ok == same).all(), f"{place}: the status does not say whether scores were changed")
    check_orders(raw["scores"], ours["scores"], active, raw_bad & ~extra & ~abstained, names, place, failures)
    return raw_bad, our_bad, abstained, repaired


def check_orders(raw, ours, active, rows, names, place, failures):
    """Repaired rows: the first safe order, and the raw scores permuted."""
    tables = {}
    ranking = np.argsort(raw, axis=1, kind="stable")
    final = np.argsort(ours, axis=1, kind="stable")
    for row in np.flatnonzero(rows):
        now = tuple(n for n in names if active[n][row])
        if now not in tables:
            tables[now] = oracle.first_safe_orders(now)
        expected = tables[now][tuple(ranking[row])]
        failures.require(tuple(final[row]) == expected, f"{place}: {now}: order {final[row]}, not {list(expected)}")
        if len(set(raw[row])) == 5:
            failures.require(sorted(raw[row]) == sorted(ours[row]), f"{place}: the scores are no permutation")


def check_safety(programs, form, networks, total, failures):
    """Draws `total` inputs, as many for each property, spread over its networks; checks them; prints the table."""
    pairs = [(name, network) for name in oracle.ON for network in networks if oracle.ON[name](*network)]
    pair_counts = {name: sum(one == name for one, _ in pairs) for name in oracle.ON}
    property_share = -(-total // sum(count > 0 for count in pair_counts.values()))
    counts = {name: np.zeros(6, dtype=int) for name in oracle.ON}
    for done, (name, network) in enumerate(pairs):
        share = -(-property_share // pair_counts[name])
        generator = np.random.default_rng([2, int(name[1:]), *network])
        inputs = oracle.draw(generator, oracle.FLOAT_BOXES[name], share)
        names = [n for n in oracle.ON if oracle.ON[n](*network)]
        plain, enforced = programs[form, "plain"][network], programs[form, "enforced"][network]
        place = f"N{list(network)} {form}, region of {name}"
        found = check_decisions(plain, enforced, names, inputs, place, failures)
        outside = oracle.draw_outside(generator, oracle.FLOAT_BOXES[name], -(-share // 10))
        check_decisions(plain, enforced, names, outside, f"{place}, one step outside", failures)
        counts[name] += [1, share, *(int(mask.sum()) for mask in found)]
        if (done + 1) % 25 == 0 or done + 1 == len(pairs):
            print(f"safety, {form}: {done + 1} of {len(pairs)} pairs", flush=True)
    print_table(counts, form)


def print_table(counts, form):
    """One row a property, in Markdown."""
    print(f"\n| property ({form}) | networks | inputs | raw violations | ours | abstained | repaired share |")
    print("|---|---|---|---|---|---|---|")
    rows = list(counts.items()) + [("all", sum(counts.values()))]
    for name, (pairs, inputs, raw, ours, abstained, repaired) in rows:
        share = f"{100 * repaired / inputs:.3f} %" if inputs else "-"
        print(f"| {name} | {pairs} | {inputs:,} | {raw:,} | {ours:,} | {abstained:,} | {share} |")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ordain", type=Path, required=True, help="the compiler's executable")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds acasxu/nnet and acasxu/onnx")
    parser.add_argument("--samples", type=int, default=1000, help="inputs a network for the scores (default 1000)")
    parser.add_argument("--violations", type=int, default=1_000_000, help="inputs in all for safety (default 1000000)")
    parser.add_argument("--networks", nargs="+", metavar="PREV,TAU", help="only these networks (default: all 45)")
    parser.add_argument("--prove", action="store_true", help="programs without what is proved of the networks")
    arguments = parser.parse_args()
    networks = [(prev, tau) for prev in range(1, 6) for tau in range(1, 10)]
    if arguments.networks:
        networks = [tuple(int(part) for part in text.split(",")) for text in arguments.networks]

    failures, programs = Failures(), {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for (form, kind), path in specifications(folder).items():
            output = folder / f"{form}_{kind}"
            proving = ["--prove"] if arguments.prove and kind == "enforced" else []
            compile_specification(arguments.ordain, path, arguments.data, output, *proving)
            programs[form, kind] = load_all(output, folder / f"{form}_{kind}_build")
            print(f"built {len(programs[form, kind])} programs from {form}, {kind}", flush=True)
            failures.require(len(programs[form, kind]) == 45, f"{form}, {kind}: not 45 programs")
        check_scores(programs, arguments.data, networks, arguments.samples, failures)
        for form in TOLERANCE:
            check_safety(programs, form, networks, arguments.violations, failures)
    if failures.count:
        print(f"acasxu: {failures.count} failures", file=sys.stderr)
        sys.exit(1)
    print("acasxu: no difference, no violation")


if __name__ == "__main__":
    main()
