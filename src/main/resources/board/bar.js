/** The bar at the top of the page: the tenant, the token, and whether the page is live. */
import { go, TENANT } from './address.js';
import { h } from './dom.js';
import * as token from './token.js';

/** Describes the bar. */
export function bar(state, stream, forget) {
  return [
    h('a', { key: 'home', class: 'home', href: '#' }, 'Ember board'),
    tenantForm(state),
    connection(stream),
    token.isNeeded && token.get() && h('button', { key: 'forget', type: 'button', onclick: forget }, 'Forget token'),
  ];
}

function tenantForm(state) {
  const submit = (event) => {
    event.preventDefault();
    const { tenant } = event.target.elements;
    if (TENANT.test(tenant.value)) {
      go({ tenant: tenant.value, stuck: state.stuck });
    }
  };
  return h('form', { key: 'tenant', class: 'tenant', onsubmit: submit }, h('label', { class: 'field' }, h('span', null, 'Tenant'),
    h('input', {
      name: 'tenant',
      value: state.tenant ?? '',
      required: true,
      maxlength: '64',
      pattern: '[A-Za-z0-9_\\-]+',
      title: '1 to 64 characters of A-Z a-z 0-9 _ -',
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'none',
    })), h('button', { type: 'submit' }, 'Open'));
}

function connection(stream) {
  if (stream === null) {
    return h('p', { key: 'connection', class: 'connection', role: 'status' });
  }
  if (stream.isLive) {
    return h('p', { key: 'connection', class: 'connection live', role: 'status' }, h('i', { 'aria-hidden': 'true' }), 'Live');
  }
  return [
    h('p', { key: 'connection', class: 'connection lost', role: 'status' }, h('i', { 'aria-hidden': 'true' }),
      stream.retryAt === null ? 'Not connected: connecting …' : 'Not connected: what you see may be outdated'),
    stream.retryAt !== null && h('button', { key: 'retry', type: 'button', onclick: () => stream.start() }, 'Connect now'),
  ];
}

/** Describes the form for a token. */
export function tokenForm(rejected, done) {
  const submit = (event) => {
    event.preventDefault();
    const field = event.target.elements.token;
    const value = field.value.trim();
    field.setCustomValidity(token.SYNTAX.test(value) ? '' : 'A token has only printable ASCII characters and no spaces.');
    if (field.reportValidity()) {
      token.set(value);
      done();
    }
  };
  return h('form', { key: 'token', class: 'token', onsubmit: submit },
    h('h1', { tabindex: '-1' }, 'Token'),
    rejected && h('p', { class: 'error', role: 'alert' }, 'The token is missing, invalid or expired.'),
    h('p', null, 'The service needs a token. The page keeps it in this tab until you close the tab or forget the token.'),
    h('label', { class: 'field' }, h('span', null, 'Token'), h('input', {
      type: 'password',
      name: 'token',
      required: true,
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: (event) => event.target.setCustomValidity(''),
    })),
    h('button', { type: 'submit' }, 'Use token'));
}
