/** The table of servers. Only the rows near the visible part of the window are in the document. */
import { h, render } from './dom.js';
import { visible } from './text.js';
import { ago } from './time.js';
import { mark } from './status.js';

/** The number of rows above and below the visible ones. */
const OVERSCAN = 6;

const COLUMNS = ['Status', 'Server', 'Failed', 'In progress', 'Complete', 'Oldest in progress', 'Last poll'];

const KEYS = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity };

export class ServerList {
  #rows = [];
  #linkTo;
  #frame = null;
  #body = document.createElement('div');

  /** The element of the table. */
  element = document.createElement('div');

  /** @param linkTo returns the address of a server */
  constructor(linkTo) {
    this.#linkTo = linkTo;
    this.element.className = 'servers';
    this.element.setAttribute('role', 'table');
    this.element.setAttribute('aria-label', 'Servers');
    this.#body.className = 'rows';
    this.#body.setAttribute('role', 'rowgroup');
    this.#body.onkeydown = (event) => this.#move(event);
    const titles = COLUMNS.map((title, column) => h('span', { role: 'columnheader', class: `c${column}` }, title));
    const head = h('div', { role: 'rowgroup', class: 'head' }, h('div', { role: 'row', 'aria-rowindex': '1' }, titles));
    render(this.element, [head, this.#body]);
    this.schedule = this.schedule.bind(this);
    addEventListener('scroll', this.schedule, { passive: true });
    addEventListener('resize', this.schedule);
  }

  /** Shows servers with their states, as objects with both. */
  show(rows) {
    this.#rows = rows;
    this.element.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#draw();
  }

  /** Focuses the row of a server, if it is in the list. */
  focus(serverId) {
    const index = this.#rows.findIndex(({ server }) => server.server_id === serverId);
    if (index >= 0) {
      this.#draw();
      this.#focus(index);
    }
  }

  /** Draws the visible rows before the next frame. */
  schedule() {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    removeEventListener('scroll', this.schedule);
    removeEventListener('resize', this.schedule);
  }

  get #rowHeight() {
    const style = getComputedStyle(document.documentElement);
    return parseFloat(style.getPropertyValue('--row')) * parseFloat(style.fontSize);
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const height = this.#rowHeight;
    const focused = this.#focusedIndex();
    this.#body.style.height = `${height * this.#rows.length}px`;
    const top = -this.#body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - OVERSCAN);
    const last = Math.ceil((top + innerHeight) / height) + OVERSCAN;
    const shown = this.#rows.slice(first, Math.max(first, last));
    render(this.#body, shown.map((row, i) => this.#row(row, first + i, height)));
    if (focused >= 0 && !this.#body.contains(document.activeElement)) {
      this.#focus(focused);
    }
  }

  #row({ server, state }, index, height) {
    const id = visible(server.server_id);
    const cell = (column, ...content) => h('span', { role: 'cell', class: `c${column}` }, content);
    const count = (column, number, title) =>
      h('span', { role: 'cell', class: `c${column} count${number ? '' : ' none'}` }, String(number), h('small', null, ` ${title}`));
    return h(
      'div',
      {
        key: server.server_id,
        role: 'row',
        class: 'row',
        'aria-rowindex': String(index + 2),
        'data-index': String(index),
        style: { transform: `translateY(${index * height}px)` },
      },
      cell(0, mark(state)),
      cell(1, h('a', { href: this.#linkTo(server.server_id), title: id }, h('bdi', null, id))),
      count(2, server.failed, 'failed'),
      count(3, server.in_progress, 'in progress'),
      count(4, server.complete, 'complete'),
      cell(5, ago(server.oldest_in_progress_at)),
      cell(6, h('small', null, 'polled '), ago(server.last_polled_at)),
    );
  }

  /** The index of the row that has the focus, or -1. */
  #focusedIndex() {
    const row = this.#body.contains(document.activeElement) ? document.activeElement.closest('.row') : null;
    return row ? Number(row.dataset.index) : -1;
  }

  #move(event) {
    const index = this.#focusedIndex();
    if (event.key in KEYS && index >= 0 && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#focus(index + KEYS[event.key]);
    }
  }

  /** Focuses the row with an index, or the nearest one. Scrolls to it first, so that it is in the document. */
  #focus(wanted) {
    const index = Math.min(Math.max(wanted, 0), this.#rows.length - 1);
    if (index < 0) {
      return;
    }
    const height = this.#rowHeight;
    const top = this.#body.getBoundingClientRect().top + index * height;
    const head = this.element.firstElementChild.offsetHeight;
    if (top < head || top + height > innerHeight) {
      scrollBy({ top: top < head ? top - head : top + height - innerHeight, behavior: 'instant' });
      this.#draw();
    }
    this.#body.querySelector(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
  }
}
