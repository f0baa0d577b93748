"""Checks the proof of every ACAS Xu instance that holds, and compares the time with that of the search.

    evidence.py --ordain PATH --data DIR [--full] [--table FILE]

DIR holds `acasxu/`. For a sample of the 186 instances, all with --full:

1. `prove` without and with --evidence give the same verdict; of what holds there is a proof.
2. `check-proof` accepts the proof as one of that model and that question, and refuses it as one of another question and,
   of some instances, of another model.
3. The same of the specification, by properties of a network, of all with --full.
4. What is published as violated has no proof. Proofs are as many as there are: 139, or those of the sample's instances.
5. With --full: checking all proofs takes at most a fifth of the time of finding them; each one at most 25 %, as shares of
   single proofs vary by some percent points between runs (those that were found in less than 20 ms are not judged alone).

CPU seconds are phases' (of all threads, one thread each): "found" is the search's without evidence as `prove` prints it,
"checked" is the check of all bytes of the proof as `check-proof` prints it; both without start-up and reading files. "With
plan" is the whole process of `prove --evidence`. Prints and writes (--table) tables in Markdown: by property, and the
largest shares. Ends with 1 if there are findings.
"""

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SPECIFICATION = Path(__file__).resolve().parents[2] / "Specs" / "acasxu" / "acasxu.ordain"


def run(command):
    """The finished process and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return finished, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# How many instances hold, of all and of the sample's.
PROOFS = {True: 139, False: 14}
# Of the time of finding: to check all proofs, and a single one.
TOTAL_SHARE, SINGLE_SHARE = 0.2, 0.25
# A proof that is found in less is not judged alone.
SHORT = 0.02
# Networks on which the specification declares nothing that is to be proved.
WITHOUT_PROPERTIES = {"N[1,7]", "N[1,8]"}


class Evidence:
    """Collects the table's rows and what is wrong."""

    def __init__(self, ordain, folder):
        self.ordain, self.folder = ordain, folder
        with (folder / "verdicts_open.csv").open() as file:
            self.published = {(row["onnx"], row["vnnlib"]): row["verdict"] for row in csv.DictReader(file)}
        self.rows, self.wrong, self.compared = [], 0, 0

    def require(self, holds, message):
        if not holds:
            self.wrong += 1
            print(f"FAILED: {message}", flush=True)

    def answer(self, model, file, *more):
        finished, seconds = run([
            self.ordain, "prove", "--vnnlib", file, "--model", model, "--format", "json", "--no-cache", "--jobs", "1",
            *more])
        return json.loads(finished.stdout), seconds

    def accepted(self, proof, model, file):
        """What check-proof prints, if it accepts."""
        finished, _ = run([self.ordain, "check-proof", proof, "--model", model, "--vnnlib", file])
        return finished.stdout if finished.returncode == 0 else None

    def check(self, model, file, others):
        """One instance; `others` are pairs that the proof is not about."""
        name = f"{model.stem.removeprefix('ACASXU_run2a_').removesuffix('_batch_2000')} {file.stem.removeprefix('prop_')}"
        answer, _ = self.answer(model, file)
        published = self.published.get((model.name, file.name))
        contrary = {"holds": "sat", "violated": "unsat"}.get(answer["verdict"])
        self.require(published is None or published != contrary, f"{name}: {answer['verdict']}, published as {published}")
        if answer["verdict"] != "holds":
            return
        with tempfile.TemporaryDirectory() as folder:
            again, planned = self.answer(model, file, "--evidence", folder)
            self.require(again["verdict"] == "holds", f"{name}: {again['verdict']} with --evidence")
            proofs = list(Path(folder).iterdir())
            self.require(len(proofs) == 1, f"{name}: no proof")
            if not proofs:
                return
            text = self.accepted(proofs[0], model, file)
            self.require(text is not None, f"{name}: the proof is refused")
            for other in others:
                self.require(self.accepted(proofs[0], *other) is None, f"{name}: accepted as one of {other}")
            checked = float(re.search(r"([0-9.e-]+) CPU seconds", text or "0 CPU seconds").group(1))
            size = proofs[0].stat().st_size
        found = answer["cpuSeconds"]
        semantics = re.search(r"semantics ([\w-]+)", text or "semantics none").group(1)
        self.rows.append((name, found, planned, checked, checked / found, size, semantics))
        print(f"{name}: found {found:.3f}, with plan {planned:.3f}, checked {checked:.4f}, {checked / found:.1%}, "
              f"{size} bytes, {semantics}", flush=True)

    def check_properties(self, network, other):
        """What holds of a network by the specification; `other` is a network that the proofs are not about."""
        with tempfile.TemporaryDirectory() as folder:
            finished, _ = run([
                self.ordain, "prove", SPECIFICATION, "--models", self.folder.parent, "--network", network, "--format",
                "json", "--no-cache", "--evidence", folder])
            answers = [json.loads(line) for line in finished.stdout.splitlines()]
            names = [answer["property"] for answer in answers]
            self.require(bool(names) != (network in WITHOUT_PROPERTIES), f"{network}: {names} {finished.stderr}")
            for answer in answers:
                if answer["verdict"] != "holds":
                    continue
                self.require("evidence" in answer, f"{network} {answer['property']}: {answer.get('evidenceReason')}")
                if "evidence" not in answer:
                    continue
                own = (network, answer["property"])
                for question in [own, (other, own[1])] + [(network, name) for name in names if name != own[1]]:
                    checked, _ = run([
                        self.ordain, "check-proof", answer["evidence"], SPECIFICATION, "--models", self.folder.parent,
                        "--network", question[0], "--property", question[1]])
                    # 2: the property is not declared on the other network.
                    refused = (1,) if question[0] == network else (1, 2)
                    self.require(
                        checked.returncode in ((0,) if question == own else refused),
                        f"{own} as {question}: {checked.stdout}{checked.stderr}")
                    self.compared += 1

    def require_all(self, full):
        """That no proof is missing, and at full size that all together are checked in a fifth of the time."""
        self.require(len(self.rows) == PROOFS[full], f"{len(self.rows)} proofs, not {PROOFS[full]}")
        if not full:
            return
        for name, found, _, _, share, *_ in self.rows:
            self.require(found < SHORT or share <= SINGLE_SHARE, f"{name}: checking takes {share:.1%} of finding")
        found, checked = sum(row[1] for row in self.rows), sum(row[3] for row in self.rows)
        self.require(checked <= TOTAL_SHARE * found, f"checking takes {checked:.2f} s, finding {found:.2f} s")

    def by_property(self):
        """The table of the article Evidence."""
        lines = [
            "| Property | Proofs | Found | With plan | Checked | Share | Largest share | At most 20 % |",
            "|---|---|---|---|---|---|---|---|",
        ]
        properties = sorted({int(row[0].split()[1]) for row in self.rows})
        for name in [*properties, "all"]:
            rows = [row for row in self.rows if name in ("all", int(row[0].split()[1]))]
            found, planned, checked = (sum(row[column] for row in rows) for column in (1, 2, 3))
            lines.append(
                f"| {name} | {len(rows)} | {found:.2f} | {planned:.2f} | {checked:.3f} | {checked / max(found, 1e-9):.1%} | "
                f"{max((row[4] for row in rows), default=0):.1%} | {sum(row[4] <= TOTAL_SHARE for row in rows)} |")
        return "\n".join(lines) + "\n"

    def table(self):
        lines = ["| Instance | Found | With plan | Checked | Share | File |", "|---|---|---|---|---|---|"]
        for name, found, planned, checked, share, size, _ in sorted(self.rows, key=lambda row: -row[4]):
            lines.append(
                f"| {name} | {found:.3f} | {planned:.3f} | {checked:.4f} | {share:.1%} | {size / 1000:.0f} kB |")
        return "\n".join(lines) + "\n"

    def summary(self):
        sums = [sum(row[column] for row in self.rows) for column in (1, 2, 3)]
        long = [row for row in self.rows if row[1] >= 0.05]
        real = sum(row[6] == "real" for row in self.rows)
        return (
            f"{len(self.rows)} proofs ({real} about reals alone), found {sums[0]:.2f} s, with plan {sums[1]:.2f} s, "
            f"checked {sums[2]:.2f} s: {sums[2] / sums[0]:.1%}; at most 20 %: {sum(row[4] <= 0.2 for row in self.rows)}, "
            f"of those found in 0.05 s or more {sum(row[4] <= 0.2 for row in long)} of {len(long)}, "
            f"the largest share there {max((row[4] for row in long), default=0):.1%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ordain", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--full", action="store_true", default=bool(os.environ.get("ORDAIN_FULL")))
    parser.add_argument("--table", type=Path)
    arguments = parser.parse_args()
    folder = arguments.data / "acasxu"
    with (folder / "instances.csv").open() as file:
        instances = [(folder / "onnx" / row[0], folder / "vnnlib" / row[1]) for row in csv.reader(file)]
    chosen = instances if arguments.full else instances[:180:15] + instances[180:]
    evidence = Evidence(arguments.ordain, folder)
    for index, (model, file) in enumerate(chosen):
        other = folder / "vnnlib" / ("prop_3.vnnlib" if file.stem != "prop_3" else "prop_4.vnnlib")
        others = [(model, other)]
        if index % 10 == 0:
            others.append((instances[0][0] if model != instances[0][0] else instances[1][0], file))
        evidence.check(model, file, others)
    networks = [f"N[{tau},{alpha}]" for tau in range(1, 6) for alpha in range(1, 10)]
    for network, other in zip(networks, networks[1:] + networks[:1]):
        if arguments.full or network == "N[1,1]":
            evidence.check_properties(network, other)
    if arguments.table is not None:
        arguments.table.write_text(evidence.by_property() + "\n" + evidence.table())
    evidence.require_all(arguments.full)
    print(evidence.by_property())
    print(evidence.summary())
    print(f"{evidence.compared} comparisons with questions of the specification")
    print(f"{evidence.wrong} findings")
    return 1 if evidence.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
