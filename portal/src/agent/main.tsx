import {render} from 'preact';
import {loadConfig} from '../shared/config';
import {Shell} from '../shared/console';
import {Desk} from './desk';

const root = document.getElementById('app')!;
loadConfig().catch(() => ({corpora: [], languages: [], tickets: false})).then((config) =>
  render(<Shell title={(words) => words.agentTitle} corpora={config.corpora}><Desk/></Shell>, root));
