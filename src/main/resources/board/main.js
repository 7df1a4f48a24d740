/** Connects the parts of the page: the address selects the view, the stores read its data, and the stream changes them. */
import { read, TENANT } from './address.js';
import { bar, tokenForm } from './bar.js';
import { Deployments } from './deployments.js';
import { h, render } from './dom.js';
import { serverView } from './server-view.js';
import { Servers } from './servers.js';
import { STUCK_MINUTES } from './status.js';
import { Stream } from './stream.js';
import { TenantView } from './tenant-view.js';
import { short } from './text.js';
import * as token from './token.js';

/** The minimum time between two renderings after changes of data. */
const RENDER_MILLISECONDS = 150;

/** Relative times are rendered again after this time. */
const TICK_MILLISECONDS = 5_000;

/** A hidden page disconnects after this time, so that forgotten tabs cost the service nothing. */
const HIDDEN_MILLISECONDS = 60_000;

const barElement = document.getElementById('bar');
const viewElement = document.getElementById('view');

let state = {};
let isRejected = false;
let servers = null;
let tenantView = null;
let deployments = null;
let stream = null;
let listPosition = 0;
let renderTimer;
let hiddenTimer;

function schedule() {
  renderTimer ??= setTimeout(draw, RENDER_MILLISECONDS);
}

function draw() {
  clearTimeout(renderTimer);
  renderTimer = undefined;
  const minutes = stuckMinutes();
  document.title = title();
  render(barElement, bar(state, stream, () => reject(false)).flat().filter(Boolean));
  render(viewElement, [...errors(), ...view(minutes)]);
  if (servers !== null && deployments === null) {
    tenantView.drawn();
  }
}

function view(minutes) {
  if (token.isNeeded && (isRejected || !token.get())) {
    return [tokenForm(isRejected, accept)];
  }
  if (servers === null) {
    return [
      h('h1', { key: 'title', tabindex: '-1' }, 'Ember board'),
      h('p', { key: 'hint', class: 'note' }, state.tenant
        ? 'This is not the id of a tenant: it has 1 to 64 characters of A-Z a-z 0-9 _ -.'
        : 'Enter the id of a tenant to see its servers.'),
    ];
  }
  return deployments === null ? tenantView.describe(state, minutes) : serverView(state, servers, deployments, minutes);
}

function errors() {
  return [servers?.error, deployments?.error].filter(Boolean).slice(0, 1).map((error) =>
    h('p', { key: 'error', class: 'error', role: 'alert' }, short(error.message, 500),
      error.requestId && h('code', null, ` ${error.requestId}`)));
}

function title() {
  const names = [state.server && short(state.server, 60), state.tenant, 'Ember board'];
  return names.filter(Boolean).join(' – ');
}

function stuckMinutes() {
  const minutes = Number(state.stuck);
  return Number.isInteger(minutes) && minutes > 0 ? minutes : STUCK_MINUTES;
}

/** Makes the stores and the stream those of the address. */
function navigate() {
  const before = state;
  state = read();
  const isBack = before.server !== undefined && state.server === undefined && before.tenant === state.tenant;
  if (servers !== null && deployments === null) {
    listPosition = scrollY;
  }
  const canRead = !token.isNeeded || (token.get() && !isRejected);
  const tenant = canRead && TENANT.test(state.tenant ?? '') ? state.tenant : null;
  if (servers === null ? tenant !== null : tenant !== before.tenant) {
    close();
    if (tenant !== null) {
      openTenant(tenant);
    }
  }
  if (deployments !== null && (servers === null || state.server !== before.server)) {
    deployments.stop();
    deployments = null;
  }
  if (servers !== null && state.server && deployments === null) {
    deployments = new Deployments(tenant, state.server, changed);
    deployments.read();
    servers.touch(state.server);
  }
  deployments?.show(state.deployment ?? null);
  draw();
  if (before.server !== state.server || before.tenant !== state.tenant) {
    viewElement.querySelector('h1')?.focus({ preventScroll: true });
    scrollTo({ top: isBack ? listPosition : 0, behavior: 'instant' });
    if (isBack) {
      tenantView?.focus(before.server);
    }
  }
}

function openTenant(tenant) {
  servers = new Servers(tenant, changed);
  tenantView = new TenantView(servers, () => {
    state = read();
    draw();
  });
  stream = new Stream(tenant, {
    changed: schedule,
    failed: checkToken,
    synced() {
      servers.read();
      deployments?.read();
    },
    deployment(deployment) {
      servers.touch(deployment.server_id);
      deployments?.deploymentChanged(deployment);
    },
    deleted(id) {
      if (deployments?.deploymentDeleted(id)) {
        servers.touch(state.server);
      } else {
        servers.read();
      }
    },
  });
  servers.read();
  stream.start();
}

function close() {
  stream?.stop();
  servers?.stop();
  tenantView?.stop();
  deployments?.stop();
  stream = null;
  servers = null;
  tenantView = null;
  deployments = null;
}

/** Shows changed data, unless the service has rejected the token. */
function changed() {
  checkToken(servers?.error);
  checkToken(deployments?.error);
  schedule();
}

function checkToken(error) {
  if (error?.status === 401 && token.isNeeded) {
    reject(true);
  }
}

/** Forgets the token and everything that was read with it. */
function reject(byService) {
  token.forget();
  isRejected = byService;
  close();
  draw();
}

function accept() {
  isRejected = false;
  navigate();
}

history.scrollRestoration = 'manual';
addEventListener('hashchange', navigate);
addEventListener('online', () => stream?.start());
addEventListener('redraw', draw);
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => stream?.stop(), HIDDEN_MILLISECONDS);
  } else {
    stream?.start();
    draw();
  }
});
// A page that the browser keeps for "back" would keep its connection as well.
addEventListener('pagehide', () => stream?.stop());
addEventListener('pageshow', () => stream?.start());
setInterval(() => document.hidden || schedule(), TICK_MILLISECONDS);
navigate();
