/** Requests to the API of the service that serves the page. All of them only read. */
import * as token from './token.js';

const ROOT = new URL('../v1/', location.href);

/** A request that failed. The status is 0 if there was no response. */
export class ApiError extends Error {
  constructor(status, message, requestId) {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }

  /** Whether the same request may succeed later. */
  get mayPass() {
    return this.status === 0 || this.status >= 500;
  }
}

/**
 * Sends a request.
 *
 * @param tenant the tenant in the path
 * @param path the parts of the path below the tenant
 * @param query the query parameters; those that are null are left out
 * @returns the response, whose status is 200
 * @throws ApiError if there is no response, or one with another status
 */
export async function open(tenant, path, query = {}, signal = undefined) {
  const url = new URL([tenant, ...path].map(encodeURIComponent).join('/'), ROOT);
  for (const [name, value] of Object.entries(query)) {
    if (value != null) {
      url.searchParams.set(name, value);
    }
  }
  let response;
  try {
    response = await fetch(url, { headers: token.headers(), cache: 'no-store', redirect: 'error', signal });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new ApiError(0, 'The service does not respond.');
  }
  if (response.status !== 200) {
    throw await failure(response);
  }
  return response;
}

/** Sends a request, and returns the JSON of the response. */
export async function get(tenant, path, query, signal) {
  const response = await open(tenant, path, query, signal);
  try {
    return await response.json();
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new ApiError(0, 'The response of the service is incomplete.');
  }
}

async function failure(response) {
  const requestId = response.headers.get('X-Openstack-Request-Id');
  if (response.status === 401) {
    return new ApiError(401, 'The token is missing, invalid or expired.', requestId);
  }
  const fault = await response.json().catch(() => null);
  const message = fault?.error?.message ?? `The response has status ${response.status}.`;
  return new ApiError(response.status, String(message), requestId);
}
