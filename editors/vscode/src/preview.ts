// The matrix of the open file, as `srmc build --emit html` writes it.

import { spawn } from "node:child_process";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { serverPath } from "./server";

/** What came of a run of srmc. */
interface Built {
  page: string;
  said: string;
}

/** The page of one model of a text that stands in a file, saved or not. */
function build(document: vscode.TextDocument, model: string): Promise<Built> {
  const args = ["build", "-", "--stdin-filename", document.fileName, "--emit", "html", "--model", model, "--color", "never"];
  return new Promise((resolve, reject) => {
    const run = spawn(serverPath(), args, { cwd: dirname(document.fileName) });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    run.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    run.stderr.on("data", (bytes: Buffer) => err.push(bytes));
    run.on("error", reject);
    run.on("close", () => resolve({ page: Buffer.concat(out).toString(), said: Buffer.concat(err).toString() }));
    run.stdin.on("error", () => undefined);
    run.stdin.end(document.getText());
  });
}

/** A text that shows as itself. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Shows a model of the active editor, and follows what is saved. */
export async function preview(context: vscode.ExtensionContext): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "srm") {
    return;
  }
  const models = [...document.getText().matchAll(/^\s*model\s+([A-Za-z][\w-]*)/gm)].map((found) => found[1]);
  const model = models.length > 1 ? await vscode.window.showQuickPick(models, { placeHolder: "Which model?" }) : models[0];
  if (!model) {
    if (models.length === 0) {
      void vscode.window.showInformationMessage("srmc: this file declares no model");
    }
    return;
  }
  const panel = vscode.window.createWebviewPanel("srmc.matrix", model, vscode.ViewColumn.Beside, { enableScripts: true });
  const show = async (): Promise<void> => {
    try {
      const { page, said } = await build(document, model);
      panel.webview.html = page || `<!doctype html><title>${escaped(model)}</title><p>The model has errors, so its matrix cannot be shown.</p><pre>${escaped(said)}</pre>`;
    } catch (error) {
      panel.webview.html = `<!doctype html><pre>${escaped(String(error))}</pre>`;
    }
  };
  const saved = vscode.workspace.onDidSaveTextDocument((it) => (it.languageId === "srm" ? show() : undefined));
  panel.onDidDispose(() => saved.dispose(), undefined, context.subscriptions);
  await show();
}
