// Every test of the pages, on one server and one browser:
//   node --test tests/e2e/main.test.mjs
import {after, before} from 'node:test';
import {startWorld, stopWorld} from './world.mjs';

before(startWorld, {timeout: 120_000});
after(stopWorld);

await import('./clients.mjs');
await import('./portal.mjs');
await import('./keyboard.mjs');
await import('./audience.mjs');
await import('./ticket.mjs');
await import('./events.mjs');
await import('./desk.mjs');
await import('./operations.mjs');
await import('./trouble.mjs');
await import('./widget.mjs');
await import('./hostile.mjs');
await import('./strings.mjs');
await import('./units.mjs');
