'use strict';
// The junit reporter: JUnit's XML. Loaded when it is asked for.

const { inspect } = require('internal/util/inspect');

const escapes = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '\n': '&#10;' };

const attribute = (text) => String(text).replaceAll(/["&<\n]/g, (char) => escapes[char]);
const content = (text) => text.replaceAll(/[&<]/g, (char) => escapes[char]);
const comment = (text) => text.replaceAll('--', '&#45;&#45;');
const seconds = (milliseconds) => (milliseconds / 1000).toFixed(6);
const tabs = (count) => '\t'.repeat(count);

function inspectFailure(error) {
  try {
    return inspect(error, { __proto__: null, breakLength: Infinity });
  } catch {
    return inspect(error, { __proto__: null, breakLength: Infinity, customInspect: false });
  }
}

const isFailure = (element) => element.attributes?.failure !== undefined || element.children?.some(isFailureElement);
const isFailureElement = (element) => element.tag === 'failure';
const isSkipped = (element) => element.children?.some(({ tag, attributes }) => tag === 'skipped' && attributes);

function write(element) {
  const indent = tabs(element.nesting + 1);
  if (element.comment !== undefined) return `${indent}<!-- ${comment(element.comment)} -->\n`;
  const attributes = Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`).join('');
  if (element.children.length === 0) return `${indent}<${element.tag}${attributes}/>\n`;
  const inner = element.children
    .map((child) => (typeof child === 'string' ? `${content(child)}\n` : write(child))).join('');
  return `${indent}<${element.tag}${attributes}>\n${inner}${indent}</${element.tag}>\n`;
}

function failureOf(error, nesting) {
  const message = error?.message ?? '';
  return {
    tag: 'failure', nesting, children: [inspectFailure(error)],
    attributes: { type: error?.failureType ?? error?.code, message: message.trim() },
  };
}

/** What a finished test adds to its element. */
function finish(element, type, data) {
  const { nesting } = data;
  const { attributes, children } = element;
  element.nesting = nesting;
  attributes.name = data.name;
  attributes.time = seconds(data.details.duration_ms);
  const cases = children.filter((child) => child.comment === undefined);
  if (cases.length > 0) {
    element.tag = 'testsuite';
    attributes.disabled = 0;
    attributes.errors = 0;
    attributes.tests = cases.length;
    attributes.failures = cases.filter(isFailure).length;
    attributes.skipped = cases.filter(isSkipped).length;
    attributes.timestamp = new Date().toISOString();
    attributes.hostname = require('os').hostname();
    return;
  }
  element.tag = 'testcase';
  attributes.classname = data.classname ?? 'test';
  if (data.file !== undefined) attributes.file = data.file;
  for (const [word, value] of [['skipped', data.skip], ['todo', data.todo]]) {
    if (value === undefined) continue;
    children.push({ tag: 'skipped', nesting: nesting + 1, children: [], attributes: { type: word, message: value } });
  }
  if (type !== 'test:fail') return;
  children.push(failureOf(data.details.error, nesting + 1));
  attributes.failure = data.details.error?.message ?? '';
}

async function* junit(source) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n';
  const open = [];
  const add = (element) => {
    if (open.length === 0) return write(element);
    open.at(-1).children.push(element);
    return '';
  };
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:start':
        open.push({ tag: 'testcase', nesting: data.nesting, attributes: {}, children: [] });
        break;
      case 'test:pass':
      case 'test:fail': {
        const element = open.pop() ?? { attributes: {}, children: [] };
        finish(element, type, data);
        yield add(element);
        break;
      }
      case 'test:diagnostic':
      case 'test:log':
        yield add({ comment: data.message, nesting: data.nesting });
        break;
      default:
    }
  }
  yield '</testsuites>\n';
}

module.exports = junit;
