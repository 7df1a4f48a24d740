/** One server: its deployments, and the one that is open. */
import { link } from './address.js';
import { deploymentList } from './deployment-list.js';
import { deploymentView } from './deployment-view.js';
import { h } from './dom.js';
import { mark, stateOfServer } from './status.js';
import { name, visible } from './text.js';
import { ago } from './time.js';

/** Describes the view of a server. */
export function serverView(state, servers, deployments, minutes) {
  const { deployment, server, ...tenant } = state;
  const summary = servers.byId.get(server);
  const linkTo = (id) => link({ ...state, deployment: id });
  return [
    h(
      'nav',
      { key: 'path', class: 'path', 'aria-label': 'Path' },
      h('a', { key: 'tenant', href: link(tenant) }, 'Servers of ', name(state.tenant)),
      deployment && h('a', { key: 'server', href: link({ ...tenant, server }) }, name(server)),
    ),
    h('h1', { key: 'title', tabindex: '-1', title: visible(server) }, 'Server ', name(server)),
    h('p', { key: 'facts', class: 'facts' }, summary ? facts(summary, minutes) : ''),
    h(
      'div',
      { key: 'columns', class: deployment ? 'columns with-open' : 'columns' },
      deploymentList(deployments, summary, minutes, linkTo),
      deployment ? deploymentView(deployments, summary, minutes, link({ ...tenant, server })) : null,
    ),
  ];
}

function facts(server, minutes) {
  return [
    mark(stateOfServer(server, minutes)),
    h('span', null, `${server.deployments} ${server.deployments === 1 ? 'deployment' : 'deployments'}: ${server.failed} failed, ${server.in_progress} in progress, `
      + `${server.complete} complete`),
    server.oldest_in_progress_at && h('span', null, 'oldest in progress ', ago(server.oldest_in_progress_at)),
    h('span', null, server.last_polled_at ? ['last poll ', ago(server.last_polled_at)] : 'never polled'),
  ];
}
