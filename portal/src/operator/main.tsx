import {render} from 'preact';
import {admin} from '../shared/clients';
import {Failure, Shell, useCall, useConsole, useParameter, type Words} from '../shared/console';
import {Corpora} from './corpora';
import {Insights} from './insights';
import {Gaps} from './gaps';
import {Curations} from './curations';
import {Playground} from './playground';
import {Synonyms} from './synonyms';
import {loadConfig} from '../shared/config';

const TABS = {
  corpora: Corpora, insights: Insights, gaps: Gaps, synonyms: Synonyms, curations: Curations, playground: Playground,
};
type Tab = keyof typeof TABS;

function Dashboard() {
  const {words} = useConsole();
  const [tab, setTab] = useParameter('tab', 'corpora', true);
  const current = (tab in TABS ? tab : 'corpora') as Tab;
  const View = TABS[current];
  // Says at once whether the token will do.
  const access = useCall('', (signal) => admin.listCorpora({}, {signal}));
  if (access.error) return <Failure error={access.error} retry={access.reload}/>;
  return <>
    <h1 class="hidden">{words.operatorTitle}</h1>
    <nav class="tabs" aria-label={words.operatorTitle}>{(Object.keys(TABS) as Tab[]).map((name) =>
      <a key={name} href={`?tab=${name}`} aria-current={name === current ? 'page' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          setTab(name);
        }}>{words.tabs[name as keyof Words['tabs']]}</a>)}</nav>
    <View/>
  </>;
}

const root = document.getElementById('app')!;
loadConfig().then((config) =>
  render(<Shell title={(words) => words.operatorTitle} config={config}><Dashboard/></Shell>, root));
