"""How many guards `ordain compile --prove` drops, over the networks of a specification; and what that saves.

    python Tests/Benchmarks/proved_guards.py [--ordain PATH] [--boxes N] [--float-semantics S] [--network NAME ...]
        [SPEC [--models DIR]]

Without SPEC the 45 networks of ACAS Xu, with the data in ORDAIN_DATA. For each network and property the table says `proved`
(dropped from the repair), `kept` (proved, but a repair of another property could break it) or `repair`. Sizes are
those of the C source without the weights, which are in a file of their own. The proofs are written, have to be those that
the headers name, and are checked by `ordain check-proof`.
"""

import argparse
import collections
import hashlib
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINE = re.compile(r'^ \*   (\w[\w\[\],]*)(?: ".*")?, [^,]+, line \d+', re.MULTILINE)


def run(command):
    """Runs a command; returns its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compile_all(ordain, arguments, folder):
    return run([ordain, "compile", *arguments, "--weights", "separate", "-o", folder])


def check_proofs(ordain, folder, headers):
    """Checks that the proofs are those of the headers, and each of them; returns what it took."""
    named = {h for header in headers for h in re.findall(r"proof SHA-256\n \*     ([0-9a-f]{64})", header.read_text())}
    files = sorted(folder.glob("*.ordainproof")) if folder.exists() else []
    if {hashlib.sha256(path.read_bytes()).hexdigest() for path in files} != named:
        sys.exit("the proofs are not those that the headers name")
    seconds = sum(run([ordain, "check-proof", path]) for path in files)
    size = sum(path.stat().st_size for path in files)
    return f"{len(files)} proofs of {size} bytes are checked in {seconds:.1f} CPU seconds, start-up included"


def enforcement(header):
    """For each property of a header how it is enforced."""
    text = header.read_text()
    start = text.index(" * Enforced properties:\n")
    block = text[start : text.index("\n *\n", start)]
    names = list(LINE.finditer(block))
    ends = [match.start() for match in names[1:]] + [len(block)]
    found = {}
    for match, end in zip(names, ends):
        said = block[match.end() : end]
        if "since a repair of another property" in said:
            found[match[1]] = "kept"
        else:
            found[match[1]] = "proved" if "proved of the network" in said else "repair"
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("spec", nargs="?", default=ROOT / "Specs/acasxu/acasxu.ordain", type=pathlib.Path)
    parser.add_argument("--models", default=os.environ.get("ORDAIN_DATA"), help="as of ordain compile")
    parser.add_argument("--ordain", default=ROOT / ".build/release/ordain")
    parser.add_argument("--boxes", help="the budget, as of --prove-boxes")
    parser.add_argument("--float-semantics", default="contract-off", help="as of ordain compile")
    parser.add_argument("--network", action="append", default=[], help="only this network")
    arguments = parser.parse_args()
    common = [arguments.spec, "--float-semantics", arguments.float_semantics]
    common += (["--models", arguments.models] if arguments.models else [])
    for network in arguments.network:
        common += ["--network", network]
    proving = ["--prove"] + (["--prove-boxes", arguments.boxes] if arguments.boxes else [])
    with tempfile.TemporaryDirectory() as temporary:
        proofs = pathlib.Path(temporary, "proofs")
        proving += ["--evidence", proofs]
        plain, proved = pathlib.Path(temporary, "plain"), pathlib.Path(temporary, "proved")
        base = compile_all(arguments.ordain, common, plain)
        seconds = compile_all(arguments.ordain, common + proving, proved) - base
        totals, sizes, free, guarded = collections.defaultdict(collections.Counter), [0, 0], 0, 0
        headers = sorted(path for path in proved.glob("*.h") if not path.name.endswith("_weights.h"))
        for header in headers:
            ways = enforcement(header)
            for name, way in ways.items():
                totals[name][way] += 1
            source = header.with_suffix(".c").name
            both = [(folder / source).stat().st_size for folder in (plain, proved)]
            sizes = [total + size for total, size in zip(sizes, both)]
            free += bool(ways) and f"{header.stem}_repair(" not in (proved / source).read_text()
            guarded += bool(ways)
            print(f"{header.stem}: {', '.join(f'{name} {way}' for name, way in ways.items())}; "
                  f"{both[0]} -> {both[1]} bytes", flush=True)
        checked = check_proofs(arguments.ordain, proofs, headers)
    print("\n| property | networks | proved | kept | repair |\n|---|---|---|---|---|")
    rows = list(totals.items()) + [("all", sum(totals.values(), collections.Counter()))]
    for name, counts in rows:
        print(f"| {name} | {counts.total()} | {counts['proved']} | {counts['kept']} | {counts['repair']} |")
    print(f"\n{free} of {guarded} programs with properties have no repair; sources {sizes[0]} -> {sizes[1]} bytes; "
          f"{seconds:.0f} CPU seconds of proving; {checked}")


if __name__ == "__main__":
    main()
