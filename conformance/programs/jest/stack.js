'use strict';

/** A stack of values, for the suites beside it. */
class Stack {
  #values = [];

  push(value) {
    this.#values.push(value);
    return this;
  }

  pop() {
    if (this.#values.length === 0) throw new RangeError('the stack is empty');
    return this.#values.pop();
  }

  get size() {
    return this.#values.length;
  }

  save(file) {
    require('fs').writeFileSync(file, JSON.stringify(this.#values));
  }
}

module.exports = { Stack };
