'use strict';

// A first-in first-out queue for built-ins: an array with a moving head, compacted when half of it is spent. Pushing
// and shifting cost amortised constant time, an empty one costs one small array.

class Fifo {
  #items = [];
  #head = 0;

  get size() {
    return this.#items.length - this.#head;
  }

  push(item) {
    this.#items.push(item);
  }

  peek() {
    return this.#items[this.#head];
  }

  shift() {
    const items = this.#items;
    if (this.#head === items.length) return undefined;
    const item = items[this.#head];
    items[this.#head++] = undefined;
    if (this.#head === items.length) {
      items.length = 0;
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 >= items.length) {
      items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear() {
    this.#items.length = 0;
    this.#head = 0;
  }

  /** Items in order; the queue is left alone. */
  toArray() {
    return this.#items.slice(this.#head);
  }
}

module.exports = { Fifo };
