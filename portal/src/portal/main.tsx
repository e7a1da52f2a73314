import {render} from 'preact';
import {Api} from '../shared/call';
import {loadConfig} from '../shared/config';
import {token} from '../shared/storage';
import {App} from './app';

const api = new Api({base: '', token: token.get});
const root = document.getElementById('app')!;
loadConfig().then((config) => render(<App api={api} config={config}/>, root));
