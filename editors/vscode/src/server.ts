// Where srmc is.

import * as vscode from "vscode";

/** The binary that the user chose. */
export function serverPath(): string {
  return vscode.workspace.getConfiguration("srmc").get<string>("server.path") || "srmc";
}
