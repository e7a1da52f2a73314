// When completions are asked for, and which answers are shown.
//
// A key asks at once. While an answer is on its way, the next key waits for it, at
// most PATIENCE_MS, and only the last of the keys that wait is asked for. So a
// quick server is asked for each key and a slow one not for all of them:
//
//   keys      p  pa pas      pass
//   asked     p      pas     pass     "pa" was overtaken while it waited
//
// Requests are not broken off: with HTTP/1.1 that would cost the connection, and
// the next key a new one.
import type {AutocompleteResponseJson} from '../../gen/kbsearch/v1/search_service_pb';

const PATIENCE_MS = 30;
// Answers kept, for letters that are taken back.
const MAX_KNOWN = 100;

export class Completer {
  private readonly known = new Map<string, AutocompleteResponseJson>();
  private wanted = '';
  private asked = 0;
  private shown = 0;
  private onTheirWay = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: (prefix: string) => Promise<AutocompleteResponseJson>,
      private readonly show: (answer: AutocompleteResponseJson) => void) {}

  // What stands in the box now. Blank: nothing is shown, whatever still arrives.
  type(prefix: string): void {
    this.stopWaiting();
    this.wanted = prefix;
    const known = prefix.trim() ? this.known.get(prefix) : {};
    if (known) {
      this.hold();
      this.show(known);
    } else if (this.onTheirWay === 0) {
      this.send();
    } else {
      this.timer = setTimeout(() => this.send(), PATIENCE_MS);
    }
  }

  // Somebody is choosing from what is shown: it stays until the next key.
  hold(): void {
    this.stopWaiting();
    this.shown = this.asked;
  }

  // Forgets what it knows: the next time the articles may be others.
  close(): void {
    this.known.clear();
    this.type('');
  }

  private stopWaiting(): boolean {
    const waited = this.timer !== undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    return waited;
  }

  private send(): void {
    this.stopWaiting();
    const prefix = this.wanted;
    const order = ++this.asked;
    ++this.onTheirWay;
    // Without completions the box still searches.
    this.ask(prefix).then((answer) => this.take(prefix, order, answer), () => undefined).finally(() => {
      --this.onTheirWay;
      if (this.stopWaiting()) this.send();
    });
  }

  // An answer to an earlier key is shown when it still fits what is typed, and no
  // later one has been.
  private take(prefix: string, order: number, answer: AutocompleteResponseJson): void {
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(prefix, answer);
    if (order <= this.shown || !this.wanted.startsWith(prefix)) return;
    this.shown = order;
    this.show(answer);
  }
}
