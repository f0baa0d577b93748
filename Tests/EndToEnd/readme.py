"""Runs the commands that documents show with what they print: the blocks that begin with ```console.

    readme.py --ordain ordain FILE...

A line that begins with `$ ` is a command, run from the repository's root; the lines behind it are its output, where
`...` stands for any lines. Pictures that commands write are read as XML and must have a title and a description. Exit
code 1 if something else was printed.
"""

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
import xml.dom.minidom
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sessions(text):
    """Each command with the lines that are shown behind it."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
        for session in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = re.sub(r"\\\n\s*", "", session).split("\n")
            yield command, shown[:-1]


def agrees(shown, printed):
    """Whether the shown lines are the printed ones, but for what `...` stands for."""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(agrees(shown[1:], printed[skipped:]) for skipped in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and agrees(shown[1:], printed[1:])


def main():
    """Run everything; say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ordain", required=True, type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    failures = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            for command, shown in sessions(file.read_text()):
                program, *options = shlex.split(command)
                if program != "ordain":
                    sys.exit(f"{file}: `{command}` is not run: only ordain is")
                options = [folder + "/" + option if option.endswith(".svg") else option for option in options]
                result = subprocess.run(
                    [arguments.ordain.resolve(), *options], cwd=ROOT, capture_output=True, text=True, check=False
                )
                count += 1
                if result.returncode != 0 or result.stderr or not agrees(shown, result.stdout.splitlines()):
                    failures += 1
                    print(f"{file}: `{command}` ends with {result.returncode} and prints")
                    print(result.stdout + result.stderr)
                for picture in Path(folder).glob("*.svg"):
                    tags = [node.nodeName for node in xml.dom.minidom.parse(str(picture)).documentElement.childNodes]
                    if "title" not in tags or "desc" not in tags:
                        sys.exit(f"{picture} has no title and description")
                    picture.unlink()
    if count == 0:
        sys.exit("no command is shown")
    print(f"{count - failures} of {count} commands print what is shown")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
