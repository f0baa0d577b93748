"""Emitted C on Cortex-M4F and Cortex-M3 under qemu: every self-check passes, so the bits are those of the reference
evaluation; a thousand more inputs give the bits that they give on this machine, whose builds are compared with the
reference evaluation elsewhere; and the instructions of ACAS Xu 1_1 stay under the bound."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent / "cortex_m"
ROOT = HERE.parent.parent.parent
BOARDS = {
    "Cortex-M3": ("mps2-an385", ["-mcpu=cortex-m3"]),
    "Cortex-M4F": ("mps2-an386", ["-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]),
}
# CODEGEN.md's prototype on Cortex-M4F; onnx2c's code takes 107,760.
LARGEST_INSTRUCTION_COUNT = 66_400


def build(board, sources, flags, folder):
    """The program's path. Sources may include each other's headers from `folder`."""
    machine_flags = BOARDS[board][1]
    program = folder / "program.elf"
    subprocess.run(
        ["arm-none-eabi-gcc", "-mthumb", *machine_flags, "-std=c99", "-ffreestanding", "-nostartfiles",
         f"-I{HERE}", f"-I{folder}", *flags, HERE / "board.c", *sources, f"-T{HERE / 'memory.ld'}",
         "--specs=nano.specs", "-o", program],
        check=True)
    return program


def run(board, program):
    """The exit code and what was printed."""
    done = subprocess.run(
        ["qemu-system-arm", "-machine", BOARDS[board][0], "-nographic", "-monitor", "none", "-serial", "none",
         "-icount", "shift=0", "-semihosting-config", "enable=on,target=native", "-kernel", program],
        capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


def emit(ordain, folder, *arguments):
    """The prefixes of the networks that `ordain compile` writes into the folder."""
    subprocess.run([ordain, "compile", *arguments, "-o", folder], check=True, stdout=subprocess.DEVNULL)
    return sorted(path.name.removesuffix("_selfcheck.c") for path in folder.glob("*_selfcheck.c"))


def check_self_checks(board, folder, prefixes):
    for prefix in prefixes:
        for level in ["-Os", "-O2"]:
            program = build(board, [folder / f"{prefix}.c", folder / f"{prefix}_selfcheck.c"], [level], folder)
            code, output = run(board, program)
            if code != 0:
                sys.exit(f"{board} {level}: the self-check of {prefix} ends with {code}\n{output}")
        print(f"{board}: the self-check of {prefix} passes")


def check_bits(folder, prefixes):
    for prefix in prefixes:
        header = (folder / f"{prefix}.h").read_text()
        ends = re.findall(r"input\[\d+\] .*: (\S+) \.\. ([-+.e\d]+)", header)
        flags = [f'-DHEADER="{prefix}.h"', f"-DPREFIX={prefix}", f"-DUPPER={prefix.upper()}",
                 "-DLEAST=" + ",".join(least for least, _ in ends), "-DMOST=" + ",".join(most for _, most in ends)]
        sources = [HERE / "bits.c", folder / f"{prefix}.c"]
        program = folder / "bits"
        subprocess.run(
            ["gcc", "-std=c99", "-O0", "-ffp-contract=off", f"-I{HERE}", f"-I{folder}", *flags, HERE / "host.c", *sources,
             "-o", program],
            check=True)
        expected = subprocess.run([program], capture_output=True, text=True, check=True).stdout
        answered, repaired, abstained = map(int, expected.splitlines()[-1].split())
        if len(expected.splitlines()) != 11 or not answered or not abstained:
            sys.exit(f"{prefix}: the vectors show nothing\n{expected}")
        for board in BOARDS:
            code, output = run(board, build(board, sources, ["-O2", "-ffp-contract=off", *flags], folder))
            if code != 0 or output != expected:
                sys.exit(f"{board}: {prefix} gives other bits than on this machine\n{output}\nexpected\n{expected}")
            print(f"{board}: {prefix} gives the same bits on 1,000 inputs"
                  f" ({answered} answered, {repaired} repaired, {abstained} abstained)")


def count_instructions(board, folder, prefix):
    flags = ["-O2", f'-DNETWORK="{prefix}.c"', f"-DPREFIX={prefix}", f"-DUPPER={prefix.upper()}"]
    code, output = run(board, build(board, [HERE / "count.c"], flags, folder))
    if code != 0:
        sys.exit(f"{board}: counting ends with {code}\n{output}")
    counts = {line.split()[0]: tuple(map(int, line.split()[1:])) for line in output.strip().splitlines()}
    for part, (least, most) in counts.items():
        print(f"{board}: {prefix} {part}: {least} to {most} instructions")
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordain", required=True)
    parser.add_argument("--data", type=pathlib.Path, help="the folder that holds acasxu/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = pathlib.Path(temporary)
        cartpole = ROOT / "Specs/cartpole/cartpole.ordain"
        studies = [("cartpole", [cartpole]), ("binary64", [cartpole, "--float-semantics", "binary64-sums"])]
        if options.data:
            studies.append(("acasxu", [ROOT / "Specs/acasxu/acasxu.ordain", "--network", "N[1,1]"]))
            model = options.data / "acasxu/nnet/ACASXU_run2a_1_1_batch_2000.nnet"
            studies.append(("plain", ["--model", model, "--name", "plain", "--optimize", "size"]))
        for name, arguments in studies:
            folder = base / name
            prefixes = emit(options.ordain, folder, *arguments)
            if name != "plain":
                check_bits(folder, prefixes)
            for board in BOARDS:
                check_self_checks(board, folder, prefixes)
                if name == "plain":
                    counts = count_instructions(board, folder, prefixes[0])
                    least, most = counts["network"]
                    if board == "Cortex-M4F" and (least != most or most > LARGEST_INSTRUCTION_COUNT):
                        sys.exit(f"{board}: {least} to {most} instructions, not one number of at most"
                                 f" {LARGEST_INSTRUCTION_COUNT}")


if __name__ == "__main__":
    main()
