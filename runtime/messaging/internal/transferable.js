'use strict';
// How a JavaScript class takes part in structured cloning and transfer. The native serializer
// (runtime/messaging) treats an object that has a kClone or kTransfer property, own or inherited, as one of ours:
//
//   [kClone]()         a copy of the object as { data, deserializeInfo }; null in place of the method says that
//                      the class cannot be cloned
//   [kTransfer]()      the same, leaving the object detached; a file descriptor in `data` is also in the result's
//                      `descriptor`, and closed when nobody receives the message
//   [kTransferList]()  what else must be transferred along with it
//   [kDeserialize](data)  called on the receiving side on a fresh object
//
// `data` is anything that can be cloned. `deserializeInfo` is 'built-in id:export'; the export is called with `new`
// and no arguments on the receiving side.
//
// Run once per realm.

const kClone = Symbol('messaging_clone_symbol');
const kDeserialize = Symbol('messaging_deserialize_symbol');
const kTransfer = Symbol('messaging_transfer_symbol');
const kTransferList = Symbol('messaging_transfer_list_symbol');

// All that may be asked for: a program can have put its own method under kTransfer.
const kSpecs = new Set([
  'internal/abort_controller:ClonedAbortSignal', 'internal/blob:ClonedBlob', 'internal/crypto/crypto_key:ClonedCryptoKey',
  'internal/crypto/key_object:ClonedPrivateKey', 'internal/crypto/key_object:ClonedPublicKey',
  'internal/crypto/key_object:ClonedSecretKey', 'internal/crypto/x509:ClonedX509Certificate',
  'internal/dom_exception:DOMException', 'internal/file:ClonedFile', 'internal/fs/file_handle:FileHandle',
  'internal/messaging:ReceivedPort', 'internal/net/blocklist:BlockList', 'internal/net/socket_address:SocketAddress',
  'internal/net/transfer:TransferredServer', 'internal/net/transfer:TransferredSocket',
  'internal/perf_hooks/histogram:ClonedHistogram', 'internal/perf_hooks/histogram:ClonedRecordableHistogram',
  'internal/webstreams/transfer:TransferredReadableStream', 'internal/webstreams/transfer:TransferredTransformStream',
  'internal/webstreams/transfer:TransferredWritableStream',
]);

// The object that `deserializeInfo` names, to be filled by its kDeserialize method.
function createForDeserialization(deserializeInfo) {
  const separator = deserializeInfo.lastIndexOf(':');
  const id = deserializeInfo.slice(0, separator);
  if (!require('internal/bootstrap/realm').exists(id)) throw new Error(`Missing internal module '${id}'`);
  if (!kSpecs.has(deserializeInfo)) throw new Error(`Unknown deserialize spec ${deserializeInfo}`);
  const Class = require(id)[deserializeInfo.slice(separator + 1)];
  return new Class();
}

module.exports = { createForDeserialization, kClone, kDeserialize, kTransfer, kTransferList };
