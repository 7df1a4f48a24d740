/** The deployments to a server, in the order of their creation. */
import { h } from './dom.js';
import { mark, stateOfDeployment } from './status.js';
import { name, short } from './text.js';
import { ago } from './time.js';

const REASON = 160;

/** Describes whether the agent of a server has received the current state of a deployment. */
export function handedOut(deployment, server) {
  if (server === undefined) {
    return 'unknown';
  }
  if (!server.last_polled_at) {
    return 'no, never polled';
  }
  const isHandedOut = deployment.updated_time < server.last_polled_at;
  return isHandedOut ? 'yes' : 'not since the last update';
}

/**
 * Describes the list.
 *
 * @param linkTo returns the address of a deployment
 */
export function deploymentList(deployments, server, minutes, linkTo) {
  if (deployments.items === null) {
    return h('p', { key: 'list', class: 'note' }, deployments.error ? '' : 'Reading the deployments …');
  }
  if (deployments.items.length === 0) {
    return h('p', { key: 'list', class: 'note' }, 'The server has no deployments.');
  }
  const row = (item) => {
    const isOpen = item.id === deployments.openId;
    return h(
      'li',
      { key: item.id, class: isOpen ? 'open' : null },
      mark(stateOfDeployment(item, minutes)),
      h('a', { href: linkTo(item.id), 'aria-current': isOpen ? 'true' : null }, name(item.action)),
      h('span', { class: 'reason' }, item.status_reason ? h('bdi', null, short(item.status_reason, REASON)) : ''),
      h(
        'span',
        { class: 'facts' },
        h('span', null, 'updated ', ago(item.updated_time)),
        h('span', null, 'created ', ago(item.creation_time)),
        h('span', null, 'handed out: ', handedOut(item, server)),
      ),
    );
  };
  return h(
    'section',
    { key: 'list', class: 'deployments', 'aria-label': 'Deployments' },
    h('ol', null, deployments.items.map(row)),
    deployments.hasMore && h('button', { type: 'button', onclick: () => deployments.readMore() }, 'Show more deployments'),
  );
}
