/** Reads the event stream of a tenant, and connects again when it ends. EventSource is not used because it cannot send a token. */
import { open } from './api.js';

/** The service sends a comment every 15 s. Without anything for this time, the connection is lost. */
const SILENCE_MILLISECONDS = 40_000;
const FIRST_RETRY_MILLISECONDS = 1_000;
const LAST_RETRY_MILLISECONDS = 30_000;
const MAX_EVENT_CHARACTERS = 32 * 1_048_576;

/** Splits the text of a stream into events. */
export class EventParser {
  #rest = '';

  /** Returns the events that are complete with this text, as objects with a name and data. Comments are left out. */
  push(text) {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop();
    if (this.#rest.length > MAX_EVENT_CHARACTERS) {
      throw new Error('An event is too large');
    }
    return blocks.map(parse).filter((event) => event.name);
  }
}

function parse(block) {
  const event = { name: null, data: null };
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      event.name = line.slice('event: '.length);
    } else if (line.startsWith('data: ')) {
      event.data = JSON.parse(line.slice('data: '.length));
    }
  }
  return event;
}

export class Stream {
  #tenant;
  #listener;
  #controller;
  #timer;
  #delay = FIRST_RETRY_MILLISECONDS;

  /** Whether changes arrive. */
  isLive = false;

  /** When the next attempt to connect begins, in milliseconds since 1970. Null during an attempt. */
  retryAt = null;

  /** @param listener has the methods synced(), deployment(deployment), deleted(id), failed(error) and changed() */
  constructor(tenant, listener) {
    this.#tenant = tenant;
    this.#listener = listener;
  }

  /** Connects now, unless the stream is connected. */
  start() {
    if (this.#controller === undefined) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    const controller = this.#controller;
    this.#controller = undefined;
    this.isLive = false;
    this.retryAt = null;
    controller?.abort();
  }

  async #connect() {
    const controller = new AbortController();
    this.#controller = controller;
    this.retryAt = null;
    this.#listener.changed();
    let failure = null;
    try {
      await this.#read(controller);
    } catch (e) {
      failure = e;
    }
    controller.abort();
    if (this.#controller === controller) {
      this.#ended(failure);
    }
  }

  async #read(controller) {
    let watchdog;
    const expectMore = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => controller.abort(), SILENCE_MILLISECONDS);
    };
    expectMore();
    try {
      const path = ['software_deployments', 'watch'];
      const response = await open(this.#tenant, path, { changes_only: true }, controller.signal);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        expectMore();
        parser.push(part.value).forEach((event) => this.#dispatch(event));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  #dispatch({ name, data }) {
    if (name === 'synced') {
      this.isLive = true;
      this.#delay = FIRST_RETRY_MILLISECONDS;
      this.#listener.synced();
      this.#listener.changed();
    } else if (name === 'deployment') {
      this.#listener.deployment(data.software_deployment);
    } else if (name === 'deleted') {
      this.#listener.deleted(data.id);
    }
  }

  /** Waits before the next attempt, with random parts so that all pages do not connect at the same time after an outage. */
  #ended(failure) {
    this.#controller = undefined;
    this.isLive = false;
    const delay = this.#delay * (0.75 + Math.random() / 2);
    this.#delay = Math.min(2 * this.#delay, LAST_RETRY_MILLISECONDS);
    this.retryAt = Date.now() + delay;
    this.#timer = setTimeout(() => this.start(), delay);
    if (failure && failure.name !== 'AbortError') {
      this.#listener.failed(failure);
    }
    this.#listener.changed();
  }
}
