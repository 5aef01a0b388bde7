// node sarif.mjs MODULES LOG…
//
// Judges SARIF logs by the published schema of SARIF 2.1.0, as the npm package @microsoft/jest-sarif in the folder
// MODULES carries it, and by what the schema cannot say: that rules are found under their index, that regions do not run
// backwards, that no two results have one fingerprint.
// Prints a line a finding; exit 0 when there is none, 1 when there are some.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'package.json'));
const Ajv = require('ajv');

const schemas = path.join(modules, 'node_modules/@microsoft/jest-sarif/lib/schemas');
const schema = fs.readdirSync(schemas).find((name) => name.startsWith('sarif-2.1.0'));
const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, unknownFormats: 'ignore' });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const validate = ajv.compile(JSON.parse(fs.readFileSync(path.join(schemas, schema), 'utf8')));

function* regions(value) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.startLine === 'number') yield value;
  for (const part of Object.values(value)) yield* regions(part);
}

function* findings(log) {
  if (!validate(log)) for (const error of validate.errors) yield `${error.dataPath}: ${error.message}`;
  for (const run of log.runs) {
    const rules = run.tool.driver.rules;
    const fingerprints = new Set();
    for (const result of run.results) {
      if (rules[result.ruleIndex]?.id !== result.ruleId) yield `${result.ruleId} is not rule ${result.ruleIndex}`;
      const fingerprint = result.partialFingerprints['crenelLine/v1'];
      if (fingerprints.has(fingerprint)) yield `the fingerprint ${fingerprint} is there twice`;
      fingerprints.add(fingerprint);
    }
    for (const rule of rules) if (!rule.help?.text || !rule.shortDescription?.text) yield `${rule.id} has no help`;
  }
  for (const region of regions(log)) {
    const backwards = region.endLine === region.startLine && region.endColumn < region.startColumn;
    if (region.endLine < region.startLine || backwards) yield `a region runs backwards: ${JSON.stringify(region)}`;
  }
}

let count = 0;
let results = 0;
for (const file of files) {
  const log = JSON.parse(fs.readFileSync(file, 'utf8'));
  results += log.runs[0].results.length;
  for (const finding of findings(log)) {
    console.log(`${file}: ${finding}`);
    ++count;
  }
}
console.log(`${files.length} logs with ${results} results, ${count} findings`);
process.exit(count === 0 && results > 0 ? 0 : 1);
