'use strict';
// What the REPL asks about a text before it is run: is it unfinished, is it valid. Loaded by internal/repl/eval.

const kContinuedString = /^(['"])(?:.*\\(?:\r\n?|\n|\u2028|\u2029))*.*\\?$/;

function parse(code) {
  const acorn = require('internal/deps/acorn');
  return acorn.parse(code, {
    __proto__: null, ecmaVersion: 'latest', allowAwaitOutsideFunction: true, allowHashBang: true,
  });
}

/** Whether more lines could make a text valid that is not. */
function isRecoverable(code) {
  try {
    parse(code);
    return false;
  } catch (error) {
    const { message, pos } = error;
    if (message.startsWith('Unterminated template') || message.startsWith('Unterminated comment')) return true;
    if (message.startsWith('Unterminated string constant')) {
      const token = code.slice(pos).replace(/\n$/, '');
      return token.endsWith('\\') && kContinuedString.test(token);
    }
    return pos >= code.trimEnd().length && !message.startsWith('Unterminated');
  }
}

/** Whether a text is a program or an expression. */
function isValidSyntax(code) {
  for (const text of [code, `_=${code}`]) {
    try {
      parse(text);
      return true;
    } catch {
      // The other reading may be right.
    }
  }
  return false;
}

function bindingOf({ type, local, imported }) {
  if (type === 'ImportDefaultSpecifier') return `default: ${local.name}`;
  return imported.name === local.name ? local.name : `${imported.name}: ${local.name}`;
}

/** An import statement as the dynamic import that does the same. */
function dynamicImport(code) {
  try {
    const acorn = require('internal/deps/acorn');
    const { body } = acorn.parse(code, { __proto__: null, ecmaVersion: 'latest', sourceType: 'module' });
    const { source, specifiers } = body.find(({ type }) => type === 'ImportDeclaration');
    const request = `await import(${JSON.stringify(source.value)});`;
    if (specifiers.length === 0) return request;
    const namespace = specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier');
    const names = specifiers.filter((one) => one !== namespace).map(bindingOf);
    if (namespace === undefined) return `const { ${names.join(', ')} } = ${request}`;
    const whole = `const ${namespace.local.name} = ${request}`;
    return names.length === 0 ? whole : `${whole} const { ${names.join(', ')} } = ${namespace.local.name};`;
  } catch {
    return undefined;
  }
}

module.exports = { dynamicImport, isRecoverable, isValidSyntax };
