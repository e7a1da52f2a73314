// The official clients against the gateway: connect-node here, connect-web in the
// browser.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {Code, ConnectError, createClient} from '@connectrpc/connect';
import {compressionGzip, createConnectTransport, createGrpcWebTransport} from '@connectrpc/connect-node';
import {build} from 'esbuild';
import {AdminService} from '../../portal/gen/kbsearch/v1/admin_service_pb.js';
import {SearchService} from '../../portal/gen/kbsearch/v1/search_service_pb.js';
import {root, visit, world} from './world.mjs';

const withToken = (role) => (next) => (request) => {
  if (role) request.header.set('authorization', `Bearer ${world.tokens[role] ?? role}`);
  return next(request);
};

const TRANSPORTS = {
  'Connect, JSON': (options) => createConnectTransport({...options, useBinaryFormat: false}),
  'Connect, binary': (options) => createConnectTransport({...options, useBinaryFormat: true}),
  'Connect, GET': (options) => createConnectTransport({...options, useHttpGet: true}),
  'Connect, GET in binary': (options) => createConnectTransport({...options, useHttpGet: true, useBinaryFormat: true}),
  'Connect, gzip': (options) => createConnectTransport({...options, sendCompression: compressionGzip,
    acceptCompression: [compressionGzip], compressMinBytes: 0}),
  'gRPC-Web, binary': (options) => createGrpcWebTransport(options),
  'gRPC-Web, JSON': (options) => createGrpcWebTransport({...options, useBinaryFormat: false}),
  'gRPC-Web, gzip': (options) => createGrpcWebTransport({...options, sendCompression: compressionGzip,
    acceptCompression: [compressionGzip], compressMinBytes: 0}),
};

function clientOf(service, make, role, more = {}) {
  return createClient(service, make(
    {baseUrl: world.http, httpVersion: '1.1', interceptors: [withToken(role)], ...more}));
}

// One reindex, which the first to watch starts and the others see at its end.
let reindexId = '';
async function someReindex() {
  const admin = clientOf(AdminService, TRANSPORTS['Connect, JSON'], 'operator');
  reindexId ||= (await admin.startReindex({corpus: 'hostile'})).reindex.reindexId;
  return reindexId;
}

// Visitors who do not find, one after the other, until somebody has seen enough.
async function failUntil(enough) {
  const search = clientOf(SearchService, TRANSPORTS['Connect, JSON']);
  while (!enough.aborted) {
    const sessionId = randomUUID();
    for (const query of ['zorgblip', 'quuxblip']) await search.search({corpus: 'helpdesk', query, sessionId});
  }
}

async function whileVisitorsFail(see) {
  const enough = new AbortController();
  const failing = failUntil(enough.signal);
  try {
    return await see();
  } finally {
    enough.abort();
    await failing;
  }
}

for (const [name, make] of Object.entries(TRANSPORTS)) {
  test(`connect-node: ${name}`, async () => {
    const search = clientOf(SearchService, make);
    const found = await search.search({corpus: 'helpdesk', query: 'забыл пароль', languageCode: 'ru'});
    assert.match(found.hits[0].title, /парол/i);
    const corpora = (await clientOf(AdminService, make, 'operator').listCorpora({})).corpora;
    assert.deepEqual(corpora.map((corpus) => corpus.name), ['helpdesk', 'hostile']);

    const refused = await search.search({corpus: '', query: ''}).catch((error) => ConnectError.from(error));
    assert.equal(refused.code, Code.InvalidArgument);
    // google.rpc.BadRequest, which names the fields.
    assert.equal(refused.details.length > 0, true);
    const {type, value} = refused.details[0];
    assert.equal(type, 'google.rpc.BadRequest');
    assert.match(Buffer.from(value).toString(), /corpus/);

    const late = await search.search({corpus: 'helpdesk', query: 'a'}, {timeoutMs: 1}).then(() => 'in time',
      (error) => ConnectError.from(error).code);
    assert.ok(late === 'in time' || late === Code.DeadlineExceeded, String(late));
    for (const [role, code] of [['', Code.PermissionDenied], ['nobody', Code.Unauthenticated],
      ['agent', Code.PermissionDenied]]) {
      const error = await clientOf(AdminService, make, role).listCorpora({}).catch((e) => ConnectError.from(e));
      assert.equal(error.code, code);
    }
  });

  test(`connect-node: streams by ${name}`, async () => {
    const admin = clientOf(AdminService, make, 'operator');
    const error = await (async () => {
      for await (const _ of admin.watchReindex({reindexId: 'no-such-reindex'})) assert.fail('a message');
    })().catch((e) => ConnectError.from(e));
    assert.equal(error.code, Code.NotFound);
    const seen = [];
    for await (const message of admin.watchReindex({reindexId: await someReindex()})) seen.push(message.reindex);
    assert.equal(seen.at(-1).state, 2, seen.at(-1).error);

    const agent = clientOf(SearchService, make, 'agent');
    const sessions = await whileVisitorsFail(async () => {
      const told = new Set();
      for await (const {sessionId, queries} of agent.watchFailedSearches({corpus: 'helpdesk'}, {timeoutMs: 20_000})) {
        assert.deepEqual(queries, ['zorgblip', 'quuxblip']);
        if (told.add(sessionId).size === 3) break;
      }
      return told;
    });
    assert.equal(sessions.size, 3, 'a message each');
  });
}

for (const [name, make] of Object.entries(TRANSPORTS)) {
  test(`connect-node: timeouts, leaving, limits and a client's stream by ${name}`, async () => {
    const search = clientOf(SearchService, make, 'agent');
    const watch = (options) => (async () => {
      for await (const _ of search.watchFailedSearches({corpus: 'hostile'}, options)) assert.fail('a message');
    })().catch((error) => ConnectError.from(error).code);
    assert.equal(await watch({timeoutMs: 300}), Code.DeadlineExceeded);
    const left = new AbortController();
    setTimeout(() => left.abort(), 200);
    assert.equal(await watch({signal: left.signal}), Code.Canceled);

    const large = await clientOf(AdminService, make, 'operator', {sendCompression: undefined})
      .putSynonyms({corpus: 'hostile', languageCode: 'en', synonyms: [{from: ['x'.repeat(5 << 20)]}]})
      .catch((error) => ConnectError.from(error));
    assert.equal(large.code, Code.ResourceExhausted, String(large));

    const admin = clientOf(AdminService, make, 'operator');
    const article = (articleId) => ({corpus: 'hostile', article: {articleId, languageCode: 'en', title: 'Florbit',
      blocks: [{text: `Florbit ${articleId}`}]}});
    const {results} = await admin.upsertArticles((async function* () {
      yield article('florbit-1');
      yield article('florbit-2');
      yield article('');
    })());
    assert.deepEqual(results.map(({articleId, error}) => [articleId, error !== '']),
      [['florbit-1', false], ['florbit-2', false], ['', true]]);
    const {deleted} = await admin.deleteArticles({corpus: 'hostile',
      articles: [{articleId: 'florbit-1'}, {articleId: 'florbit-2'}]});
    assert.equal(deleted, 2n);
  });
}

test('connect-web in a browser: Connect and gRPC-Web', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'kbsearch-clients-'));
  t.after(() => rm(folder, {recursive: true, force: true}));
  const script = join(folder, 'clients.js');
  await build({
    stdin: {resolveDir: root, contents: `
      import {Code, ConnectError, createClient} from '@connectrpc/connect';
      import {createConnectTransport, createGrpcWebTransport} from '@connectrpc/connect-web';
      import {SearchService} from './portal/gen/kbsearch/v1/search_service_pb.js';
      import {AdminService} from './portal/gen/kbsearch/v1/admin_service_pb.js';
      window.tryClients = async (token, reindexId) => {
        const results = {};
        const withToken = (next) => (request) => {
          request.header.set('authorization', 'Bearer ' + token);
          return next(request);
        };
        const options = {baseUrl: location.origin, interceptors: [withToken]};
        for (const [name, transport] of Object.entries({
          connect: createConnectTransport(options), get: createConnectTransport({...options, useHttpGet: true}),
          binary: createConnectTransport({...options, useBinaryFormat: true}),
          web: createGrpcWebTransport(options)})) {
          const search = createClient(SearchService, transport);
          const {hits} = await search.search({corpus: 'helpdesk', query: 'wachtwoord'});
          results[name] = {title: hits[0].title};
          const refused = await search.search({}).catch((error) => ConnectError.from(error));
          results[name].refused = [Code[refused.code], ...refused.details.map(({type}) => type)];
          const watch = async (options) => {
            try {
              for await (const _ of search.watchFailedSearches({corpus: 'hostile'}, options)) return 'a message';
              return 'an end';
            } catch (error) {
              return Code[ConnectError.from(error).code];
            }
          };
          results[name].late = await watch({timeoutMs: 300});
          results[name].left = await watch({signal: AbortSignal.timeout(200)});
          const admin = createClient(AdminService, transport);
          const states = [];
          for await (const message of admin.watchReindex({reindexId})) {
            states.push(message.reindex.state);
          }
          results[name].last = states.at(-1);
          const told = new Set();
          for await (const {sessionId} of search.watchFailedSearches({corpus: 'helpdesk'}, {timeoutMs: 20_000})) {
            if (told.add(sessionId).size === 3) break;
          }
          results[name].sessions = told.size;
        }
        return results;
      };`},
    bundle: true, format: 'iife', outfile: script});
  const page = await visit(t, '/', {bypassCSP: true});
  await page.addScriptTag({content: await readFile(script, 'utf8')});
  const given = [world.tokens.operator, await someReindex()];
  const results = await whileVisitorsFail(() => page.evaluate(([token, id]) => window.tryClients(token, id), given));
  assert.deepEqual(Object.keys(results), ['connect', 'get', 'binary', 'web']);
  for (const {title, refused, late, left, last, sessions} of Object.values(results)) {
    assert.match(title, /wachtwoord/i);
    assert.deepEqual(refused, ['InvalidArgument', 'google.rpc.BadRequest']);
    assert.deepEqual([late, left], ['DeadlineExceeded', 'Canceled']);
    assert.equal(last, 2);
    assert.equal(sessions, 3);
  }
});
