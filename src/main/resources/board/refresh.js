/**
 * Repeats work on request. It never runs twice at the same time, and pauses between two runs, so that a page never keeps the service
 * busy.
 */
export class Refresh {
  #work;
  #pause;
  #factor;
  #requested = false;
  #running = false;
  #timer;
  #stopped = false;

  /**
   * @param work an asynchronous function that does not throw
   * @param pause the minimum pause between two runs in milliseconds
   * @param factor the minimum pause as a multiple of the time that the run took
   */
  constructor(work, pause, factor = 0) {
    this.#work = work;
    this.#pause = pause;
    this.#factor = factor;
  }

  request() {
    this.#requested = true;
    if (!this.#running && this.#timer === undefined && !this.#stopped) {
      this.#run();
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #run() {
    this.#requested = false;
    this.#running = true;
    const begun = performance.now();
    await this.#work();
    this.#running = false;
    if (this.#stopped) {
      return;
    }
    const pause = Math.max(this.#pause, this.#factor * (performance.now() - begun));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#requested && !this.#stopped) {
        this.#run();
      }
    }, pause);
  }
}
