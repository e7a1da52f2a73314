import {render} from 'preact';
import {loadConfig} from '../shared/config';
import {Shell} from '../shared/console';
import {Desk} from './desk';

const root = document.getElementById('app')!;
loadConfig().then((config) =>
  render(<Shell title={(words) => words.agentTitle} config={config}><Desk/></Shell>, root));
