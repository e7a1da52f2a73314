// Filters with counts: a column on a desk, folded away on a phone.
import {SlidersHorizontal} from 'lucide-preact';
import {useState} from 'preact/hooks';
import type {FacetJson} from '../../gen/kbsearch/v1/search_service_pb';
import {languageName} from '../shared/language';
import {usePortal, type Words} from './context';
import type {Route} from './route';

const SHOWN = 6;
type Field = 'only' | 'kinds' | 'categories';
const FIELDS: Record<string, Field> = {language: 'only', kind: 'kinds', category: 'categories'};

function valueName(words: Words, facet: string, value: string): string {
  if (facet === 'language') return languageName(value);
  if (facet === 'kind') return words.kindsPlural[value as keyof Words['kindsPlural']] ?? value;
  return value;
}

export function Facets({facets}: {facets: FacetJson[]}) {
  const {route, words} = usePortal();
  const [unfolded, setUnfolded] = useState(false);
  const chosen = route.only.length + route.kinds.length + route.categories.length;
  const useful = facets.filter((facet) => (facet.values?.length ?? 0) > 1 || route[FIELDS[facet.name ?? '']!]?.length);
  return <aside class="facets" aria-label={words.filters}>
    <button type="button" class="facets-toggle" aria-expanded={unfolded} disabled={!useful.length}
        onClick={() => setUnfolded(!unfolded)}>
      <SlidersHorizontal aria-hidden="true"/>{words.filters}{chosen > 0 && <b>{chosen}</b>}
    </button>
    <div class={unfolded ? 'facets-body unfolded' : 'facets-body'}>
      {useful.map((facet) => <FacetGroup key={facet.name} facet={facet}/>)}
    </div>
  </aside>;
}

function FacetGroup({facet}: {facet: FacetJson}) {
  const {route, go, words, say} = usePortal();
  const [all, setAll] = useState(false);
  const name = facet.name ?? '';
  const field = FIELDS[name]!;
  const chosen = route[field];
  const values = facet.values ?? [];
  // What is chosen stays in sight, with no hits too.
  const missing = chosen.filter((value) => !values.some((known) => known.value === value));
  const shown = [...values.filter(({value = ''}, i) => all || i < SHOWN || chosen.includes(value)),
    ...missing.map((value) => ({value, count: '0'}))];
  const toggle = (value: string) => go({[field]: chosen.includes(value)
    ? chosen.filter((other) => other !== value) : [...chosen, value]} as Partial<Route>);
  return <fieldset>
    <legend>{words.facets[name as keyof Words['facets']]}</legend>
    {shown.map(({value = '', count}) => <label key={value} class="choice">
      <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)}/>
      <span>{valueName(words, name, value)}</span>
      <small>{facet.exact ? '' : '~'}{Number(count ?? 0).toLocaleString(route.lang)}</small>
    </label>)}
    {!all && values.length > shown.length &&
      <button type="button" class="quiet" onClick={() => setAll(true)}>
        {say(words.allValues, {n: values.length})}</button>}
  </fieldset>;
}
