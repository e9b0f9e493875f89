'use strict';
// What require() hands out of a module that is still running: its exports so far. While they are a plain object, a
// read of a property that is not there (yet) warns, since it is most often a cycle that somebody did not mean.

const { isProxy } = require('internal/util/types');

const ordinary = Object.prototype;

const watcher = new Proxy({}, {
  get(target, property) {
    // __esModule is what transpilers ask every module for.
    if (property in target || property === '__esModule') return target[property];
    require('internal/modules/warnings').circularAccess(property);
    return undefined;
  },
  getOwnPropertyDescriptor(target, property) {
    if (Object.hasOwn(target, property) || property === '__esModule') {
      return Object.getOwnPropertyDescriptor(target, property);
    }
    require('internal/modules/warnings').circularAccess(property);
    return undefined;
  },
});

/** @param {{ exports: any }} module */
function exportsOfUnfinished(module) {
  const { exports } = module;
  if (exports && !isProxy(exports) && Object.getPrototypeOf(exports) === ordinary && !exports.__esModule) {
    Object.setPrototypeOf(exports, watcher);
  }
  return exports;
}

/** @param {{ exports: any }} module */
function finished({ exports }) {
  if (exports && !isProxy(exports) && Object.getPrototypeOf(exports) === watcher) {
    Object.setPrototypeOf(exports, ordinary);
  }
}

module.exports = { exportsOfUnfinished, finished };
