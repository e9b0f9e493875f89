'use strict';
// The DOMException class of the web platform.
// Run once per realm; the global and every built-in that throws one use it.

const { kClone, kDeserialize } = require('internal/messaging/transferable');

// Error names that have a number for historical reasons, in the order of their numbers from 1; null is a number
// that only has a constant any more.
const legacyErrors = [
  ['INDEX_SIZE_ERR', 'IndexSizeError'],
  ['DOMSTRING_SIZE_ERR', null],
  ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError'],
  ['WRONG_DOCUMENT_ERR', 'WrongDocumentError'],
  ['INVALID_CHARACTER_ERR', 'InvalidCharacterError'],
  ['NO_DATA_ALLOWED_ERR', null],
  ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError'],
  ['NOT_FOUND_ERR', 'NotFoundError'],
  ['NOT_SUPPORTED_ERR', 'NotSupportedError'],
  ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError'],
  ['INVALID_STATE_ERR', 'InvalidStateError'],
  ['SYNTAX_ERR', 'SyntaxError'],
  ['INVALID_MODIFICATION_ERR', 'InvalidModificationError'],
  ['NAMESPACE_ERR', 'NamespaceError'],
  ['INVALID_ACCESS_ERR', 'InvalidAccessError'],
  ['VALIDATION_ERR', null],
  ['TYPE_MISMATCH_ERR', 'TypeMismatchError'],
  ['SECURITY_ERR', 'SecurityError'],
  ['NETWORK_ERR', 'NetworkError'],
  ['ABORT_ERR', 'AbortError'],
  ['URL_MISMATCH_ERR', 'URLMismatchError'],
  ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError'],
  ['TIMEOUT_ERR', 'TimeoutError'],
  ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError'],
  ['DATA_CLONE_ERR', 'DataCloneError'],
];

const codeOfName = new Map();
legacyErrors.forEach(([, name], index) => {
  if (name !== null) codeOfName.set(name, index + 1);
});

function throwInvalidThis() {
  const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
  throw new ERR_INVALID_THIS('DOMException');
}

// A DOMException is a real Error object, so that it has a stack and engines and debuggers know it. Private fields
// can be put on an object that exists already by returning it from the base constructor.
class ReturnArgument {
  constructor(object) { return object; }
}

class Fields extends ReturnArgument {
  #message;
  #name;

  constructor(object, message, name) {
    super(object);
    this.#message = message;
    this.#name = name;
  }

  static has(object) { return #message in object; }
  static message(object) { return #message in object ? object.#message : throwInvalidThis(); }
  static name(object) { return #name in object ? object.#name : throwInvalidThis(); }
  static set(object, message, name) {
    object.#message = message;
    object.#name = name;
  }
}

class DOMException {
  constructor(message = '', optionsOrName = 'Error') {
    const self = new Error();
    Object.setPrototypeOf(self, new.target.prototype);
    let name = optionsOrName;
    if (optionsOrName !== null && typeof optionsOrName === 'object') {
      name = optionsOrName.name ?? 'Error';
      if ('cause' in optionsOrName) {
        Object.defineProperty(self, 'cause', {
          configurable: true,
          enumerable: false,
          value: optionsOrName.cause,
          writable: true,
        });
      }
    }
    return new Fields(self, `${message}`, `${name}`);
  }

  get name() { return Fields.name(this); }
  get message() { return Fields.message(this); }
  get code() { return codeOfName.get(Fields.name(this)) ?? 0; }
}

function clone() {
  const { message, name, stack } = this;
  return { data: { message, name, stack }, deserializeInfo: 'internal/dom_exception:DOMException' };
}

const kEnumerable = { __proto__: null, enumerable: true };
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, { name: kEnumerable, message: kEnumerable, code: kEnumerable });
legacyErrors.forEach(([constant], index) => {
  const descriptor = { enumerable: true, value: index + 1 };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
});
Object.defineProperties(DOMException.prototype, {
  // Nothing for objects that only inherit from the prototype: they are cloned as plain ones.
  [kClone]: {
    configurable: true,
    get() { return Fields.has(this) ? clone : undefined; },
  },
  [kDeserialize]: {
    configurable: true,
    writable: true,
    value: function({ message, name, stack }) {
      Fields.set(this, message, name);
      Object.defineProperty(this, 'stack', { configurable: true, enumerable: false, value: stack, writable: true });
    },
  },
  [Symbol.toStringTag]: { configurable: true, value: 'DOMException' },
});

module.exports = { DOMException };
