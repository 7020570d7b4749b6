// Starts `srmc lsp` and shows matrices. All that is known of the language is known by the server.

import * as vscode from "vscode";
import { LanguageClient, State, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { preview } from "./preview";
import { serverPath } from "./server";

let client: LanguageClient | undefined;

async function start(): Promise<void> {
  const command = serverPath();
  const server: ServerOptions = { command, args: ["lsp"] };
  const settings = vscode.workspace.getConfiguration("srmc");
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "srm" }],
    initializationOptions: { codeLens: settings.get("codeLens"), inlayHints: settings.get("inlayHints") },
    synchronize: { configurationSection: "srmc", fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{srm,json}") },
  };
  client = new LanguageClient("srmc", "srmc", server, options);
  try {
    await client.start();
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(
      `srmc: cannot start \`${command} lsp\`: ${error instanceof Error ? error.message : String(error)}. Install srmc, or set its path in the settings.`,
      "Open the setting",
    );
    if (choice) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "srmc.server.path");
    }
  }
}

async function stop(): Promise<void> {
  const old = client;
  client = undefined;
  // A client that never started cannot be stopped.
  if (old?.state === State.Running) {
    await old.stop();
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("srmc.previewMatrix", () => preview(context)),
    vscode.commands.registerCommand("srmc.restartServer", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("srmc.server.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
