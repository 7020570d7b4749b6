#!/usr/bin/env python3
"""Runs Open Policy Agent bundles in the real OPA engine.

    run.py BUNDLE_DIR...         check the manifest, load the bundle, run its test rules
    run.py --eval QUERIES.json   print the results of queries as a JSON array
    run.py --lint BUNDLE_DIR...  compile under OPA's strict checks, check the layout

Exit codes: 0 all passed, 1 something failed, 2 the run itself could not be done.
"""

import ctypes
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parents[2]

# OPA 1.20 as a shared library. The package asks for Python 3.14, but the library
# inside it has plain C functions and is loaded from any Python 3 through ctypes.
PACKAGE, VERSION = "opa-golib-python-bindings", "0.4.4"
WHEEL = f"opa_golib_python_bindings-{VERSION}-py3-none-manylinux_2_34_x86_64.whl"
WHEEL_SHA256 = "d411c901e14b8c7c3023e23e4a944f4cf429c1d31baf80e959e57d11efbfd24a"
CACHE = REPO_ROOT / "target" / "opa" / VERSION

# The library has OPA's strict checks but no function that asks for them. This is the
# one place in rego.New that copies the caller's `strict` choice into the compiler
# (movzbl 0x320(%rcx),%edx; mov %dl,0x168(%rax)). `--lint` loads a copy of the library
# in which the first of the two instructions reads `mov $1,%edx`.
STRICT_CHOICE = bytes.fromhex("0fb69120030000 889068010000")
STRICT_ALWAYS = bytes.fromhex("ba010000006690 889068010000")


class SetupError(Exception):
    """The run could not be done at all."""


class OpaError(Exception):
    """OPA refused a policy, a document or a query, or failed to evaluate it."""


# ---------------------------------------------------------------- the library


def fetch_wheel():
    """The path of the pinned wheel, downloaded on first use."""
    wheel = CACHE / WHEEL
    if not wheel.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            requirements = Path(scratch, "requirements.txt")
            requirements.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{WHEEL_SHA256}\n")
            download = subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet"]
                + ["--python-version", "3.14", "--only-binary=:all:", "--no-deps"]
                + ["--require-hashes", "-r", requirements, "-d", scratch],
                capture_output=True,
                text=True,
            )
            if download.returncode != 0:
                raise SetupError(f"cannot download {PACKAGE} {VERSION}:\n{download.stderr.strip()}")
            if not Path(scratch, WHEEL).exists():
                raise SetupError(f"the download of {PACKAGE} {VERSION} did not bring {WHEEL}")
            os.replace(Path(scratch, WHEEL), wheel)
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SetupError(f"{wheel} does not have the pinned sha256; delete it and try again")
    return wheel


def unpack_library(strict):
    """The path of the shared library: as it is, or the copy that is always strict."""
    wheel = fetch_wheel()
    library = CACHE / ("libopabridge-strict.so" if strict else "libopabridge.so")
    if not library.exists():
        with zipfile.ZipFile(wheel) as archive:
            code = archive.read("opa_bindings/libopabridge.so")
        if strict:
            if code.count(STRICT_CHOICE) != 1:
                raise SetupError("the place that chooses strict checks is not in this library")
            code = code.replace(STRICT_CHOICE, STRICT_ALWAYS)
        with tempfile.NamedTemporaryFile(dir=CACHE, delete=False) as file:
            file.write(code)
        os.replace(file.name, library)  # in one step, for runs at the same time
    return library


def load_library(strict=False):
    try:
        library = ctypes.CDLL(str(unpack_library(strict)))
    except OSError as error:
        raise SetupError(f"cannot load the OPA library: {error}")
    handle, text, flag = ctypes.c_uint64, ctypes.c_char_p, ctypes.c_int
    signatures = {
        "OpaNew": (handle, []),
        "OpaDestroy": (None, [handle]),
        "OpaFreeString": (None, [ctypes.c_void_p]),
        "OpaAddPolicy": (ctypes.c_void_p, [handle, text, text]),  # name, source
        "OpaAddData": (ctypes.c_void_p, [handle, text, text]),  # dotted path, JSON
        "OpaEvalQuery": (ctypes.c_void_p, [handle, text, text, flag, flag]),  # query, input JSON
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Engine:
    """One OPA engine. Policies compile at the first query, so errors may come that late;
    each new query text compiles them again, a repeated one does not."""

    def __init__(self, library):
        self.library = library
        self.handle = library.OpaNew()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.OpaDestroy(self.handle)

    def add_policy(self, name, source):
        self._call(self.library.OpaAddPolicy, name, source)

    def add_data(self, document):
        self._call(self.library.OpaAddData, "", json.dumps(document))

    def eval(self, query, **with_input):
        """The values of the query, one for each of its solutions."""
        input_json = json.dumps(with_input["input"]) if with_input else ""
        answer = self._call(self.library.OpaEvalQuery, query, input_json, 0, 0)
        for line in answer.get("prints") or []:
            print(f"{line['location']}: {line['message']}", file=sys.stderr)
        return [solution["expressions"][0]["value"] for solution in answer["result"] or []]

    def _call(self, function, *arguments):
        encoded = [a.encode() if isinstance(a, str) else a for a in arguments]
        if any(b"\0" in a for a in encoded if isinstance(a, bytes)):
            raise OpaError("a NUL character, which would cut the text short")
        pointer = function(self.handle, *encoded)
        if not pointer:
            raise OpaError("the library returned nothing")
        try:
            envelope = json.loads(ctypes.string_at(pointer))
        finally:
            self.library.OpaFreeString(pointer)
        if envelope.get("error"):
            raise OpaError(f"{envelope['error']['code']}: {envelope['error']['message']}")
        return envelope


# ---------------------------------------------------------------- the bundle


class Bundle:
    """What a bundle folder holds: policies {name: source}, documents {path: value}."""

    def __init__(self, folder):
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise SetupError(f"{folder} is not a folder")
        self.policies, self.documents = {}, {}
        for file in sorted(self.folder.rglob("*")):
            name = file.relative_to(self.folder)
            try:
                if file.suffix == ".rego":
                    self.policies[name.as_posix()] = file.read_text("utf-8")
                elif file.name == "data.json":
                    self.documents[name.parent.parts] = json.loads(file.read_text("utf-8"))
            except ValueError as error:
                raise OpaError(f"{name}: {error}")

    def load_into(self, engine):
        for path, value in self.documents.items():
            for key in reversed(path):
                value = {key: value}
            engine.add_data(value)
        for name, source in self.policies.items():
            engine.add_policy(name, source)
        engine.eval("true")  # compiles the policies

    def packages(self, library):
        """The rule names of each package: {path: [name, ...]}."""
        rules = {}
        query = "rego.parse_module(input.name, input.source)"
        with Engine(library) as parser:
            for name, source in self.policies.items():
                [module] = parser.eval(query, input={"name": name, "source": source})
                path = tuple(part["value"] for part in module["package"]["path"][1:])
                names = [rule["head"]["ref"][0]["value"] for rule in module.get("rules") or []]
                rules[path] = list(dict.fromkeys(rules.get(path, []) + names))
        return rules

    def manifest_problems(self, packages):
        try:
            manifest = json.loads((self.folder / ".manifest").read_text("utf-8"))
        except (OSError, ValueError) as error:
            return [f".manifest: {error}"]
        if not isinstance(manifest, dict):
            return [".manifest: not a JSON object"]
        problems = []
        if manifest.get("rego_version") != 1:
            problems.append(".manifest: rego_version is not 1")
        roots = manifest.get("roots")
        if not isinstance(roots, list) or not all(isinstance(root, str) for root in roots):
            return problems + [".manifest: roots is not a list of strings"]
        return problems + [f".manifest: {p}" for p in root_problems(roots, self.owned(packages))]

    def owned(self, packages):
        """The paths under `data` that this bundle fills."""
        paths = set(packages)
        for path, value in self.documents.items():
            paths.update([path] if path else [(key,) for key in value])
        return sorted(paths)


def root_problems(roots, owned):
    def covers(root, path):
        return path[: len(root)] == root

    split = [tuple(part for part in root.split("/") if part) for root in roots]
    for i, root in enumerate(split):
        if any(covers(root, other) or covers(other, root) for other in split[:i]):
            yield f"root {roots[i]!r} overlaps another root"
        if not any(covers(root, path) for path in owned):
            yield f"root {roots[i]!r} covers nothing in the bundle"
    for path in owned:
        if not any(covers(root, path) for root in split):
            yield f"no root covers {'/'.join(path)}"


def reference(path):
    return "data" + "".join(f"[{json.dumps(key)}]" for key in path)


# ---------------------------------------------------------------- the commands


def test_failures(library, folder):
    """(number of passed test rules, what failed) for one bundle."""
    with Engine(library) as engine:
        try:
            bundle = Bundle(folder)
            bundle.load_into(engine)
        except OpaError as error:
            return 0, [str(error)]
        packages = bundle.packages(library)
        failures = bundle.manifest_problems(packages)
        tests = {
            package: [name for name in names if name.startswith("test_")]
            for package, names in packages.items()
            if package and package[-1].endswith("_test")
        }
        if not any(tests.values()):
            return 0, failures + ["the bundle has no test rule"]
        passed = 0
        for name, outcome in test_outcomes(engine, tests):
            if outcome == "true":
                passed += 1
            else:
                failures.append(f"{name}: {outcome}")
        return passed, failures


def test_outcomes(engine, tests):
    """Each test rule's name and its value as JSON text, or why it has none."""
    # One query for all test packages, so that the policies compile once. If any rule
    # raises an error it has no answer; then each rule gets a query of its own.
    try:
        [values] = engine.eval("[%s]" % ", ".join(f"[x | x := {reference(p)}]" for p in tests))
    except OpaError:
        values = None
    for position, (package, names) in enumerate(tests.items()):
        for name in names:
            label = ".".join(package + (name,))
            if values is None:
                try:
                    found = engine.eval(reference(package + (name,)))
                except OpaError as error:
                    yield label, str(error)
                    continue
            else:
                found = [document[name] for document in values[position] if name in document]
            yield label, json.dumps(found[0]) if found else "undefined"


def run_tests(folders):
    library = load_library()
    return report(folders, lambda folder: test_failures(library, folder))


def report(folders, check):
    passed_total = failed_total = 0
    for folder in folders:
        passed, failures = check(folder)
        for failure in failures:
            print(f"FAILED {folder}: {failure}")
        passed_total += passed
        failed_total += len(failures)
    print(f"{passed_total} passed, {failed_total} failed")
    return 1 if failed_total else 0


def run_queries(request_file):
    try:
        request = json.loads(Path(request_file).read_text("utf-8"))
        folder = request["bundle"]
        queries = [
            (entry["query"], {"input": entry["input"]} if "input" in entry else {})
            for entry in request["queries"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupError(f"{request_file}: {type(error).__name__}: {error}")
    results = []
    with Engine(load_library()) as engine:
        try:
            Bundle(folder).load_into(engine)
        except OpaError as error:
            print(f"{folder}: {error}", file=sys.stderr)
            return 1
        for position, (query, with_input) in enumerate(queries):
            try:
                values = engine.eval(query, **with_input)
                if len(values) > 1:
                    raise OpaError(f"{len(values)} results where at most one is expected")
            except OpaError as error:
                print(f"query {position}, {query}: {error}", file=sys.stderr)
                return 1
            results.append(values[0] if values else None)
    json.dump(results, sys.stdout)
    print()
    return 0


def run_lint(folders):
    library = load_library(strict=True)
    with Engine(library) as engine:
        engine.add_policy("probe.rego", "package probe\n\nimport data.unused\n")
        try:
            engine.eval("true")
            raise SetupError("strict checks are not in force")
        except OpaError:
            pass
    return report(folders, lambda folder: lint_problems(library, folder))


def lint_problems(library, folder):
    """(number of clean policy files, problems) for one bundle."""
    problems = []
    try:
        bundle = Bundle(folder)
        untidy = {name: list(layout_problems(text)) for name, text in bundle.policies.items()}
        problems = [f"{name}:{problem}" for name, found in untidy.items() for problem in found]
        with Engine(library) as engine:
            bundle.load_into(engine)
    except OpaError as error:
        return 0, problems + [str(error)]
    return sum(not found for found in untidy.values()), problems


def layout_problems(source):
    """The part of `opa fmt` that needs no formatter: tabs, line ends, the end of the file."""
    for number, line in enumerate(source.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if line != line.rstrip():
            yield f"{number}: blanks at the end of the line"
        elif indent.strip("\t"):
            yield f"{number}: the indent is not made of tabs"
    if not source.endswith("\n") or source.endswith("\n\n"):
        yield f"{source.count(chr(10))}: the file does not end with one line end"


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--eval":
            return run_queries(arguments[1])
        if len(arguments) >= 2 and arguments[0] == "--lint":
            return run_lint(arguments[1:])
        if arguments and not arguments[0].startswith("-"):
            return run_tests(arguments)
    except SetupError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
