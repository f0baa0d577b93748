"""Exercises what users put into their CI: `action.yml`, step by step as GitHub's runner would, the pre-commit hooks by
`pre-commit` itself, and the examples of the article ContinuousIntegration. Needs no network."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "Sources/CompilerDriver/Ordain.docc/ContinuousIntegration.md"

GOOD = """ordain 1
spec "good" 1.0.0

interface Car {
  inputs {
    gap : m  in 0 .. 200
  }
  outputs {
    stop, keep
    choose highest
  }
}

network Net : Car from "car.onnx"

enforce p { when gap < 5 m then choose stop }
"""
BAD = GOOD.replace("5 m then", "5 then")


def check(condition, message):
    if not condition:
        sys.exit(f"integrations.py: {message}")


def run(command, folder, environment, **options):
    return subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )


def validate(schema, *files):
    """By the schemas that `check-jsonschema` brings along."""
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = run([tool, "--builtin-schema", schema, *files], ROOT, os.environ)
    check(done.returncode == 0, f"{schema}: {done.stdout}")


class Runner:
    """As much of GitHub's runner as a composite action needs."""

    def __init__(self, folder, path):
        self.action = yaml.safe_load((ROOT / "action.yml").read_text())
        self.folder, self.path = folder, path

    def __call__(self, **given):
        known = self.action["inputs"]
        check(set(given) <= set(known), f"unknown inputs {set(given) - set(known)}")
        values = {f"inputs.{name}": str(item.get("default", "")) for name, item in known.items()}
        values.update({f"inputs.{name}": value for name, value in given.items()})
        for name, item in known.items():
            check(not item.get("required") or name in given, f"{name} is required")
        values["github.action_path"] = str(ROOT)
        log = ""
        for step in self.action["runs"]["steps"]:
            check(step["shell"] == "bash", "composite steps name their shell")
            # Values go through the environment: in the script they could be code.
            check("${{" not in step["run"], "no expression in a script")
            output = self.folder / ".output"
            output.write_text("")
            environment = {
                "PATH": self.path, "HOME": os.environ["HOME"], "GITHUB_OUTPUT": str(output),
                "GITHUB_WORKSPACE": str(self.folder), "GITHUB_ACTIONS": "true",
                **{name: self.substituted(value, values) for name, value in step.get("env", {}).items()},
            }
            script = self.folder / ".step.sh"
            script.write_text(step["run"])
            done = run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], self.folder, environment
            )
            log += done.stdout
            for line in output.read_text().splitlines():
                key, _, value = line.partition("=")
                values[f"steps.{step['id']}.outputs.{key}"] = value
            if done.returncode != 0:
                return done.returncode, log, values
        for name, item in self.action["outputs"].items():
            values[f"outputs.{name}"] = self.substituted(item["value"], values)
        return 0, log, values

    @staticmethod
    def substituted(text, values):
        def value(match):
            check(match[1] in values, f"no value for {match[0]}")
            return values[match[1]]

        return re.sub(r"\$\{\{ ([^ }]+) \}\}", value, text)


def check_action(folder, path):
    (folder / "Specs/below").mkdir(parents=True)
    (folder / "Specs/good.ordain").write_text(GOOD)
    (folder / "Specs/below/bad one.ordain").write_text(BAD)
    action = Runner(folder, path)

    status, log, _ = action(specs="Specs/good.ordain")
    check(status == 0 and "::notice title=ordain check::good 1.0.0" in log, f"a good specification: {log}")
    status, log, _ = action(specs="Specs/**/*.ordain\n\n  Specs/good.ordain  ")
    check(status == 1, f"a bad specification: {log}")
    check("::error file=Specs/below/bad one.ordain,line=16,endLine=16,col=24,endColumn=25,title=ORD0303::" in log, log)
    check(log.count("title=ordain check::") == 3, log)
    (folder / "tests.ordain").write_text(GOOD + "\nexpect conflicts none\n")
    status, log, _ = action(specs="tests.ordain", command="test")
    check(status == 0 and "::notice title=ordain test::good 1.0.0" in log, f"expectations that are met: {log}")
    (folder / "tests.ordain").write_text(GOOD + "\nexpect at { gap: 1 m } triggers none\n")
    status, log, _ = action(specs="tests.ordain", command="test")
    check(status == 1 and "::error file=tests.ordain,line=18" in log, f"an expectation that is not met: {log}")
    status, log, _ = action(specs="Specs/none*.ordain")
    check(status == 1 and "ORD0901" in log, f"a pattern without a match: {log}")
    status, log, _ = action(specs="Specs/good.ordain", models="Specs")
    check(status == 1 and "title=ORD0601" in log, f"a folder without the model: {log}")
    for wrong in [{"specs": " \n"}, {"specs": "a", "command": "compile"}, {"specs": "a", "format": "text; id"}]:
        status, log, _ = action(**wrong)
        check(status == 2 and "::error title=ordain::" in log, f"{wrong}: {log}")

    status, log, values = action(specs="Specs/**/*.ordain", format="sarif")
    check(status == 1 and values["steps.run.outputs.sarif-folder"] == "ordain-sarif", log)
    logs = [json.loads(file.read_text()) for file in sorted((folder / "ordain-sarif").iterdir())]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for sarif in logs for result in sarif["runs"][0]["results"] if result["level"] == "error"
    ]
    check(len(logs) == 2 and uris == ["Specs/below/bad%20one.ordain"], f"SARIF files: {uris}")

    without = ":".join(part for part in path.split(":") if not (Path(part) / "ordain").exists())
    if shutil.which("swift", path=without):
        status, log, values = Runner(folder, without)(specs="Specs/good.ordain")
        check(status == 0, f"without ordain on the PATH: {log}")
        check(values["steps.find.outputs.path"].endswith("/release/ordain"), "it is built from the action's source")
    else:
        print("integrations.py: no swift on the PATH, so that the action builds a missing ordain was NOT tested")
    status, log, _ = Runner(folder, "/usr/bin:/bin")(specs="Specs/good.ordain")
    check(status == 2 and "no swift to build it" in log, f"without ordain and swift: {log}")


def git(folder, environment, *arguments):
    done = run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], folder, environment)
    check(done.returncode == 0, f"git {arguments}: {done.stdout}")


def check_hooks(folder, path):
    """`pre-commit try-repo` and `pre-commit run` with the article's configuration, on a repository of two files."""
    hooks = folder / "hooks"
    user = folder / "user"
    hooks.mkdir()
    user.mkdir()
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{path}", "HOME": str(folder), "PRE_COMMIT_HOME": str(folder / "cache"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    git(hooks, environment, "init", "-q")
    git(hooks, environment, "add", ".")
    git(hooks, environment, "commit", "-q", "-m", "hooks")
    git(hooks, environment, "tag", "v1")
    git(user, environment, "init", "-q")
    (user / "good.ordain").write_text(GOOD)
    (user / "a b.ordain").write_text(GOOD)
    (user / "other.txt").write_text("enforce")
    git(user, environment, "add", ".")

    def try_repo(hook):
        return run(
            ["pre-commit", "try-repo", str(hooks), hook, "--all-files", "--verbose"], user, environment
        )

    known = [hook["id"] for hook in yaml.safe_load((hooks / ".pre-commit-hooks.yaml").read_text())]
    for hook in known:
        done = try_repo(hook)
        check(done.returncode == 0 and "Passed" in done.stdout, f"{hook} on good files: {done.stdout}")
    (user / "a b.ordain").write_text(BAD)
    git(user, environment, "add", ".")
    done = try_repo("ordain-check")
    check(done.returncode == 1 and "error[ORD0303]" in done.stdout, f"ordain-check on a bad file: {done.stdout}")
    check(set(known) == {"ordain-check", "ordain-fmt"}, f"the hooks are {known}")
    (user / "a b.ordain").write_text(GOOD.replace("interface Car", "interface    Car"))
    git(user, environment, "add", ".")
    done = try_repo("ordain-fmt")
    check(done.returncode == 1 and "Failed" in done.stdout, f"ordain-fmt on a crooked file: {done.stdout}")

    configuration = example(".pre-commit-config.yaml")
    text, count = re.subn(r"(?m)^( *- repo:) .*$", rf"\1 {hooks}", configuration)
    check(count == 1, "the example has one repository")
    (user / ".pre-commit-config.yaml").write_text(re.sub(r"(?m)^( *rev:) .*$", r"\1 v1", text))
    (user / "a b.ordain").write_text(GOOD)
    git(user, environment, "add", ".")
    done = run(["pre-commit", "run", "--all-files"], user, environment)
    check(done.returncode == 0 and done.stdout.count("Passed") >= 1, f"the article's configuration: {done.stdout}")


def example(name):
    """The YAML block of the article that names the file in its first line."""
    blocks = re.findall(r"```yaml\n(# [^\n]*\n.*?)```", ARTICLE.read_text(), re.S)
    found = [block for block in blocks if block.splitlines()[0] == f"# {name}"]
    check(len(found) == 1, f"the article shows {name} once")
    return found[0]


def check_workflow(folder):
    """The article's workflow is one, and passes inputs that the action has."""
    file = folder / "workflow.yml"
    file.write_text(example(".github/workflows/ordain.yml"))
    validate("vendor.github-workflows", file)
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    used = [
        step for job in yaml.safe_load(file.read_text())["jobs"].values() for step in job["steps"]
        if "ordain" in step.get("uses", "")
    ]
    check(used, "the workflow uses the action")
    for step in used:
        check(set(step["with"]) <= set(inputs), f"inputs of {step}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordain", type=Path, required=True, help="the compiler")
    ordain = parser.parse_args().ordain.resolve()
    validate("vendor.github-actions", ROOT / "action.yml")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        (folder / "bin").mkdir()
        (folder / "bin/ordain").symlink_to(ordain)
        path = f"{folder / 'bin'}:{os.environ['PATH']}"
        (folder / "action").mkdir()
        check_action(folder / "action", path)
        (folder / "pre-commit").mkdir()
        check_hooks(folder / "pre-commit", path)
        check_workflow(folder)
    print("action.yml, the pre-commit hooks and the article's examples do what they say")


main()
