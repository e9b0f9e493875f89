'use strict';
// How a JavaScript class takes part in structured cloning and transfer. The native serializer
// (runtime/messaging) treats an object that has a kClone or kTransfer property, own or inherited, as one of ours:
//
//   [kClone]()         a copy of the object as { data, deserializeInfo }; null in place of the method says that
//                      the class cannot be cloned
//   [kTransfer]()      the same, leaving the object detached
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

// The object that `deserializeInfo` names, to be filled by its kDeserialize method.
function createForDeserialization(deserializeInfo) {
  const separator = deserializeInfo.lastIndexOf(':');
  const Class = require(deserializeInfo.slice(0, separator))[deserializeInfo.slice(separator + 1)];
  return new Class();
}

module.exports = { createForDeserialization, kClone, kDeserialize, kTransfer, kTransferList };
