// What a visitor was shown last and what came of it, told to the server as events
// (docs/insights.md).
//
// The server records by itself what it lists: the first ten hits of a search, and
// suggestions. The page tells what only it knows: later hits that came into sight,
// clicks, judgements, tickets, and that the visitor left without any of these.
import type {HitJson, RecordEventRequestJson} from '../../gen/kbsearch/v1/search_service_pb';
import type {Api} from '../shared/call';
import {sessionId} from '../shared/storage';

// A search's results, or a ticket's suggestions.
export interface List {
  corpus: string;
  searchId?: string;
  suggestionId?: string;
  // Leaving says nothing: the answer stood in the list itself.
  answers?: boolean;
}

export interface Version {
  articleId: string;
  languageCode: string;
}

// How many hits of a search the server records as shown.
const RECORDED = 10;

export class Journey {
  private list: List = {corpus: ''};
  // Ids of lists that something came of, or that need nothing to come of them.
  private readonly used = new Set<string>();
  private readonly seen = new Set<string>();

  constructor(private readonly api: Api) {}

  // Events belong to this list from now on. While a ticket is written each list of
  // suggestions continues the one before.
  show(list: List): void {
    const continues = !!list.suggestionId && !!this.list.suggestionId;
    const wasUsed = this.used.has(this.id);
    this.list = list;
    if (list.answers || (continues && wasUsed)) this.used.add(this.id);
  }

  // The visitor goes where no list led.
  forget(): void {
    this.list = {corpus: ''};
  }

  private get id(): string {
    return this.list.searchId ?? this.list.suggestionId ?? '';
  }

  get suggestionId(): string {
    return this.list.suggestionId ?? '';
  }

  // Whether what is read came from a list, so that a judgement can be told.
  get led(): boolean {
    return this.id !== '';
  }

  saw(hit: HitJson, position: number): void {
    const key = `${this.id} ${hit.languageCode} ${hit.articleId}`;
    if (position <= RECORDED || this.seen.has(key)) return;
    this.seen.add(key);
    this.tell({type: 'TYPE_IMPRESSION', articleId: hit.articleId, languageCode: hit.languageCode, position});
  }

  clicked(hit: HitJson, position: number): void {
    this.used.add(this.id);
    this.tell({type: 'TYPE_CLICK', articleId: hit.articleId, languageCode: hit.languageCode, position});
  }

  judged(type: 'TYPE_HELPFUL' | 'TYPE_NOT_HELPFUL' | 'TYPE_SOLVED', version: Version): void {
    this.used.add(this.id);
    this.tell({type, ...version});
  }

  // A ticket is on its way: leaving now is not giving up. What is returned says that
  // it did not arrive, and everything is as before.
  sending(): () => void {
    const {id} = this;
    if (this.used.has(id)) return () => undefined;
    this.used.add(id);
    return () => this.used.delete(id);
  }

  // A ticket counts in its session without a list too; the event needs some id.
  submitted(corpus: string): void {
    this.used.add(this.id);
    const list = this.led ? {} : {corpus, searchId: sessionId()};
    this.tell({type: 'TYPE_TICKET_SUBMITTED', ...list});
  }

  // The page is being left, or closed.
  leave(): void {
    if (!this.led || this.used.has(this.id)) return;
    this.used.add(this.id);
    this.api.recordLeaving(this.eventOf({type: 'TYPE_ABANDONED'}));
  }

  private eventOf(event: RecordEventRequestJson): RecordEventRequestJson {
    const {corpus, searchId, suggestionId} = this.list;
    return {corpus, searchId, suggestionId, sessionId: sessionId(), ...event};
  }

  private tell(event: RecordEventRequestJson): void {
    void this.api.record(this.eventOf(event));
  }
}
