/** The deployments to a server, page by page, and one of them with all its parts. */
import { ApiError, get } from './api.js';
import { Refresh } from './refresh.js';

/** The number of deployments in one request. */
const PAGE = 20;

const PAUSE_MILLISECONDS = 300;

/** After a failure that may pass, the deployments are read again after this time. */
const RETRY_MILLISECONDS = 5_000;

/** The number of characters of a reason in a list. */
const REASON = 300;

/** The service keeps at most this many events of a deployment. */
const MAX_EVENTS = 100;

/** Leaves out what a list does not show, because it can be large. */
function summary(deployment) {
  const { id, config_id, server_id, action, status, creation_time, updated_time } = deployment;
  const reason = deployment.status_reason?.slice(0, REASON) ?? null;
  return { id, config_id, server_id, action, status, creation_time, updated_time, status_reason: reason };
}

export class Deployments {
  #tenant;
  #server;
  #changed;
  #wanted = PAGE;
  #events = 0;
  #hasConfigs = false;
  #missingConfigs = new Set();
  #controller = new AbortController();
  #list = new Refresh(() => this.#caught(() => this.#readList()), PAUSE_MILLISECONDS);
  #details = new Refresh(() => this.#caught(() => this.#readDetails()), PAUSE_MILLISECONDS);

  /** Deployments in the order of their creation. Null before they have been read. */
  items = null;

  /** Whether there are more deployments than those in the list. */
  hasMore = false;

  /** The id of the open deployment, or null. */
  openId = null;

  /** The open deployment with its config and its events, or null before it has been read. */
  open = null;

  /** The error of the last request, or null. */
  error = null;

  /** @param changed is called after each change */
  constructor(tenant, server, changed) {
    this.#tenant = tenant;
    this.#server = server;
    this.#changed = changed;
  }

  /** Reads the list and the open deployment, or reads them again. */
  read() {
    this.#list.request();
    if (this.openId !== null) {
      this.#details.request();
    }
  }

  /** Reads more of the list. */
  readMore() {
    this.#wanted += PAGE;
    this.#list.request();
  }

  /** Opens a deployment. Null closes it. */
  show(id) {
    if (id !== this.openId) {
      this.openId = id;
      this.open = null;
      if (id !== null) {
        this.#details.request();
      }
    }
  }

  /** Applies an event of the stream. */
  deploymentChanged(deployment) {
    if (deployment.server_id !== this.#server) {
      return;
    }
    this.#events++;
    const index = this.items?.findIndex((item) => item.id === deployment.id) ?? -1;
    if (index >= 0) {
      this.items[index] = summary(deployment);
      this.#changed();
    } else {
      this.#list.request();
    }
    if (deployment.id === this.openId) {
      this.#details.request();
    }
  }

  /** Applies an event of the stream. Returns whether the deployment was in the list. */
  deploymentDeleted(id) {
    this.#events++;
    if (id === this.openId) {
      this.open = { id, deployment: null };
      this.#changed();
    }
    if (!this.items?.some((item) => item.id === id)) {
      return false;
    }
    this.items = this.items.filter((item) => item.id !== id);
    this.#changed();
    return true;
  }

  stop() {
    this.#controller.abort();
    this.#list.stop();
    this.#details.stop();
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

  #get(path, query) {
    return get(this.#tenant, path, query, this.#controller.signal);
  }

  /**
   * Reads pages until there are as many deployments as wanted, and one more to know whether there are more. Events that arrive
   * meanwhile can be newer than what is read, so it is then read again.
   */
  async #readList() {
    const events = this.#events;
    const items = [];
    let page;
    do {
      const query = { server_id: this.#server, limit: PAGE, marker: items.at(-1)?.id };
      page = (await this.#get(['software_deployments'], query)).software_deployments;
      items.push(...page.map(summary));
    } while (page.length === PAGE && items.length <= this.#wanted);
    this.hasMore = items.length > this.#wanted;
    this.items = items.slice(0, this.#wanted);
    if (events !== this.#events) {
      this.#list.request();
    }
  }

  async #readDetails() {
    const id = this.openId;
    if (id === null) {
      return;
    }
    const path = ['software_deployments', id];
    const deployment = (await found(this.#get(path)))?.software_deployment ?? null;
    if (deployment === null) {
      this.#opened(id, { id, deployment });
      return;
    }
    const [config, history] = await Promise.all([
      this.#config(deployment.config_id),
      found(this.#get([...path, 'events'], { limit: MAX_EVENTS })),
    ]);
    this.#opened(id, { id, deployment, config, events: history?.events ?? [] });
  }

  #opened(id, open) {
    if (this.openId === id) {
      this.open = open;
    }
  }

  /**
   * A config never changes, so it is read once. The page does not request one that is not there, as far as it knows, because
   * browsers report each 404 as an error.
   */
  async #config(id) {
    if (this.open?.config?.id === id) {
      return this.open.config;
    }
    this.#hasConfigs ||= (await this.#get(['software_configs'], { limit: 1 })).software_configs.length > 0;
    if (!this.#hasConfigs || this.#missingConfigs.has(id)) {
      return null;
    }
    const config = (await found(this.#get(['software_configs', id])))?.software_config ?? null;
    if (config === null) {
      this.#missingConfigs.add(id);
    }
    return config;
  }
}

/** Returns the result of a request, or null if there is no such resource. */
async function found(request) {
  try {
    return await request;
  } catch (e) {
    if (e instanceof ApiError && e.status === 404) {
      return null;
    }
    throw e;
  }
}
