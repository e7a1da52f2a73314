// The API in the pages: one call of the Connect protocol (unary, JSON), typed by
// what protoc-gen-es makes of the proto. The operator's page, which streams, uses
// connect-web; here its 36 kB would be most of what a visitor loads.
import type {
  AutocompleteRequestJson, AutocompleteResponseJson, GetArticleRequestJson, GetArticleResponseJson,
  RecordEventRequestJson, RelatedArticlesRequestJson, RelatedArticlesResponseJson, SearchRequestJson,
  SearchResponseJson, SuggestArticlesRequestJson, SuggestArticlesResponseJson,
} from '../../gen/kbsearch/v1/search_service_pb';

// What the server, or the way to it, answered instead. `code` is Connect's name
// of the status: "not_found".
export class CallError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

export interface Caller {
  // Where the server is; empty: where the page came from.
  base: string;
  token: () => string;
}

function addressOf(caller: Caller, method: string): string {
  return `${caller.base}/kbsearch.v1.SearchService/${method}`;
}

async function call<Answer>(
    caller: Caller, method: string, request: object, init: RequestInit = {}): Promise<Answer> {
  const headers: Record<string, string> = {
    'content-type': 'application/json', 'connect-protocol-version': '1',
  };
  const token = caller.token();
  if (token) headers.authorization = `Bearer ${token}`;
  let response: Response;
  try {
    response = await fetch(addressOf(caller, method),
      {method: 'POST', headers, body: JSON.stringify(request), ...init});
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new CallError('unavailable', String(error));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new CallError(answer.code ?? 'unknown', answer.message ?? '');
  return answer as Answer;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export class Api {
  constructor(private readonly caller: Caller) {}

  search(request: SearchRequestJson, signal?: AbortSignal) {
    return call<SearchResponseJson>(this.caller, 'Search', request, {signal});
  }
  autocomplete(request: AutocompleteRequestJson, signal?: AbortSignal) {
    return call<AutocompleteResponseJson>(this.caller, 'Autocomplete', request, {signal});
  }
  suggest(request: SuggestArticlesRequestJson, signal?: AbortSignal) {
    return call<SuggestArticlesResponseJson>(this.caller, 'SuggestArticles', request, {signal});
  }
  related(request: RelatedArticlesRequestJson, signal?: AbortSignal) {
    return call<RelatedArticlesResponseJson>(this.caller, 'RelatedArticles', request, {signal});
  }
  article(request: GetArticleRequestJson, signal?: AbortSignal) {
    return call<GetArticleResponseJson>(this.caller, 'GetArticle', request, {signal});
  }
  // Sent even when the page is left at once; a lost event is nobody's trouble.
  record(event: RecordEventRequestJson): Promise<void> {
    return call<object>(this.caller, 'RecordEvent', event, {keepalive: true})
      .then(() => undefined, () => undefined);
  }
  // For the moment of leaving, when some browsers break off even such a call. A
  // beacon carries no token.
  recordLeaving(event: RecordEventRequestJson): void {
    const body = new Blob([JSON.stringify(event)], {type: 'application/json'});
    const sent = !this.caller.token() && navigator.sendBeacon(addressOf(this.caller, 'RecordEvent'), body);
    if (!sent) void this.record(event);
  }
}
