// A timer that is set again with nearly every event and rarely fires. So a later deadline is only stored; the
// running timer checks it when it wakes.

export class Timer {
  #onTime;
  #deadline = 0;
  #wakesAt = 0;
  #running = null;

  /** @param {() => void} onTime */
  constructor(onTime) {
    this.#onTime = onTime;
  }

  /** @param {number} ms from now; 0: no timer */
  set(ms) {
    if (ms === 0) return this.#clear();
    this.#deadline = Date.now() + ms;
    if (this.#running !== null && this.#wakesAt <= this.#deadline) return;
    clearTimeout(this.#running);
    this.#arm();
  }

  #arm() {
    this.#wakesAt = this.#deadline;
    this.#running = setTimeout(() => this.#wake(), Math.max(this.#deadline - Date.now(), 0));
  }

  #wake() {
    this.#running = null;
    if (this.#deadline > Date.now()) return this.#arm();
    this.#clear();
    this.#onTime();
  }

  #clear() {
    clearTimeout(this.#running);
    this.#running = null;
    this.#deadline = 0;
  }
}
