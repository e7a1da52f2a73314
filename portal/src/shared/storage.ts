// What a page keeps until its tab is closed; nothing is kept longer. A browser
// that forbids storage loses comfort only.
const memory = new Map<string, string>();

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return memory.get(key) ?? '';
  }
}

function write(key: string, value: string): void {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    memory.set(key, value);
  }
}

// Whatever page of this tab has written it.
function removeAll(prefix: string): void {
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith(prefix))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Then memory holds all of it.
  }
  [...memory.keys()].filter((key) => key.startsWith(prefix)).forEach((key) => memory.delete(key));
}

const TOKEN = 'kbsearch-token';
const SESSION = 'kbsearch-session';
const DRAFT = 'kbsearch-draft';

export const token = {
  get: () => read(TOKEN),
  set: (value: string) => write(TOKEN, value.trim()),
};

// Texts of the agents' desk.
const KEPT = 'kbsearch-desk-';

export const kept = {
  get: (name: string) => read(KEPT + name),
  set: (name: string, value: string) => write(KEPT + name, value),
  clear: () => removeAll(KEPT),
};

// A random name for this visit; it says nothing about the visitor.
export function sessionId(): string {
  let id = read(SESSION);
  if (!id) {
    id = Array.from(crypto.getRandomValues(new Uint8Array(12)),
      (byte) => byte.toString(16).padStart(2, '0')).join('');
    write(SESSION, id);
  }
  return id;
}

export interface Draft {
  subject: string;
  body: string;
  email: string;
}

export const draft = {
  get: (): Draft => {
    try {
      return {subject: '', body: '', email: '', ...JSON.parse(read(DRAFT) || '{}')};
    } catch {
      return {subject: '', body: '', email: ''};
    }
  },
  set: (value: Draft) => write(DRAFT, JSON.stringify(value)),
  clear: () => write(DRAFT, ''),
};
