/**
 * The servers of a tenant, with their deployments by status. They are read page by page, and only the page of a server is read
 * again when a deployment to it changes.
 */
import { get } from './api.js';
import { Refresh } from './refresh.js';

/** The number of servers in one request. */
const BATCH = 500;

/** The number of servers that are read again together, when one of them changes. */
const PAGE = 50;

/** The number of additional servers that a page can have when it is read again. */
const SPARE = 10;

/** The maximum number of pages that are read again at once. */
const MAX_PAGES_AT_ONCE = 10;

/** The maximum number of servers in the memory of the browser, about 300 bytes each. */
export const MAX_SERVERS = 50_000;

/** The number of servers with failures, and of those in progress, that are read before all others. */
const FIRST = 100;

const PAUSE_MILLISECONDS = 500;

/** Between two walks over all servers, the page pauses for four times as long as a walk took. */
const WALK_FACTOR = 4;

/** After a failure that may pass, the servers are read again after this time. */
const RETRY_MILLISECONDS = 5_000;

/** Polls of agents have no events, so all servers are read again after this time. */
const INTERVAL_MILLISECONDS = 60_000;

export class Servers {
  #tenant;
  #changed;
  #pages = [];
  #pageOf = new Map();
  #touched = new Set();
  #controller = new AbortController();
  #queue = Promise.resolve();
  #walk = new Refresh(() => this.#alone(() => this.#readAll()), PAUSE_MILLISECONDS, WALK_FACTOR);
  #update = new Refresh(() => this.#alone(() => this.#readTouched()), PAUSE_MILLISECONDS);
  #interval = setInterval(() => document.hidden || this.#walk.request(), INTERVAL_MILLISECONDS);

  /** Servers by id, as the API returns them. */
  byId = new Map();

  /** Whether all servers, or the maximum number of them, have been read. */
  isComplete = false;

  /** Whether the tenant has more servers than the page reads. */
  isTruncated = false;

  /** The error of the last request, or null. */
  error = null;

  /** @param changed is called after each change */
  constructor(tenant, changed) {
    this.#tenant = tenant;
    this.#changed = changed;
  }

  /** Reads all servers, or reads them again. */
  read() {
    this.#walk.request();
  }

  /** Reads a server again soon. */
  touch(serverId) {
    this.#touched.add(serverId);
    this.#update.request();
  }

  stop() {
    clearInterval(this.#interval);
    this.#controller.abort();
    this.#walk.stop();
    this.#update.stop();
  }

  /** Runs work after the work before it. Two of them at the same time could replace a newer state by an older one. */
  #alone(work) {
    this.#queue = this.#queue.then(() => this.#caught(work));
    return this.#queue;
  }

  async #caught(work) {
    try {
      await work();
      this.error = null;
    } catch (e) {
      this.error = e.name === 'AbortError' ? null : e;
      if (e.mayPass) {
        setTimeout(() => this.read(), RETRY_MILLISECONDS);
      }
    }
    if (!this.#controller.signal.aborted) {
      this.#changed();
    }
  }

  async #list(query) {
    return (await get(this.#tenant, ['servers'], query, this.#controller.signal)).servers;
  }

  async #readAll() {
    if (!this.isComplete) {
      await this.#readFirst();
    }
    const pages = [];
    const pageOf = new Map();
    let marker = null;
    let batch;
    do {
      batch = await this.#list({ marker, limit: BATCH });
      for (let start = 0; start < batch.length; start += PAGE) {
        const servers = batch.slice(start, start + PAGE);
        const page = { marker, ids: servers.map((server) => server.server_id) };
        pages.push(page);
        servers.forEach((server) => this.byId.set(server.server_id, server));
        page.ids.forEach((id) => pageOf.set(id, page));
        marker = page.ids.at(-1);
      }
      this.#changed();
    } while (batch.length === BATCH && pageOf.size < MAX_SERVERS);
    this.#pages = pages;
    this.#pageOf = pageOf;
    for (const id of this.byId.keys()) {
      if (!pageOf.has(id)) {
        this.byId.delete(id);
      }
    }
    this.isTruncated = batch.length === BATCH;
    this.isComplete = true;
    if (this.#touched.size > 0) {
      this.#update.request();
    }
  }

  /** Reads some servers that need attention, so that they are the first to be shown. */
  async #readFirst() {
    const states = ['FAILED', 'IN_PROGRESS'];
    const lists = await Promise.all(states.map((status) => this.#list({ status, limit: FIRST })));
    lists.flat().forEach((server) => this.byId.set(server.server_id, server));
    this.#changed();
  }

  /** Does nothing before the end of the first walk, which then requests this again. */
  async #readTouched() {
    if (!this.isComplete) {
      return;
    }
    const pages = new Set();
    const added = [];
    for (const id of this.#touched) {
      const page = this.#pageOf.get(id) ?? this.#likelyPage(id);
      if (page === undefined) {
        this.#walk.request();
        return;
      }
      if (pages.has(page) || pages.size < MAX_PAGES_AT_ONCE) {
        pages.add(page);
        this.#touched.delete(id);
        if (!this.#pageOf.has(id)) {
          added.push(id);
        }
      }
    }
    await Promise.all([...pages].map((page) => this.#readPage(page)));
    if (!added.every((id) => this.byId.has(id))) {
      this.#walk.request();
    }
    if (this.#touched.size > 0) {
      this.#update.request();
    }
  }

  /** Returns the page that a new server belongs to if ids are ordered as in JavaScript. The database can order them otherwise. */
  #likelyPage(id) {
    return this.#pages.findLast((page) => page.marker === null || page.marker < id);
  }

  async #readPage(page) {
    const limit = page.ids.length + SPARE;
    const servers = await this.#list({ marker: page.marker, limit });
    const isOfPage = (server) => (this.#pageOf.get(server.server_id) ?? page) === page;
    const end = servers.findIndex((server) => !isOfPage(server));
    const own = end < 0 ? servers : servers.slice(0, end);
    const isWhole = end >= 0 || servers.length < limit;
    const ids = new Set(own.map((server) => server.server_id));
    for (const id of page.ids) {
      if (isWhole && !ids.has(id)) {
        this.byId.delete(id);
        this.#pageOf.delete(id);
      }
    }
    for (const server of own) {
      this.byId.set(server.server_id, server);
      this.#pageOf.set(server.server_id, page);
    }
    page.ids = [...ids];
    if (!isWhole) {
      this.#walk.request();
    }
  }
}
