/** The servers of a tenant: totals, filters and the table. */
import { link, replace } from './address.js';
import { h } from './dom.js';
import { ServerList } from './server-list.js';
import { MAX_SERVERS } from './servers.js';
import { hasState, mark, stateOfServer, STATES, STUCK_CHOICES, word } from './status.js';
import { duration } from './time.js';

const NUMBER = new Intl.NumberFormat('en');

export class TenantView {
  #servers;
  #changed;
  #state;
  #list = new ServerList((server) => link({ ...this.#state, server }));

  /** @param changed is called after a change of a filter */
  constructor(servers, changed) {
    this.#servers = servers;
    this.#changed = changed;
  }

  stop() {
    this.#list.stop();
  }

  /** Describes the view. The caller calls drawn() when it is in the document. */
  describe(state, stuckMinutes) {
    this.#state = state;
    const rows = this.#rows(stuckMinutes);
    this.shown = rows.filter(({ server }) => this.#matches(server, stuckMinutes));
    return [
      h('h1', { key: 'title', tabindex: '-1' }, 'Tenant ', h('bdi', null, state.tenant)),
      this.#totals(rows, stuckMinutes),
      this.#filters(rows, stuckMinutes),
      h('p', { key: 'count', class: 'note', role: 'status' }, this.#note(rows.length)),
      this.#list.element,
    ];
  }

  drawn() {
    this.#list.show(this.shown);
  }

  /** Focuses a server in the list, if it is there. */
  focus(serverId) {
    this.#list.focus(serverId);
  }

  /** Failed servers first, then stuck ones, of which the oldest first. */
  #rows(minutes) {
    const rows = [...this.#servers.byId.values()].map((server) => ({ server, state: stateOfServer(server, minutes) }));
    const rank = Object.fromEntries(STATES.map((state, index) => [state, index]));
    return rows.sort((a, b) => rank[a.state] - rank[b.state] || byAge(a, b) || compare(a.server.server_id, b.server.server_id));
  }

  #matches(server, minutes) {
    const { status, text } = this.#state;
    return hasState(server, status, minutes) && (!text || server.server_id.toLowerCase().includes(text.toLowerCase()));
  }

  #totals(rows, minutes) {
    const sum = (field) => rows.reduce((total, { server }) => total + server[field], 0);
    const stuck = rows.filter(({ server }) => hasState(server, 'STUCK', minutes)).length;
    const total = (name, value, label) =>
      h('div', { key: name }, h('dt', null, label), h('dd', null, NUMBER.format(value)));
    return h(
      'dl',
      { key: 'totals', class: 'totals', 'aria-busy': String(!this.#servers.isComplete) },
      total('servers', rows.length, 'Servers'),
      total('deployments', sum('deployments'), 'Deployments'),
      total('failed', sum('failed'), mark('FAILED')),
      total('progress', sum('in_progress'), mark('IN_PROGRESS')),
      total('complete', sum('complete'), mark('COMPLETE')),
      total('stuck', stuck, ['Servers ', mark('STUCK')]),
    );
  }

  #filters(rows, minutes) {
    const choice = (value, label) => {
      const number = rows.filter(({ server }) => hasState(server, value, minutes)).length;
      const checked = (this.#state.status ?? '') === value;
      const set = () => this.#set({ status: value });
      const radio = h('input', { type: 'radio', name: 'status', value, checked, onchange: set });
      return h('label', { key: value }, radio, h('span', null, label, h('b', null, NUMBER.format(number))));
    };
    return h(
      'form',
      { key: 'filters', class: 'filters', role: 'search', 'aria-label': 'Servers', onsubmit: (event) => event.preventDefault() },
      h('label', { class: 'field' }, h('span', null, 'Server'), h('input', {
        type: 'search',
        name: 'text',
        value: this.#state.text ?? '',
        placeholder: 'part of its id',
        maxlength: '255',
        spellcheck: 'false',
        autocomplete: 'off',
        oninput: (event) => this.#set({ text: event.target.value }),
      })),
      h('fieldset', { class: 'choices' }, h('legend', null, 'Servers with deployments'),
        choice('', 'All'), STATES.map((state) => choice(state, word(state)))),
      h('label', { class: 'field' }, h('span', null, 'Stuck after'), h('select', {
        name: 'stuck',
        onchange: (event) => this.#set({ stuck: event.target.value }),
      }, [...new Set([...STUCK_CHOICES, minutes])].sort((a, b) => a - b).map((choice) => h('option', {
        key: choice,
        value: String(choice),
        selected: choice === minutes,
      }, duration(choice * 60_000))))),
    );
  }

  #note(number) {
    const { error, isComplete, isTruncated } = this.#servers;
    if (!isComplete) {
      return error ? '' : 'Reading the servers …';
    }
    if (isTruncated) {
      return `The tenant has more than ${NUMBER.format(MAX_SERVERS)} servers. Only the first ones are shown and counted.`;
    }
    if (number === 0) {
      return 'The tenant has no servers with deployments.';
    }
    return this.shown.length === number ? '' : `${NUMBER.format(this.shown.length)} of ${NUMBER.format(number)} servers`;
  }

  #set(changes) {
    replace({ ...this.#state, ...changes });
    this.#changed();
  }
}

function byAge(a, b) {
  return a.state === 'STUCK' ? compare(a.server.oldest_in_progress_at, b.server.oldest_in_progress_at) : 0;
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
