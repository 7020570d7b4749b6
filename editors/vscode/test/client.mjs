// Drives the server with the client library that Visual Studio Code itself uses: opens a file, breaks it, follows a quick
// fix, renames, formats. `node test/client.mjs [SRMC]`
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node";

const {
  CodeActionRequest, CompletionRequest, DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, DocumentFormattingRequest,
  ExitNotification, HoverRequest, InitializeRequest, InitializedNotification, PublishDiagnosticsNotification, RenameRequest,
  ShutdownRequest, StreamMessageReader, StreamMessageWriter, createProtocolConnection,
} = protocol;

const srmc = process.argv[2] ?? fileURLToPath(new URL("../../../target/debug/srmc", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "srmc-client-")));
const uri = pathToFileURL(join(folder, "shop.srm")).href;
const text = `party customer "Customer"
party oracle "Oracle"
model shop {
  duty backups "Back it up"
  duty patching "Patch it"
  customer owns backups
  oracle owns patching
}
`;
writeFileSync(join(folder, "shop.srm"), text);

const server = spawn(srmc, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
const told = [];
const waiting = [];
connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
  const next = waiting.shift();
  if (next) next(params);
  else told.push(params);
});
const findings = () => (told.length > 0 ? Promise.resolve(told.shift()) : new Promise((resolve) => waiting.push(resolve)));
connection.listen();

/** A text with edits in it. */
function edited(text, edits) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((it) => it.index + 1)];
  const byte = (at) => (at.line < starts.length ? starts[at.line] + at.character : text.length);
  const sorted = [...edits].sort((a, b) => byte(b.range.start) - byte(a.range.start));
  return sorted.reduce((out, edit) => out.slice(0, byte(edit.range.start)) + edit.newText + out.slice(byte(edit.range.end)), text);
}

const begun = await connection.sendRequest(InitializeRequest.type, {
  processId: process.pid,
  rootUri: pathToFileURL(folder).href,
  capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } } } },
  workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "shop" }],
});
assert.equal(begun.serverInfo.name, "srmc");
await connection.sendNotification(InitializedNotification.type, {});

// Open, and break it: nobody owns the backups any more.
const broken = text.replace("  customer owns backups\n", "");
await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "srm", version: 1, text } });
const change = (version, text) =>
  connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges: [{ text }] });
await change(2, broken);
const first = await findings();


// Follow the quick fix.
const gap = first.diagnostics.find((it) => it.code === "SRM0301");
const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: gap.range, context: { diagnostics: [gap] } });
const fix = actions.find((it) => it.title.includes("Customer"));
assert.ok(fix, JSON.stringify(actions));
const mended = edited(broken, fix.edit.changes[uri]);
assert.match(mended, /^ {2}customer owns backups$/m);
await change(3, mended);
assert.deepEqual((await findings()).diagnostics, []);

// Hover, completion, rename, formatting.
const at = { textDocument: { uri }, position: { line: 3, character: 9 } };
const hover = await connection.sendRequest(HoverRequest.type, at);
assert.match(hover.contents.value, /\| always \| Customer \| Customer \|/);
const list = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line: 5, character: 14 } });
assert.ok(list.some((it) => it.label === "backups"), JSON.stringify(list));
const rename = await connection.sendRequest(RenameRequest.type, { ...at, newName: "copies" });
const renamed = edited(mended, rename.changes[uri]);
assert.equal(renamed.match(/copies/g).length, 2, renamed);
await change(4, renamed.replace("  duty", "    duty"));
const edits = await connection.sendRequest(DocumentFormattingRequest.type, { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } });
assert.match(edited(renamed.replace("  duty", "    duty"), edits), /^ {2}duty copies {3}"Back it up"$/m);

await connection.sendRequest(ShutdownRequest.type);
await connection.sendNotification(ExitNotification.type);
await new Promise((resolve) => server.on("exit", resolve));
rmSync(folder, { recursive: true });
console.log("the client library and the server understand each other");
