'use strict';
// repl.Recoverable. Loaded by repl.

/** Given to the callback of an evaluation: the input is not finished. */
function Recoverable(error) {
  this.err = error;
}
Object.setPrototypeOf(Recoverable.prototype, SyntaxError.prototype);
Object.setPrototypeOf(Recoverable, SyntaxError);

module.exports = { Recoverable };
