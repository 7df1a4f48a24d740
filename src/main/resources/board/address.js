/** The state of the page in the fragment of its address, which browsers do not send. So each view can be linked. */

const NAMES = ['tenant', 'server', 'deployment', 'status', 'text', 'stuck'];

/** The ids of tenants that the service accepts. */
export const TENANT = /^[A-Za-z0-9_-]{1,64}$/;

/** Returns the state in the address. Unknown names are ignored. */
export function read() {
  const params = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(NAMES.filter((name) => params.get(name)).map((name) => [name, params.get(name)]));
}

/** Returns the address of a state, for a link. */
export function link(state) {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    if (state[name]) {
      params.set(name, state[name]);
    }
  }
  return `#${params}`;
}

/** Goes to a state. */
export function go(state) {
  location.hash = link(state);
}

/** Changes the address without a new entry in the history of the browser, as filters do. */
export function replace(state) {
  history.replaceState(null, '', link(state));
}
