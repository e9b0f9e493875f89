'use strict';

// Who holds which lock and who waits for it: one table for the process, on the main thread. Requests of a name are
// served in the order they came; shared ones together. Run by internal/worker/locks.

class LockTable {
  #held = new Map();     // by name: requests that hold it, the latest first, as query() lists them
  #waiting = new Map();  // by name: requests in order
  #notify;

  /** notify(request, event): 'granted', 'unavailable' or 'stolen'. */
  constructor(notify) {
    this.#notify = notify;
  }

  /** @param {{client: string, id: number, name: string, mode: string, ifAvailable: boolean, steal: boolean}} request */
  request(request) {
    const { name, ifAvailable, steal } = request;
    if (steal) {
      const robbed = this.#held.get(name) ?? [];
      this.#held.set(name, [request]);
      for (const holder of robbed) this.#notify(holder, 'stolen');
      this.#notify(request, 'granted');
    } else if (this.#isFree(request) && !this.#waiting.has(name)) {
      this.#grant(request);
    } else if (ifAvailable) {
      this.#notify(request, 'unavailable');
    } else {
      const queue = this.#waiting.get(name);
      if (queue === undefined) this.#waiting.set(name, [request]);
      else queue.push(request);
    }
  }

  /** A holder is done, or somebody no longer waits. */
  release({ client, id, name }) {
    this.#remove(name, (request) => request.client === client && request.id === id);
  }

  /** A thread has ended. */
  forget(client) {
    for (const name of new Set([...this.#held.keys(), ...this.#waiting.keys()])) {
      this.#remove(name, (request) => request.client === client);
    }
  }

  query() {
    const describe = (map) => [...map.values()].flat().map(({ name, mode, client }) => ({ name, mode, clientId: client }));
    return { held: describe(this.#held), pending: describe(this.#waiting) };
  }

  #isFree({ name, mode }) {
    const holders = this.#held.get(name);
    return holders === undefined || (mode === 'shared' && holders.every((holder) => holder.mode === 'shared'));
  }

  #grant(request) {
    const holders = this.#held.get(request.name);
    if (holders === undefined) this.#held.set(request.name, [request]);
    else holders.unshift(request);
    this.#notify(request, 'granted');
  }

  #remove(name, isMeant) {
    for (const map of [this.#held, this.#waiting]) {
      const rest = map.get(name)?.filter((request) => !isMeant(request)) ?? [];
      if (rest.length === 0) map.delete(name);
      else map.set(name, rest);
    }
    const queue = this.#waiting.get(name) ?? [];
    while (queue.length > 0 && this.#isFree(queue[0])) this.#grant(queue.shift());
    if (queue.length === 0) this.#waiting.delete(name);
  }
}

module.exports = { LockTable };
