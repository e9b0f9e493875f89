'use strict';

// node:sqlite. Run once per realm, when a program asks for it.

const { DatabaseSync } = require('internal/sqlite/database');
const { StatementSync } = require('internal/sqlite/statement');
const { Session } = require('internal/sqlite/session');
const { backup } = require('internal/sqlite/backup');

module.exports = {
  DatabaseSync,
  StatementSync,
  Session,
  constants: { ...internalBinding('sqlite').constants },
  backup,
};
