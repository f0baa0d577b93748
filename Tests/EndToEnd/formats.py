"""Runs `ordain check` and `ordain test` in every format on good and bad specifications, and validates what it prints: SARIF against its
JSON schema, JUnit against the XSD of Jenkins' plugin and by `junitparser`, GitHub's commands by the runner's own rules,
JSON against the other formats. See schemas/README.md for where the schemas come from."""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import jsonschema
import junitparser
import xmlschema

SCHEMAS = Path(__file__).parent / "schemas"
LEVELS = {"error": "error", "warning": "warning", "note": "note", "undecided": "none"}
COMMANDS = {"error": "error", "undecided": "error", "warning": "warning", "note": "notice"}

INTERFACE = """ordain 1
spec "formats" 1.0.0
interface Plane {
  inputs {
    height : ft  in 0 .. 9000
    speed  : m/s in 0 .. 300
  }
  outputs { climb, stay, sink choose highest }
}
network N : Plane from "n.nnet"
"""


def undecided():
    """Sixteen dense linear conditions over sixteen inputs take Z3 far more than a millisecond."""
    inputs = "\n".join(f"x{i} : 1 in -1 .. 1" for i in range(16))
    properties = []
    for p in range(16):
        terms = []
        for i in range(16):
            number = (p * 37 + i * 101 + p * i * 13) % 97 + 1
            terms.append(f"{'-' if number % 3 == 0 else '+'} {number} * x{i}")
        properties.append(f"enforce p{p} {{ when 0 {' '.join(terms)} >= {p % 7} then a above b }}")
    return (
        'ordain 1\nspec "hard" 1.0.0\ninterface I { inputs { ' + inputs + " } outputs { a, b choose highest } }\n"
        'network N : I from "n.nnet"\n' + "\n".join(properties)
    )


RULES = """enforce low { when height <= 1000 ft then choose climb }
enforce high { when height >= 8000 ft then choose sink }
"""

# Name of the file, text, options, expected exit code of `ordain check`.
CHECKS = [
    ("clean.ordain", INTERFACE + "enforce p { when height < 9 ft then choose climb }", [], 0),
    ("empty.ordain", "", [], 1),
    ("does not parse, 100%.ordain", INTERFACE + "enforce p { when hieght < 9 ft then choose climb }\n}", [], 1),
    ("syntax.ordain", "enforce \u00e9 & < > \" ::error:: \x1b[31m \x00 \r\n %0A , : ]]>", [], 1),
    ("mark.ordain", "\ufeff// \U0001d11e\nordain 1 \u00e9", [], 1),
    ("not-utf8.ordain", b"ordain 1\n// \xff\xfe\n", [], 1),
    (
        "conflict.ordain",
        INTERFACE
        + 'enforce low "100 %, a:b" { when height <= 1000 ft then choose climb }\n'
        + "for s in { 250 m/s, 280 m/s } { enforce fast { when speed >= s then never choose climb } }",
        [],
        1,
    ),
    ("warning.ordain", INTERFACE + "enforce p { when height < 90000 ft and speed < 3 m/s then choose climb }", [], 1),
    ("note.ordain", INTERFACE + "enforce p { when height >= 10 ft then choose climb }", [], 0),
    ("undecided.ordain", undecided(), ["--solver-timeout", "1"], 3),
    ("no-such-model.ordain", INTERFACE, ["--models", "."], 1),
    ("no-such-network.ordain", INTERFACE, ["--network", "M"], 1),
    ("missing.ordain", None, [], 1),
]

# The same of `ordain test`.
TESTS = [
    ("met.ordain", INTERFACE + RULES + "expect low, high disjoint\nexpect conflicts none", [], 0),
    (
        "not met & <100%>.ordain",
        INTERFACE + RULES + "expect conflicts none\nexpect at { height: 1 ft, speed: 0 m/s } triggers high only",
        [],
        1,
    ),
    ("nothing.ordain", INTERFACE + RULES, [], 1),
    ("does not parse.ordain", INTERFACE + "expect", [], 1),
    ("undecided.ordain", undecided() + "\nexpect conflicts none", ["--solver-timeout", "1"], 3),
]


class Disagreement(Exception):
    """Two reports differ, or one is wrong."""


def check(condition, message):
    if not condition:
        raise Disagreement(message)


def unescaped(text, escapes=(("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))):
    """The inverse that GitHub's runner applies, in its order."""
    for code, character in escapes:
        text = text.replace(code, character)
    return text


def github_commands(output):
    """Each line as (command, properties, message), parsed as the runner does."""
    commands = []
    for line in output.split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning|notice)(?: ([^\r]*?))?::([^\r]*)", line)
        check(match, f"no workflow command: {line!r}")
        properties = {}
        for pair in filter(None, (match[2] or "").split(",")):
            key, _, value = pair.partition("=")
            properties[key] = unescaped(
                value, (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
            )
        commands.append((match[1], properties, unescaped(match[3])))
    return commands


def check_sarif(log, report, folder, validator):
    errors = sorted(validator.iter_errors(log), key=str)
    check(not errors, f"not SARIF 2.1.0: {errors[:3]}")
    run = log["runs"][0]
    check(run["columnKind"] == "unicodeCodePoints", "the unit of columns")
    rules = run["tool"]["driver"]["rules"]
    check(len(run["results"]) == len(report["diagnostics"]), "a result a diagnostic")
    check(run["invocations"][0]["exitCode"] == report["exitCode"], "the exit code")
    prints = [tuple(sorted(result["partialFingerprints"].items())) for result in run["results"]]
    check(len(set(prints)) == len(prints), "fingerprints differ within a run")
    for result, diagnostic in zip(run["results"], report["diagnostics"]):
        check(rules[result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic["code"], "the rule")
        check(result["level"] == LEVELS[diagnostic["severity"]], "the level")
        check((result["kind"] == "open") == (diagnostic["severity"] == "undecided"), "the kind")
        check(diagnostic["message"] in result["message"]["text"], "the message")
        located = [note for note in diagnostic["notes"] if "start" in note.get("location", {})]
        check(len(result.get("relatedLocations", [])) == len(located), "related locations")
        for location in result["locations"] + result.get("relatedLocations", []):
            physical = location["physicalLocation"]
            check_region(physical, folder)


def check_region(physical, folder):
    """The region is inside the file, counted as `columnKind` says; the artifact is there."""
    uri = physical["artifactLocation"]["uri"]
    check(re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri), f"the URI {uri}")
    check(physical["artifactLocation"].get("uriBaseId") == "%SRCROOT%", "the URI's base")
    path = folder / urllib.parse.unquote(uri)
    if "region" not in physical:
        return
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    region = physical["region"]
    for line, column in [("startLine", "startColumn"), ("endLine", "endColumn")]:
        check(1 <= region[line] <= len(lines), f"{line} {region}")
        check(1 <= region[column] <= len(lines[region[line] - 1].rstrip("\r")) + 2, f"{column} {region}")
    check(
        (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"]), f"order {region}"
    )


def check_junit(text, report, schema):
    schema.validate(text)
    root = junitparser.JUnitXml.fromstring(text.encode())
    cases = [case for suite in root for case in suite]
    kinds = {junitparser.Failure: "failed", junitparser.Error: "undecided", junitparser.Skipped: "skipped"}
    outcomes = {}
    for case in cases:
        kind = kinds[type(case.result[0])] if case.result else "passed"
        outcomes[(case.classname.rsplit(".", 1)[1], case.name)] = kind
    expected = {(case["group"], case["name"]): case["outcome"] for case in report["cases"]}
    check(outcomes == expected, f"cases {outcomes}, expected {expected}")
    for suite in root:
        members = list(suite)
        results = [kinds[type(case.result[0])] if case.result else "passed" for case in members]
        counts = (suite.tests, suite.failures, suite.errors)
        check(counts == (len(members), results.count("failed"), results.count("undecided")), f"totals {counts}")
    bad = any(kind in ("failed", "undecided") for kind in outcomes.values())
    check(bad == (report["exitCode"] != 0), "a run fails iff a case does")


def check_github(output, report):
    commands = github_commands(output)
    check(len(commands) == len(report["diagnostics"]) + (1 if commands[-1][0] == "notice" else 0), "a command each")
    for (command, properties, message), diagnostic in zip(commands, report["diagnostics"]):
        check(command == COMMANDS[diagnostic["severity"]], "the command")
        check(properties["title"] == diagnostic["code"], "the title")
        visible = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", diagnostic["message"])
        check(message.startswith(visible), f"the message {message!r}")
        start = diagnostic.get("location", {}).get("start")
        if start:
            check(properties["line"] == str(start["line"]), "the line")
            check(properties["file"] == diagnostic["location"]["file"], f"the file {properties}")


def check_bytes(report, folder):
    """Byte ranges, lines and columns of the JSON report agree with the file."""
    for diagnostic in report["diagnostics"]:
        location = diagnostic.get("location", {})
        if "start" not in location:
            continue
        data = (folder / location["file"]).read_bytes()
        for end in (location["start"], location["end"]):
            before = data[: end["byte"]].removeprefix(b"\xef\xbb\xbf")
            check(before.count(b"\n") + 1 == end["line"], f"line {end}")
            column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
            check(column == end["column"], f"column {end}, counted {column}")


def run_all(ordain, command, name, options, status, folder):
    """The report in each format."""
    outputs = {}
    for style in ["text", "json", "sarif", "junit", "github"]:
        done = subprocess.run(
            [ordain, command, name, "--format", style, *options],
            cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True,
        )
        check(done.returncode == status, f"{command} {name} as {style} ends with {done.returncode}, not {status}")
        check(style == "text" or not done.stderr, f"{name} as {style} writes to standard error")
        outputs[style] = done.stdout.decode()
    return outputs


def check_all(outputs, command, status, folder, validator, junit_schema):
    report = json.loads(outputs["json"])
    check(report["schema"] == 1 and report["command"] == command, "the JSON report")
    check(report["exitCode"] == status, "the exit code")
    check(list(report) == sorted(report), "keys are sorted")
    properties = [case["outcome"] for case in report["cases"] if case["group"] == "properties"]
    check(status != 3 or "passed" not in properties, "what is undecided does not pass")
    check_bytes(report, folder)
    check_sarif(json.loads(outputs["sarif"]), report, folder, validator)
    check_junit(outputs["junit"], report, junit_schema)
    check_github(outputs["github"], report)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordain", type=Path, required=True, help="the compiler")
    ordain = parser.parse_args().ordain.resolve()
    sarif_schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text())
    validator = jsonschema.Draft4Validator(sarif_schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    junit_schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        runs = [("check", *case) for case in CHECKS] + [("test", *case) for case in TESTS]
        for command, name, text, options, status in runs:
            if text is not None:
                (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
            # A time limit cuts each run elsewhere: of such runs some must agree.
            for remaining in reversed(range(20 if status == 3 else 1)):
                outputs = run_all(ordain, command, name, options, status, folder)
                try:
                    check_all(outputs, command, status, folder, validator, junit_schema)
                    break
                except Disagreement:
                    if remaining == 0:
                        raise
    print(f"{len(runs)} runs: SARIF, JUnit, GitHub and JSON reports are valid and agree")


try:
    main()
except Disagreement as disagreement:
    sys.exit(f"formats.py: {disagreement}")
