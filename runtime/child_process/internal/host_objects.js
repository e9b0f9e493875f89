'use strict';
// What 'advanced' IPC messages hold beside what V8 itself serialises: views of memory, and native objects, which
// travel as plain ones. The native side (runtime/child_process/ipc_serializer.h) calls these two. Run when the first
// such channel is opened.

const { codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { makeView, viewType } = require('internal/v8/serdes');

/** @returns {[type: number, bytes: Uint8Array] | object} */
function write(object) {
  if (!isArrayBufferView(object)) return { ...object };
  return [viewType(object), object];
}

function read(type, buffer) {
  const view = makeView(type, buffer, 0, buffer?.byteLength);
  if (view === undefined) throw new ERR_INVALID_STATE('Unexpected host object tag in an IPC message');
  return view;
}

internalBinding('child_process').setIpcHooks(write, read);
