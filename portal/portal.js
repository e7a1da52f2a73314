// A search box over the API (Connect protocol, JSON). Everything from the
// server enters the page as text, never as markup.
import {LANGUAGES, STRINGS} from './strings.js';

const TOKEN_KEY = 'kbsearch-token';
const COMPLETION_DELAY_MS = 80;
const byId = (id) => document.getElementById(id);

const state = {
  corpus: '',
  language: 'en',
  query: '',
  nextPage: '',
  article: null, // {id, language} while an article is shown
};
let searchRun = 0; // answers of earlier searches are dropped
let completionCall = null;
let completionTimer = 0;
let chosen = -1; // completion picked with the arrow keys

const words = () => STRINGS[state.language];

// ---- the API

class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(method, request, signal) {
  const headers = {'content-type': 'application/json', 'connect-protocol-version': '1'};
  const token = sessionStorage.getItem(TOKEN_KEY);
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`/kbsearch.v1.SearchService/${method}`, {
    method: 'POST', headers, body: JSON.stringify(request), signal,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(answer.code || 'unknown', answer.message || '');
  return answer;
}

// ---- small pieces of page

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value) made.setAttribute(key, value);
  }
  return made;
}

function appendSpans(parent, spans, tag) {
  for (const span of spans || []) {
    parent.append(span.highlighted ? element(tag, span.text) : document.createTextNode(span.text || ''));
  }
}

function languageName(code) {
  return LANGUAGES[code] || code || '';
}

function kindName(kind) {
  return words().kinds[(kind || '').replace('ARTICLE_KIND_', '')] || '';
}

function pageAddress(changes) {
  const parameters = new URLSearchParams();
  const wanted = {corpus: state.corpus, lang: state.language, q: state.query, ...changes};
  for (const [key, value] of Object.entries(wanted)) {
    if (value) parameters.set(key, value);
  }
  return `?${parameters}`;
}

// A link that opens an article in this page; with modifiers, as any link.
function articleLink(text, id, language) {
  const link = element('a', text, {href: pageAddress({article: id, version: language}), lang: language});
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, '', link.getAttribute('href'));
    showArticle(id, language);
  });
  return link;
}

function webAddress(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}

function tell(text) {
  byId('status').textContent = text;
}

function tellError(error) {
  if (error.name === 'AbortError') return;
  byId('access').hidden = error.code !== 'unauthenticated';
  const messages = {unauthenticated: '', not_found: words().missing, resource_exhausted: words().busy};
  tell(messages[error.code] ?? words().failed);
}

// ---- results

function resultItem(hit) {
  const item = element('li');
  const title = element('h2');
  title.append(articleLink(hit.title || hit.articleId, hit.articleId, hit.languageCode));
  const about = [languageName(hit.languageCode), kindName(hit.kind), ...(hit.category || [])];
  item.append(title, element('p', about.filter(Boolean).join(' · '), {class: 'meta'}));
  if (hit.answer) {
    item.append(element('p', hit.answer, {class: 'answer', lang: hit.languageCode}));
  } else if (hit.snippet) {
    const snippet = element('p', '', {class: 'snippet', lang: hit.languageCode});
    appendSpans(snippet, hit.snippet, 'mark');
    item.append(snippet);
  }
  const others = (hit.availableLanguages || []).filter((code) => code !== hit.languageCode);
  if (others.length) item.append(versions(hit.articleId, others));
  return item;
}

function versions(id, codes) {
  const line = element('p', `${words().otherLanguages} `, {class: 'meta'});
  codes.forEach((code, i) => {
    if (i) line.append(', ');
    line.append(articleLink(languageName(code), id, code));
  });
  return line;
}

function showOnly(view) {
  byId('results').hidden = view !== 'results';
  byId('more').hidden = view !== 'results' || !state.nextPage;
  byId('article').hidden = view !== 'article';
  byId('access').hidden = true;
}

async function search(more) {
  const run = ++searchRun;
  closeCompletions();
  state.article = null;
  const results = byId('results');
  if (!more) {
    results.replaceChildren();
    state.nextPage = '';
  }
  showOnly('results');
  if (!state.query.trim()) return tell('');
  if (!state.corpus) return tell(words().noCorpus);
  tell(words().searching);
  try {
    const answer = await call('Search', {
      corpus: state.corpus, query: state.query, languageCode: state.language,
      pageToken: more ? state.nextPage : '',
    });
    if (run !== searchRun) return;
    for (const hit of answer.hits || []) results.append(resultItem(hit));
    state.nextPage = answer.nextPageToken || '';
    byId('more').hidden = !state.nextPage;
    const count = Number(answer.totalSize || 0).toLocaleString(state.language);
    tell(results.children.length ? words().found.replace('{n}', count) : words().none);
  } catch (error) {
    if (run === searchRun) tellError(error);
  }
}

// ---- one article

function appendBlocks(parent, blocks) {
  let list = null;
  for (const block of blocks || []) {
    const kind = (block.kind || '').replace('KIND_', '');
    if (kind === 'LIST_ITEM') {
      if (!list) parent.append(list = element('ul'));
      list.append(element('li', block.text, {id: block.anchor}));
      continue;
    }
    list = null;
    const name = {
      HEADING: `h${Math.min(6, Math.max(2, (block.level || 1) + 1))}`, CODE: 'pre',
    }[kind] || 'p';
    parent.append(element(name, block.text, {id: block.anchor}));
  }
}

function appendEntries(parent, entries, wanted) {
  for (const entry of entries || []) {
    const section = element('section', '', {id: entry.anchor});
    section.append(element('h2', entry.question));
    for (const paragraph of (entry.answer || '').split('\n')) {
      if (paragraph.trim()) section.append(element('p', paragraph));
    }
    parent.append(section);
    if (entry.entryId === wanted) {
      section.classList.add('wanted');
      requestAnimationFrame(() => section.scrollIntoView({block: 'center'}));
    }
  }
}

function renderArticle(article, wanted) {
  const page = byId('article');
  page.lang = article.languageCode || '';
  const back = element('a', `← ${words().back}`, {href: pageAddress({}), lang: state.language});
  back.addEventListener('click', (event) => {
    event.preventDefault();
    history.pushState(null, '', back.getAttribute('href'));
    search(false);
  });
  const about = [languageName(article.languageCode), kindName(article.kind), ...(article.category || [])];
  if (article.updatedAt) {
    const date = new Date(article.updatedAt).toLocaleDateString(state.language, {dateStyle: 'long'});
    about.push(words().updated.replace('{date}', date));
  }
  page.replaceChildren(back, element('h1', article.title),
    element('p', about.filter(Boolean).join(' · '), {class: 'meta', lang: state.language}));
  const others = (article.translations || []).map((translation) => translation.languageCode);
  if (others.length) page.append(versions(wanted, others));
  appendBlocks(page, article.blocks);
  appendEntries(page, article.entries, wanted);
  const address = webAddress(article.url || '');
  if (address) {
    const link = element('a', words().original, {href: address, rel: 'noopener noreferrer', lang: state.language});
    page.append(element('p'));
    page.lastChild.append(link);
  }
  showOnly('article');
  byId('main').focus({preventScroll: true});
  if (!wanted.includes('#')) scrollTo(0, 0);
}

async function showArticle(id, language) {
  const run = ++searchRun;
  closeCompletions();
  state.article = {id, language};
  tell('');
  try {
    const answer = await call('GetArticle', {corpus: state.corpus, articleId: id, languageCode: language || state.language});
    if (run === searchRun) renderArticle(answer.article || {}, id);
  } catch (error) {
    if (run === searchRun) tellError(error);
  }
}

// ---- completions

function closeCompletions() {
  clearTimeout(completionTimer);
  completionCall?.abort();
  chosen = -1;
  byId('completions').hidden = true;
  byId('query').setAttribute('aria-expanded', 'false');
  byId('query').removeAttribute('aria-activedescendant');
}

function showCompletions(completions) {
  const list = byId('completions');
  list.replaceChildren(...completions.map((completion, i) => {
    const item = element('li', '', {role: 'option', id: `completion-${i}`, lang: completion.languageCode});
    if (completion.spans?.length) appendSpans(item, completion.spans, 'strong');
    else item.textContent = completion.text;
    item.dataset.text = completion.text;
    // Before the input loses the focus.
    item.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      startSearch(completion.text);
    });
    return item;
  }));
  chosen = -1;
  list.hidden = !completions.length;
  byId('query').setAttribute('aria-expanded', String(!list.hidden));
}

async function complete() {
  completionCall?.abort();
  const prefix = byId('query').value;
  if (!prefix.trim() || !state.corpus) return closeCompletions();
  completionCall = new AbortController();
  try {
    const answer = await call('Autocomplete',
      {corpus: state.corpus, prefix, languageCode: state.language}, completionCall.signal);
    if (byId('query').value === prefix) showCompletions(answer.completions || []);
  } catch (error) {
    // Completions are a convenience; the search itself reports what is wrong.
    if (error.name !== 'AbortError') closeCompletions();
  }
}

function moveChoice(step) {
  const items = [...byId('completions').children];
  if (byId('completions').hidden || !items.length) return false;
  chosen = (chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length;
  items.forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
  byId('query').setAttribute('aria-activedescendant', items[chosen].id);
  byId('query').value = items[chosen].dataset.text;
  return true;
}

// ---- the page's life

function startSearch(query) {
  state.query = query;
  byId('query').value = query;
  history.pushState(null, '', pageAddress({}));
  search(false);
}

function writeStrings() {
  const text = words();
  document.documentElement.lang = state.language;
  document.title = text.title;
  byId('query').placeholder = text.query;
  byId('query-label').textContent = text.query;
  byId('submit').textContent = text.search;
  byId('corpus-label').textContent = text.corpus;
  byId('language-label').textContent = text.language;
  byId('more').textContent = text.more;
  byId('token-label').textContent = text.token;
  byId('token-submit').textContent = text.useToken;
  byId('language').value = state.language;
}

function readAddress(corpora) {
  const parameters = new URLSearchParams(location.search);
  const locales = [parameters.get('lang'), ...navigator.languages].filter(Boolean);
  const known = locales.map((locale) => locale.toLowerCase().split('-')[0]).find((code) => STRINGS[code]);
  state.language = known || 'en';
  state.corpus = parameters.get('corpus') || corpora[0] || '';
  state.query = parameters.get('q') || '';
  byId('query').value = state.query;
  byId('corpus').value = state.corpus;
  writeStrings();
  const article = parameters.get('article');
  if (article) showArticle(article, parameters.get('version') || '');
  else search(false);
}

function renderAgain() {
  if (state.article) showArticle(state.article.id, state.article.language);
  else search(false);
}

function listen() {
  const query = byId('query');
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    startSearch(query.value);
  });
  query.addEventListener('input', () => {
    clearTimeout(completionTimer);
    completionTimer = setTimeout(complete, COMPLETION_DELAY_MS);
  });
  query.addEventListener('blur', closeCompletions);
  query.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeCompletions();
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && moveChoice(step)) event.preventDefault();
  });
  byId('more').addEventListener('click', () => search(true));
  byId('corpus').addEventListener('change', (event) => {
    state.corpus = event.target.value;
    startSearch(query.value);
  });
  byId('language').addEventListener('change', (event) => {
    state.language = event.target.value;
    history.replaceState(null, '', pageAddress(state.article ? {article: state.article.id, version: state.article.language} : {}));
    writeStrings();
    renderAgain();
  });
  byId('access').addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem(TOKEN_KEY, byId('token').value.trim());
    byId('token').value = '';
    renderAgain();
  });
}

async function start() {
  for (const [code, name] of Object.entries(LANGUAGES)) {
    byId('language').append(element('option', name, {value: code, lang: code}));
  }
  let corpora = [];
  try {
    const response = await fetch('/config.json');
    if (response.ok) corpora = (await response.json()).corpora;
  } catch {
    // The search says that the server cannot be reached.
  }
  for (const name of corpora) byId('corpus').append(element('option', name, {value: name}));
  byId('corpus-choice').hidden = corpora.length < 2;
  listen();
  addEventListener('popstate', () => readAddress(corpora));
  readAddress(corpora);
}

start();
