"""OPA as a shared library, for machines without an `opa` binary.

    opa_library.py fetch                        download the library, if it is not here yet
    opa_library.py version                      print which library it is
    opa_library.py check FOLDER                 compile the policies of a folder
    opa_library.py eval DATA.json RULES.rego    print `data.check.report`

The library is the same as in tests/opa/run.py.
"""

import importlib.util
import sys
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parents[2]


def load_runner():
    """tests/opa/run.py as a module."""
    spec = importlib.util.spec_from_file_location("opa_run", REPO_ROOT / "tests" / "opa" / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def library_is_here() -> bool:
    """Whether the library is in the cache, so that nothing has to be downloaded."""
    return (load_runner().CACHE / "libopabridge.so").exists()


def main(command: str, *paths: str) -> None:
    """Runs one command; an OPA error ends it with a traceback and exit code 1."""
    runner = load_runner()
    if command == "version":
        print(runner.PACKAGE, runner.VERSION)
        return
    with runner.Engine(runner.load_library()) as engine:
        if command == "check":
            for file in sorted(Path(paths[0]).glob("*.rego")):
                engine.add_policy(file.name, file.read_text("utf-8"))
            engine.eval("true")  # compiles the policies
        elif command == "eval":
            data, rules = map(Path, paths)
            # As text, not through `add_data`, so that OPA does not parse the JSON twice.
            engine._call(engine.library.OpaAddData, "", data.read_bytes())
            engine.add_policy(rules.name, rules.read_text("utf-8"))
            print(*engine.eval("data.check.report"))


if __name__ == "__main__":
    main(*sys.argv[1:])
