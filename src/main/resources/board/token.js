/** The token of the caller. It is kept in this tab only, and only until the tab is closed. */
import { IDENTITY } from './identity.js';

const KEY = 'ember.token';

/** Tokens that can be sent in a header. */
export const SYNTAX = /^[\x21-\x7e]+$/;

/** Whether the API needs a token. */
export const isNeeded = IDENTITY !== 'none';

export function get() {
  return sessionStorage.getItem(KEY);
}

export function set(token) {
  sessionStorage.setItem(KEY, token);
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** Returns the headers that authenticate a request. */
export function headers() {
  const token = isNeeded && get();
  if (!token) {
    return {};
  }
  return IDENTITY === 'keystone' ? { 'X-Auth-Token': token } : { Authorization: `Bearer ${token}` };
}
