/**
 * Repeats work on request. It never runs twice at the same time. After a run it pauses for a multiple of the time that the run
 * took, so that a page never keeps the service busy.
 */
export class Refresh {
  #work;
  #pause;
  #requested = false;
  #running = false;
  #timer;
  #stopped = false;

  /**
   * @param work an asynchronous function that does not throw
   * @param pause the minimum pause between two runs in milliseconds
   */
  constructor(work, pause) {
    this.#work = work;
    this.#pause = pause;
  }

  get isRunning() {
    return this.#running;
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
    const pause = Math.max(this.#pause, 4 * (performance.now() - begun));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#requested && !this.#stopped) {
        this.#run();
      }
    }, pause);
  }
}
