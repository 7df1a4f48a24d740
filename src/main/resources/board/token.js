/** The token of the caller. It is kept in this tab only, and only until the tab is closed. */
import { IDENTITY } from './identity.js';

const KEY = 'ember.token';

/** Tokens that can be sent in a header. */
export const SYNTAX = /^[\x21-\x7e]+$/;

/** Whether the API needs a token. */
export const isNeeded = IDENTITY !== 'none';

/** The storage of the tab, or an object of the page if the browser forbids storage. */
function storage() {
  try {
    return sessionStorage;
  } catch {
    return inPage;
  }
}

const kept = new Map();
const inPage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
};

export function get() {
  return storage().getItem(KEY);
}

export function set(token) {
  storage().setItem(KEY, token);
}

export function forget() {
  storage().removeItem(KEY);
}

/** Returns the headers that authenticate a request. */
export function headers() {
  const token = isNeeded && get();
  if (!token) {
    return {};
  }
  return IDENTITY === 'keystone' ? { 'X-Auth-Token': token } : { Authorization: `Bearer ${token}` };
}
