// The API in the pages of agents and operators: connect-web, for streams too.
import {Code, ConnectError, createClient, type Interceptor} from '@connectrpc/connect';
import {createConnectTransport} from '@connectrpc/connect-web';
import {AdminService} from '../../gen/kbsearch/v1/admin_service_pb';
import {SearchService} from '../../gen/kbsearch/v1/search_service_pb';
import {token} from './storage';

const withToken: Interceptor = (next) => (request) => {
  const value = token.get();
  if (value) request.header.set('authorization', `Bearer ${value}`);
  return next(request);
};

const transport = createConnectTransport({baseUrl: location.origin, interceptors: [withToken]});
export const admin = createClient(AdminService, transport);
export const search = createClient(SearchService, transport);

// The browser's own error; its text says nothing to people.
function isUnreachable(error: unknown): boolean {
  return ConnectError.from(error).cause instanceof TypeError;
}

// "permission_denied", as in the strings' `errors`.
export function codeOf(error: unknown): string {
  if (isUnreachable(error)) return 'unavailable';
  return Code[ConnectError.from(error).code].replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

// What the server says is wrong, for people who can mend it.
export function messageOf(error: unknown): string {
  return isUnreachable(error) ? '' : ConnectError.from(error).rawMessage;
}
