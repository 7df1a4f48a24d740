/** One deployment: its outputs, input values, config and history. */
import { handedOut } from './deployment-list.js';
import { h } from './dom.js';
import { mark, stateOfDeployment, word } from './status.js';
import { name, short, visibleLines } from './text.js';
import { ago } from './time.js';

/** The number of characters of a text that are shown at first. */
const SHOWN = 20_000;

const REASON = 200;

/** A text of at most this many characters without a line break is shown beside its title, and is easily selected. */
const LINE = 80;

const TITLES = { deploy_stdout: 'Standard output', deploy_stderr: 'Standard error', deploy_status_code: 'Status code' };

const TYPES = { created: 'Created', updated: 'Updated', signalled: 'Signalled', expired: 'Expired' };

/** The texts that are shown whole, by the id of the deployment and their title. */
const whole = new Set();

/** Describes the open deployment. */
export function deploymentView(deployments, server, minutes, closeLink) {
  const { open, openId } = deployments;
  const close = h('a', { class: 'close', href: closeLink }, 'Close');
  if (open === null) {
    return h('section', { key: 'open', class: 'open', 'aria-label': 'Deployment' }, close,
      h('p', { class: 'note' }, deployments.error ? '' : 'Reading the deployment …'));
  }
  if (open.deployment === null) {
    return h('section', { key: 'open', class: 'open', 'aria-label': 'Deployment' }, close,
      h('p', { class: 'note' }, 'There is no deployment with this id. It may have been deleted.'));
  }
  const deployment = open.deployment;
  return h(
    'section',
    { key: `open ${openId}`, class: 'open', 'aria-label': 'Deployment' },
    close,
    h('h2', { tabindex: '-1' }, name(deployment.action), ' ', mark(stateOfDeployment(deployment, minutes))),
    facts(deployment, server, open.events),
    deployment.status_reason && text(openId, 'Reason', deployment.status_reason),
    outputs(openId, deployment.output_values),
    values(openId, deployment.input_values),
    config(openId, deployment.config_id, open.config),
    history(open.events),
  );
}

function facts(deployment, server, events) {
  const fact = (title, ...content) => h('div', { key: title }, h('dt', null, title), h('dd', null, content));
  return h(
    'dl',
    { class: 'details' },
    fact('Status', word(deployment.status)),
    fact('Updated', ago(deployment.updated_time)),
    fact('Created', ago(deployment.creation_time)),
    fact('Run', events.length > 0 ? String(events.at(-1).run) : '–'),
    fact('Handed out', handedOut(deployment, server)),
    fact('Last poll', ago(server?.last_polled_at)),
    fact('Id', h('code', null, deployment.id)),
    fact('Config', h('code', null, name(deployment.config_id))),
  );
}

function outputs(id, values) {
  const entries = Object.entries(values ?? {});
  return h('section', { key: 'outputs' }, h('h3', null, 'Outputs'),
    entries.length === 0 && h('p', { class: 'note' }, 'None.'),
    entries.map(([key, value]) => text(id, TITLES[key] ?? key, value)));
}

function values(id, inputs) {
  const entries = Object.entries(inputs ?? {});
  return h('section', { key: 'inputs' }, h('h3', null, 'Input values'),
    entries.length === 0 && h('p', { class: 'note' }, 'None.'),
    entries.map(([key, value]) => text(`${id} input`, key, value)));
}

function config(id, configId, found) {
  if (found === null) {
    return h('section', { key: 'config' }, h('h3', null, 'Config'),
      h('p', { class: 'note' }, 'The config ', h('code', null, name(configId)), ' is not stored in this service.'));
  }
  const part = (title, list) => list && Object.keys(list).length > 0 && text(`${id} config`, title, list);
  return h(
    'section',
    { key: 'config' },
    h('h3', null, 'Config'),
    h('p', { class: 'facts' }, found.name ? h('span', null, name(found.name)) : '', h('span', null, 'group ', name(found.group ?? 'none')),
      h('span', null, 'created ', ago(found.creation_time))),
    text(`${id} config`, 'Script', found.config ?? ''),
    part('Inputs', found.inputs),
    part('Outputs', found.outputs),
    part('Options', found.options),
  );
}

/** Describes a value: a text with its lines, or anything else as JSON. */
function text(id, title, value) {
  const raw = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const key = `${id} ${title}`;
  const isCut = raw.length > SHOWN && !whole.has(key);
  const label = short(title, 60);
  const show = (event) => {
    whole.add(key);
    event.target.dispatchEvent(new CustomEvent('redraw', { bubbles: true }));
  };
  return h(
    'figure',
    { key, class: raw.length <= LINE && !raw.includes('\n') ? 'line' : null },
    h('figcaption', null, h('bdi', null, label), h('button', {
      type: 'button',
      'aria-label': `Copy ${label}`,
      onclick: (event) => copy(event.target, raw),
    }, 'Copy')),
    raw === ''
      ? h('p', { class: 'note' }, 'Empty.')
      : h('pre', { dir: 'auto', tabindex: '0', role: 'region', 'aria-label': label }, visibleLines(isCut ? raw.slice(0, SHOWN) : raw)),
    isCut && h('button', { type: 'button', onclick: show }, `Show all ${raw.length.toLocaleString('en')} characters`),
  );
}

/** Copies the text as it is, with its control characters. Without access to the clipboard, the browser copies a selection. */
async function copy(button, raw) {
  const done = (message) => {
    button.textContent = message;
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2_000);
  };
  try {
    await navigator.clipboard.writeText(raw);
    done('Copied');
  } catch {
    const area = document.createElement('textarea');
    area.value = raw;
    area.className = 'offscreen';
    document.body.append(area);
    area.select();
    done(document.execCommand('copy') ? 'Copied' : 'Not copied');
    area.remove();
    button.focus();
  }
}

function history(events) {
  const row = (event) => h(
    'tr',
    { key: event.id },
    h('td', null, ago(event.time)),
    h('td', null, TYPES[event.type] ?? event.type),
    h('td', { class: 'number' }, String(event.run)),
    h('td', null, mark(event.status)),
    h('td', { class: 'reason' }, event.status_reason ? h('bdi', null, short(event.status_reason, REASON)) : '–'),
    h('td', null, event.user_id ? name(event.user_id) : '–'),
    h('td', null, h('code', null, event.request_id ? name(event.request_id) : '–')),
  );
  const titles = ['Time', 'Event', 'Run', 'Status', 'Reason', 'User', 'Request'];
  return h(
    'section',
    { key: 'history' },
    h('h3', null, 'History'),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'History' },
      h('table', null,
        h('thead', null, h('tr', null, titles.map((title) => h('th', { key: title, scope: 'col' }, title)))),
        h('tbody', null, [...events].reverse().map(row)))),
  );
}
