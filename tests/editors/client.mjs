// client.mjs CRENEL FOLDER: a whole session of a client that others wrote with `crenel lsp`, over pipes and real files:
// two files, a fault and its fix, and everything that an editor asks. Ends with 0 when all is as it should be.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node.js";

const [crenel, folder] = process.argv.slice(2);
const {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter, InitializeRequest, InitializedNotification,
  DidOpenTextDocumentNotification, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification,
  PublishDiagnosticsNotification, CodeActionRequest, CompletionRequest, HoverRequest, DefinitionRequest,
  ReferencesRequest, DocumentHighlightRequest, PrepareRenameRequest, RenameRequest, DocumentSymbolRequest,
  DocumentFormattingRequest, SemanticTokensRequest, InlayHintRequest, ShutdownRequest, ExitNotification,
} = protocol;

const ports = `/// What the web tier says to the jobs.
service app_rpc = tcp/8443
`;
const shop = `import std/services { https, http }
import "ports.crenel" { app_rpc }

pattern shop(space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16, image : image, certificate : certificate) {
  network main {
    space = space
    subnet edge : public { size = /26 }
    subnet web : private { size = /24 }
  }
  balancer front in main.edge { certificate = certificate  forward https to web : http }
  group web in main.web { image = image  imutable = true }
  group jobs in main.web { image = image }
  allow internet -> front : https because "this is the service that we publish"
  allow web -> jobs : app_rpc
}
`;
const mended = shop.replace("imutable", "immutable");

writeFileSync(`${folder}/ports.crenel`, ports);
writeFileSync(`${folder}/shop.crenel`, mended);
writeFileSync(`${folder}/unopened.crenel`, `import "ports.crenel" { app_rpc }\nservice both = app_rpc, tcp/22\n`);
const uri = (name) => pathToFileURL(`${folder}/${name}`).href;
const document = { uri: uri("shop.crenel") };

const server = spawn(crenel, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", resolve));
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));

/// The diagnostics that the server says next of a file.
const waiting = [];
connection.onNotification(PublishDiagnosticsNotification.type, (said) => {
  for (const each of waiting.splice(0)) if (!each(said)) waiting.push(each);
});
const diagnosticsOf = (name) =>
  new Promise((resolve) => waiting.push((said) => said.uri === uri(name) && (resolve(said.diagnostics), true)));
connection.onError(([error]) => { throw error; });
connection.listen();

/// The place of the first `needle` in the text, `after` characters in.
function place(text, needle, after = 0) {
  const offset = text.indexOf(needle) + after;
  assert.ok(text.includes(needle), needle);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}
function applied(text, edits) {
  const lines = text.split("\n");
  const offset = ({ line, character }) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
  const ordered = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return ordered.reduce((now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)), text);
}
const ask = (type, needle, after, more = {}) =>
  connection.sendRequest(type, { textDocument: document, position: place(mended, needle, after), ...more });

const { capabilities, serverInfo } = await connection.sendRequest(InitializeRequest.type, {
  processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {}, workspaceFolders: null,
});
assert.equal(serverInfo.name, "crenel");
await connection.sendNotification(InitializedNotification.type, {});

// A fault while typing, its fix, and the text without it.
let said = diagnosticsOf("shop.crenel");
await connection.sendNotification(DidOpenTextDocumentNotification.type, {
  textDocument: { ...document, languageId: "crenel", version: 1, text: shop },
});
const [fault] = await said;
assert.match(fault.message, /imutable/);
const actions = await connection.sendRequest(CodeActionRequest.type, {
  textDocument: document, range: fault.range, context: { diagnostics: [fault] },
});
const fixed = applied(shop, actions[0].edit.changes[document.uri]);
assert.equal(fixed, mended);
said = diagnosticsOf("shop.crenel");
await connection.sendNotification(DidChangeTextDocumentNotification.type, {
  textDocument: { ...document, version: 2 }, contentChanges: [{ text: fixed }],
});
assert.deepEqual(await said, []);

// What an editor shows.
const labels = (await ask(CompletionRequest.type, "immutable")).items.map((each) => each.label);
assert.ok(labels.includes("immutable") || labels.includes("scale"), labels.join());
assert.match((await ask(HoverRequest.type, "group web", 7)).contents.value, /10\.0\.2\.0\/23[^]*Reaches jobs/);
const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: document });
assert.deepEqual(symbols.map((each) => each.name), ["shop"]);
const hints = await connection.sendRequest(InlayHintRequest.type, {
  textDocument: document, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
});
assert.deepEqual(hints.map((each) => each.label), ["10.0.0.0/25 by default", "10.0.2.0/23 by default"]);
const { data } = await connection.sendRequest(SemanticTokensRequest.type, { textDocument: document });
assert.ok(data.length > 100 && data.length % 5 === 0);
const legend = capabilities.semanticTokensProvider.legend;
let line = 0, character = 0;
const lines = mended.split("\n");
const coloured = [];
for (let i = 0; i < data.length; i += 5) {
  character = data[i] === 0 ? character + data[i + 1] : data[i + 1];
  line += data[i];
  coloured.push([lines[line].slice(character, character + data[i + 2]), legend.tokenTypes[data[i + 3]]]);
}
assert.ok(coloured.every(([word]) => /^\w+$/.test(word)), JSON.stringify(coloured));
assert.ok(coloured.some(([word, type]) => word === "shop" && type === "class"));
assert.ok(coloured.some(([word, type]) => word === "app_rpc" && type === "function"));
assert.ok(coloured.some(([word, type]) => word === "immutable" && type === "property"));

// Where things are, and another name for one of them in every file.
const [definition] = [await ask(DefinitionRequest.type, ": app_rpc", 3)].flat();
assert.equal(definition.uri, uri("ports.crenel"));
const references = await ask(ReferencesRequest.type, ": app_rpc", 3, { context: { includeDeclaration: true } });
assert.deepEqual([...new Set(references.map((each) => each.uri))].sort(), ["ports", "shop", "unopened"].map((each) => uri(`${each}.crenel`)));
assert.equal((await ask(DocumentHighlightRequest.type, ": app_rpc", 3)).length, 2);
assert.equal((await ask(PrepareRenameRequest.type, ": app_rpc", 3)).placeholder, "app_rpc");
await assert.rejects(ask(PrepareRenameRequest.type, "https,", 1), /std\/services/);
const { changes } = await ask(RenameRequest.type, ": app_rpc", 3, { newName: "calls" });
assert.equal(applied(ports, changes[uri("ports.crenel")]), ports.replace("app_rpc", "calls"));
assert.equal(changes[uri("unopened.crenel")].length, 2);
await assert.rejects(ask(RenameRequest.type, "group jobs", 7, { newName: "web" }), /taken/);

// The one layout, and goodbye.
const layout = await connection.sendRequest(DocumentFormattingRequest.type, {
  textDocument: document, options: { tabSize: 2, insertSpaces: true },
});
said = diagnosticsOf("shop.crenel");
await connection.sendNotification(DidChangeTextDocumentNotification.type, {
  textDocument: { ...document, version: 3 }, contentChanges: [{ text: applied(mended, layout) }],
});
assert.deepEqual(await said, []);
await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: document });
await connection.sendRequest(ShutdownRequest.type);
await connection.sendNotification(ExitNotification.type);
assert.equal(await ended, 0);
connection.dispose();
console.log("a whole session, as it should be");
