// node cloudformation.mjs MODULES TEMPLATE…
//
// Judges CloudFormation templates (JSON or YAML, long forms of the functions) against the resource schemas that Amazon
// publishes, as the npm package @aws-cdk/aws-service-spec in the folder MODULES carries them: resource types, names,
// kinds and presence of properties, targets of Ref, Fn::GetAtt and Fn::Sub, dependencies without a cycle. Besides, what
// the schemas do not say: ports below 65536, one number per entry of a network ACL, nothing declared that nothing uses.
// Prints a line a finding; exit 0 when there is none, 1 when there are some.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'package.json'));
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');
const yaml = require('js-yaml');
const schemas = loadAwsServiceSpecSync();

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const schemaOf = (type) => schemas.lookup('resource', 'cloudFormationType', 'equals', type)[0];

const kListFunctions = new Set(['Fn::GetAZs', 'Fn::Split', 'Fn::Cidr']);
const kTextFunctions = new Set(['Fn::Sub', 'Fn::Join', 'Fn::Base64', 'Fn::ToJsonString']);
const kOpenFunctions = new Set(['Ref', 'Fn::GetAtt', 'Fn::If', 'Fn::Select', 'Fn::FindInMap', 'Fn::ImportValue']);
const kAttributes = new Set(['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy',
  'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy']);
const kSections = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings',
  'Conditions', 'Resources', 'Outputs']);

/** The function's name where the value is a call of one, else undefined. */
function functionOf(value) {
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  if (names.length !== 1) return undefined;
  const [name] = names;
  return kListFunctions.has(name) || kTextFunctions.has(name) || kOpenFunctions.has(name) ? name : undefined;
}

class Judge {
  constructor(template) {
    this.template = template;
    this.findings = [];
    this.used = new Set();
    this.dependencies = new Map();
  }

  say(where, what) {
    this.findings.push(`${where}: ${what}`);
  }

  // ---- references
  name(name, owner, where) {
    if (name.startsWith('AWS::')) return;
    const { Parameters = {}, Resources } = this.template;
    if (!(name in Parameters) && !(name in Resources)) this.say(where, `nothing is called '${name}'`);
    this.used.add(name);
    if (owner && name in Resources) this.dependencies.get(owner).add(name);
  }

  attribute(resource, attribute, owner, where) {
    this.name(resource, owner, where);
    const declared = this.template.Resources[resource];
    if (!declared) return;
    const schema = schemaOf(declared.Type);
    const isKnown = schema && (attribute in schema.attributes || attribute.split('.')[0] in schema.properties);
    if (!isKnown) this.say(where, `${declared.Type} has no attribute '${attribute}'`);
  }

  substitution(argument, owner, where) {
    const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
    for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      const dot = name.indexOf('.');
      if (name in values) continue;
      if (dot < 0 || name.startsWith('AWS::')) this.name(name, owner, where);
      else this.attribute(name.slice(0, dot), name.slice(dot + 1), owner, where);
    }
    this.references(values, owner, where);
  }

  condition(name, where) {
    this.used.add(`condition ${name}`);
    if (!(name in (this.template.Conditions ?? {}))) this.say(where, `no condition is called '${name}'`);
  }

  /** Follows every reference in a value whose shape nothing prescribes. */
  references(value, owner, where) {
    if (Array.isArray(value)) value.forEach((one, at) => this.references(one, owner, `${where}[${at}]`));
    if (!isObject(value)) return;
    const call = functionOf(value);
    if (call) return this.call(call, value[call], owner, where);
    for (const [key, one] of Object.entries(value)) {
      if (key === 'Condition' && typeof one === 'string') this.condition(one, where);
      else this.references(one, owner, `${where}/${key}`);
    }
  }

  call(name, argument, owner, where) {
    if (name === 'Ref') return this.name(argument, owner, where);
    if (name === 'Fn::GetAtt') return this.attribute(argument[0], argument[1], owner, where);
    if (name === 'Fn::Sub') return this.substitution(argument, owner, where);
    if (name === 'Fn::If') {
      this.condition(argument[0], where);
      return this.references(argument.slice(1), owner, where);
    }
    if (name === 'Fn::FindInMap' && !(argument[0] in (this.template.Mappings ?? {}))) {
      this.say(where, `no mapping is called '${argument[0]}'`);
    }
    return this.references(argument, owner, where);
  }

  // ---- values against their types
  value(value, type, owner, where) {
    if (value === null || value === undefined) return this.say(where, 'no value');
    const call = functionOf(value);
    if (call === 'Fn::If') {
      this.condition(value[call][0], where);
      value[call].slice(1).forEach((branch) => this.value(branch, type, owner, where));
      return undefined;
    }
    if (call) {
      this.call(call, value[call], owner, where);
      if (kListFunctions.has(call) && ['string', 'integer', 'boolean'].includes(type.type)) {
        this.say(where, `${call} gives a list`);
      }
      if (kTextFunctions.has(call) && ['array', 'ref', 'map'].includes(type.type)) this.say(where, `${call} gives a text`);
      return undefined;
    }
    return this.literal(value, type, owner, where);
  }

  literal(value, type, owner, where) {
    const scalar = typeof value !== 'object';
    switch (type.type) {
      case 'string':
      case 'date-time':
        if (!scalar) this.say(where, 'a text is expected');
        return;
      case 'integer':
      case 'number':
        if (!scalar || value === '' || Number.isNaN(Number(value))) this.say(where, `a number is expected, not ${value}`);
        return;
      case 'boolean':
        if (![true, false, 'true', 'false'].includes(value)) this.say(where, `true or false is expected, not ${value}`);
        return;
      case 'array':
        if (!Array.isArray(value)) this.say(where, 'a list is expected');
        else value.forEach((one, at) => this.value(one, type.element, owner, `${where}[${at}]`));
        return;
      case 'map':
        if (!isObject(value)) this.say(where, 'an object is expected');
        else for (const [key, one] of Object.entries(value)) this.value(one, type.element, owner, `${where}/${key}`);
        return;
      case 'ref':
        this.properties(value, schemas.get('typeDefinition', type.reference.$ref).properties, owner, where);
        return;
      case 'tag':
        if (!isObject(value) || !('Key' in value) || !('Value' in value)) this.say(where, 'a tag has a Key and a Value');
        this.references(value, owner, where);
        return;
      case 'union':
        this.oneOf(value, type.types, owner, where);
        return;
      default:
        this.references(value, owner, where);
    }
  }

  /** The findings of the alternative that has the fewest. */
  oneOf(value, types, owner, where) {
    const before = this.findings;
    const tries = types.map((type) => {
      this.findings = [];
      this.value(value, type, owner, where);
      return this.findings;
    });
    this.findings = before.concat(tries.sort((a, b) => a.length - b.length)[0]);
  }

  properties(value, known, owner, where) {
    if (!isObject(value)) return this.say(where, 'an object is expected');
    for (const [name, one] of Object.entries(value)) {
      if (!(name in known)) this.say(`${where}/${name}`, 'there is no such property');
      else this.oneOf(one, [known[name].type, ...(known[name].previousTypes ?? [])], owner, `${where}/${name}`);
      if (/Port$/.test(name) && Number(one) > 65535) this.say(`${where}/${name}`, 'no such port');
    }
    for (const [name, property] of Object.entries(known)) {
      if (property.required && !(name in value)) this.say(where, `'${name}' is required`);
    }
    return undefined;
  }

  // ---- the template
  resource(id, resource) {
    const where = `Resources/${id}`;
    for (const key of Object.keys(resource)) if (!kAttributes.has(key)) this.say(`${where}/${key}`, 'no such attribute');
    for (const other of [].concat(resource.DependsOn ?? [])) this.name(other, id, `${where}/DependsOn`);
    if (resource.Condition) this.condition(resource.Condition, where);
    const schema = schemaOf(resource.Type);
    if (!schema) return this.say(where, `there is no resource type ${resource.Type}`);
    return this.properties(resource.Properties ?? {}, schema.properties, id, `${where}/Properties`);
  }

  numbersOfAclEntries() {
    const seen = new Map();
    for (const [id, { Type, Properties }] of Object.entries(this.template.Resources)) {
      if (Type !== 'AWS::EC2::NetworkAclEntry') continue;
      const key = JSON.stringify([Properties.NetworkAclId, Properties.Egress === true, Properties.RuleNumber]);
      if (seen.has(key)) this.say(`Resources/${id}`, `has the number of ${seen.get(key)}`);
      seen.set(key, id);
    }
  }

  cycles() {
    const state = new Map();
    const visit = (id, trail) => {
      if (state.get(id) === 'done') return;
      if (state.get(id) === 'open') return void this.say(`Resources/${id}`, `depends on itself: ${[...trail, id].join(' → ')}`);
      state.set(id, 'open');
      for (const next of this.dependencies.get(id)) visit(next, [...trail, id]);
      state.set(id, 'done');
    };
    for (const id of this.dependencies.keys()) visit(id, []);
  }

  judge() {
    const { Resources, Parameters = {}, Conditions = {}, Outputs = {}, Rules = {} } = this.template;
    for (const key of Object.keys(this.template)) if (!kSections.has(key)) this.say(key, 'no such section');
    for (const id of [...Object.keys(Resources), ...Object.keys(Parameters), ...Object.keys(Outputs)]) {
      if (!/^[A-Za-z0-9]{1,255}$/.test(id)) this.say(id, 'is no logical id');
    }
    for (const id of Object.keys(Resources)) this.dependencies.set(id, new Set());
    for (const [id, resource] of Object.entries(Resources)) this.resource(id, resource);
    for (const [id, condition] of Object.entries(Conditions)) this.references(condition, null, `Conditions/${id}`);
    for (const [id, output] of Object.entries(Outputs)) {
      if (!('Value' in output)) this.say(`Outputs/${id}`, 'has no value');
      this.references(output, null, `Outputs/${id}`);
    }
    this.references(Rules, null, 'Rules');
    for (const id of Object.keys(Parameters)) if (!this.used.has(id)) this.say(`Parameters/${id}`, 'is used by nothing');
    for (const id of Object.keys(Conditions)) {
      if (!this.used.has(`condition ${id}`)) this.say(`Conditions/${id}`, 'is used by nothing');
    }
    this.numbersOfAclEntries();
    this.cycles();
    return this.findings;
  }
}

let findings = 0;
for (const file of files) {
  // JSON is YAML; no date is read out of a text
  const template = yaml.load(fs.readFileSync(file, 'utf8'), { schema: yaml.CORE_SCHEMA });
  const found = isObject(template?.Resources) ? new Judge(template).judge() : ['there are no Resources'];
  for (const finding of found) console.log(`${file}: ${finding}`);
  findings += found.length;
}
console.log(`${files.length} templates, ${findings} findings`);
process.exit(findings > 0 ? 1 : 0);
