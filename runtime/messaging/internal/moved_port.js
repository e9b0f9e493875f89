'use strict';
// moveMessagePortToContext: a port whose object, and whatever it receives, belong to another vm context. Run when one
// is first moved.

const { codes: { ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE } } = require('internal/errors');
const { kDeserialize, kTransfer } = require('internal/messaging/transferable');

// Evaluated in the context, so that all that a program there sees is of it. `native` are functions of ours.
const kFactory = `(native) => {
  'use strict';
  class DOMException extends Error {}
  const call = (name, ...args) => {
    try {
      return native[name](...args);
    } catch ({ message, name: errorName, code }) {
      const error = new DOMException(\`\${message}\`);
      Object.defineProperty(error, 'name', { value: \`\${errorName}\`, configurable: true, writable: true });
      error.code = code;
      throw error;
    }
  };
  class MessagePort {
    postMessage(message, transfer) {
      call('postMessage', message, transfer === undefined || transfer === null ? [] : [...(transfer.transfer ?? transfer)]);
    }
    start() { call('start'); }
    close() { call('close'); }
    ref() { call('ref'); }
    unref() { call('unref'); }
    hasRef() { return call('hasRef'); }
  }
  const port = new MessagePort();
  const emit = (type, data, ports) => {
    const handler = port[\`on\${type}\`];
    if (typeof handler === 'function') handler.call(port, { type, data, ports: [...ports], target: port });
  };
  return [port, emit];
}`;

const kNoPorts = [];

/** The object of a port in the context whose global object this is. */
function createMovedPort(global) {
  let handle = null;
  const [port, emit] = internalBinding('messaging').runIn(global, kFactory)({
    postMessage: (message, transfer) => { handle?.postMessage(message, transfer, port); },
    start: () => handle?.start(),
    close: () => close(),
    ref: () => handle?.ref(),
    unref: () => handle?.unref(),
    hasRef: () => handle?.hasRef() ?? false,
  });
  function close() {
    const closing = handle;
    handle = null;
    closing?.closePort(() => emit('close', undefined, kNoPorts));
  }
  function attach(newHandle) {
    handle = newHandle;
    handle.useContext(global);
    handle.onmessage = (value, transferred) => emit('message', value, transferred ?? kNoPorts);
    handle.onmessageerror = (error) => emit('messageerror', error, kNoPorts);
    handle.onclose = close;
  }
  Object.defineProperties(port, {
    [kDeserialize]: { value: attach },
    [kTransfer]: {
      value() {
        const data = handle;
        handle = null;
        return { data, deserializeInfo: 'internal/messaging:ReceivedPort' };
      },
    },
  });
  return [port, attach];
}

/** What a message holds of built-in classes can be made for ports only. */
function createInContext(deserializeInfo, global) {
  if (deserializeInfo !== 'internal/messaging:ReceivedPort') throw new ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE();
  return createMovedPort(global)[0];
}

module.exports = { createInContext, createMovedPort };
