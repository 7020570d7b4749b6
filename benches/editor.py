#!/usr/bin/env python3
"""What an editor waits for: the language server on 100 files with 10 000 duties, in processor time.

    cargo build --release && python3 benches/editor.py [EDITS]

Types EDITS letters (default 10 000) into one file, one letter per edit, and reports
  findings   time from a letter to the findings of the open file, in milliseconds of processor time
  shared     the same in the file that all others use: its own findings come first
  hover, completion, tokens, symbols, actions, formatting
  all        the first check of the whole folder
  memory     of the process, after the first check, half the edits, and all
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES, AREAS, DUTIES = 100, 10, 10
TICKS = os.sysconf("SC_CLK_TCK")


def parties() -> str:
    return """party customer "Customer" { kind customer }
party provider "Provider" { kind provider }
party ops "Operations"
axis service "Service model" { on_premises, iaas, paas, saas }
option managed "Managed"
"""


def model(number: int) -> str:
    lines = ['use "parties.srm"', "", f'model m{number} "Model {number}" {{']
    for area in range(AREAS):
        lines.append(f'  area area{area} "Area {area}" {{')
        lines += [f'    duty d{area}_{duty} "Duty {duty} of area {area}"' for duty in range(DUTIES)]
        lines.append("  }")
    for area in range(AREAS):
        for duty in range(DUTIES):
            name = f"d{area}_{duty}"
            lines.append(f"  customer owns area{area}.{name} when service in {{ on_premises, iaas }}")
            lines.append(f"  provider owns {name} when service = paas and managed or service = saas")
            lines.append(f"  ops owns {name} when service = paas and not managed")
    return "\n".join(lines) + "\n}\n"


class Server:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.process = subprocess.Popen([ROOT / "target/release/srmc", "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0
        self.ask("initialize", {"capabilities": {}, "rootUri": folder.as_uri()})
        self.tell("initialized", {})

    def write(self, message: dict) -> None:
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def read(self) -> dict:
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def tell(self, method: str, params: dict) -> None:
        self.write({"method": method, "params": params})

    def ask(self, method: str, params: dict):
        self.asked += 1
        self.write({"id": self.asked, "method": method, "params": params})
        while (message := self.read()).get("id") != self.asked:
            pass
        return message.get("result")

    def findings_of(self, name: str) -> None:
        """Waits for the findings of a file."""
        uri = self.uri(name)
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def cpu(self) -> float:
        """Processor time so far, in milliseconds."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    def memory(self) -> float:
        """In megabytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        (folder / "parties.srm").write_text(parties())
        for number in range(FILES):
            (folder / f"m{number}.srm").write_text(model(number))
        server = Server(folder)
        server.ask("workspace/symbol", {"query": "no such name"})
        print(f"all         {server.cpu():8.1f} ms, {FILES} files, {FILES * AREAS * DUTIES} duties")
        text = model(7)
        server.tell("textDocument/didOpen", {"textDocument": {"uri": server.uri("m7.srm"), "languageId": "srm", "version": 1, "text": text}})
        print(f"memory      {server.memory():8.1f} MB")
        line = text.count("\n") - 1
        version = 1

        def edit(file: str, line: int, new: str, length: int) -> None:
            nonlocal version
            version += 1
            span = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": length}}
            server.tell("textDocument/didChange", {
                "textDocument": {"uri": server.uri(file), "version": version},
                "contentChanges": [{"range": span, "text": new}],
            })

        def measured(what: str, count: int, act) -> None:
            before, began = server.cpu(), time.perf_counter()
            for _ in range(count):
                act()
            spent, wall = (server.cpu() - before) / count, (time.perf_counter() - began) * 1000 / count
            print(f"{what:11} {spent:8.2f} ms, {wall:.2f} ms on the clock")

        wrong = False

        def letter() -> None:
            # A duty without an owner is added and removed, so every edit changes the findings.
            nonlocal wrong
            edit("m7.srm", line, "" if wrong else "  duty x\n", 0) if not wrong else edit_away()
            wrong = not wrong
            server.findings_of("m7.srm")

        def edit_away() -> None:
            nonlocal version
            version += 1
            span = {"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}}
            server.tell("textDocument/didChange", {
                "textDocument": {"uri": server.uri("m7.srm"), "version": version},
                "contentChanges": [{"range": span, "text": ""}],
            })

        measured("findings", edits // 2, letter)
        print(f"memory      {server.memory():8.1f} MB after {edits // 2} edits")
        measured("findings", edits - edits // 2, letter)
        print(f"memory      {server.memory():8.1f} MB after {edits} edits")
        at = {"textDocument": {"uri": server.uri("m7.srm")}, "position": {"line": 120, "character": 24}}
        document = {"textDocument": {"uri": server.uri("m7.srm")}}
        here = {"start": at["position"], "end": at["position"]}
        measured("hover", 200, lambda: server.ask("textDocument/hover", at))
        measured("completion", 200, lambda: server.ask("textDocument/completion", at))
        measured("definition", 200, lambda: server.ask("textDocument/definition", at))
        measured("references", 50, lambda: server.ask("textDocument/references", {**at, "context": {"includeDeclaration": True}}))
        measured("tokens", 100, lambda: server.ask("textDocument/semanticTokens/full", document))
        measured("symbols", 100, lambda: server.ask("textDocument/documentSymbol", document))
        measured("actions", 100, lambda: server.ask("textDocument/codeAction", {**document, "range": here, "context": {"diagnostics": []}}))
        measured("formatting", 50, lambda: server.ask("textDocument/formatting", {**document, "options": {"tabSize": 2, "insertSpaces": True}}))
        server.tell("textDocument/didOpen", {"textDocument": {"uri": server.uri("parties.srm"), "languageId": "srm", "version": 1, "text": parties()}})
        server.ask("workspace/symbol", {"query": "no such name"})
        shared = False

        def shared_letter() -> None:
            nonlocal shared
            edit("parties.srm", 0, "" if shared else "!", 1 if shared else 0)
            shared = not shared
            server.findings_of("parties.srm")

        measured("shared", 20, shared_letter)
        server.ask("shutdown", {})
        server.tell("exit", {})
        server.process.wait()


if __name__ == "__main__":
    main()
