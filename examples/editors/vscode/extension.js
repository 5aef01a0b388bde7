"use strict";
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function activate() {
  const command = workspace.getConfiguration("crenel").get("path", "crenel");
  client = new LanguageClient(
    "crenel",
    "Crenel",
    { command, args: ["lsp"] },
    { documentSelector: [{ scheme: "file", language: "crenel" }] },
  );
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
