/** The words for the state of servers and deployments. A shape and a word are always beside the colour. */
import { h } from './dom.js';

const WORDS = { FAILED: 'Failed', STUCK: 'Stuck', IN_PROGRESS: 'In progress', COMPLETE: 'Complete' };

/** The states in the order of lists. */
export const STATES = Object.keys(WORDS);

/** The default time in minutes after which a deployment in progress is stuck, and the choices. */
export const STUCK_MINUTES = 15;
export const STUCK_CHOICES = [5, 15, 60, 360, 1_440];

export function word(state) {
  return WORDS[state] ?? state;
}

/** Describes a state as a shape with a word. */
export function mark(state) {
  return h('span', { class: `mark ${state.toLowerCase().replace('_', '-')}` }, h('i', { 'aria-hidden': 'true' }), word(state));
}

/** Returns whether a time is so long ago that what is in progress since then is stuck. */
export function isStuck(since, minutes) {
  return since != null && Date.now() - Date.parse(since) > minutes * 60_000;
}

/** Returns the state of a server: that of its deployment that needs most attention. */
export function stateOfServer(server, minutes) {
  if (server.failed > 0) {
    return 'FAILED';
  }
  if (isStuck(server.oldest_in_progress_at, minutes)) {
    return 'STUCK';
  }
  return server.in_progress > 0 ? 'IN_PROGRESS' : 'COMPLETE';
}

/** Returns the state of a deployment: its status, or that it is stuck. */
export function stateOfDeployment(deployment, minutes) {
  return deployment.status === 'IN_PROGRESS' && isStuck(deployment.updated_time, minutes) ? 'STUCK' : deployment.status;
}

/** Returns whether a server belongs to the list of a state. A server with failures can also be stuck or in progress. */
export function hasState(server, state, minutes) {
  switch (state) {
    case 'FAILED':
      return server.failed > 0;
    case 'STUCK':
      return isStuck(server.oldest_in_progress_at, minutes);
    case 'IN_PROGRESS':
      return server.in_progress > 0;
    case 'COMPLETE':
      return server.complete === server.deployments;
    default:
      return true;
  }
}
