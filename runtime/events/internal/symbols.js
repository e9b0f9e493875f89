'use strict';

// Symbols the event machinery shares between EventEmitter, EventTarget and the reporters of uncaught errors.
// Evaluated once per realm, by whichever of them is required first.

module.exports = {
  // Where an emitter keeps its captureRejections flag. Subclasses written before the flag existed do not have it.
  kCapture: Symbol('kCapture'),
  // True when the creator laid out `_events` with fixed keys, so that removing a listener keeps the key.
  kShapeMode: Symbol('shapeMode'),
  // Public: events.errorMonitor.
  kErrorMonitor: Symbol('events.errorMonitor'),
  // Public: events.captureRejectionSymbol.
  kRejection: Symbol.for('nodejs.rejection'),
  // A function property of an error: returns the stack with "Emitted 'error' event at" appended. The reporter of
  // uncaught exceptions calls it, so that the cost is paid only when a program is about to die.
  kEnhanceStackBeforeInspector: Symbol('kEnhanceStackBeforeInspector'),
  // Public by way of the `events` module, used by EventTarget.
  kMaxEventTargetListeners: Symbol('events.maxEventTargetListeners'),
  kMaxEventTargetListenersWarned: Symbol('events.maxEventTargetListenersWarned'),
  // Lets streams hand over that they are still being watched by a weak reference only.
  kResistStopPropagation: Symbol('kResistStopPropagation'),
};
