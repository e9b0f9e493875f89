'use strict';
// The names by which the classes of http2 reach into each other.

module.exports = {
  kHandle: Symbol('handle'),
  kInit: Symbol('init'),
  kMaybeDestroy: Symbol('maybe-destroy'),
  kOwner: Symbol('owner'),
  kProceed: Symbol('proceed'),
  kServer: Symbol('server'),
  kSession: Symbol('session'),
  kState: Symbol('state'),
};
