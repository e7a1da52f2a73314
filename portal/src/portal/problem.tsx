// What a visitor reads, and can do, when a call fails.
import {useState} from 'preact/hooks';
import {CloudOff} from 'lucide-preact';
import type {CallError} from '../shared/call';
import {token} from '../shared/storage';
import {usePortal} from './context';

export function Problem({error}: {error: CallError}) {
  const {words} = usePortal();
  if (error.code === 'unauthenticated') return <Access/>;
  const messages: Record<string, string> = {
    not_found: words.missing, resource_exhausted: words.busy, unavailable: words.unavailable,
    permission_denied: words.forbidden,
  };
  return <section class="nothing" role="alert">
    <CloudOff aria-hidden="true"/>
    <h2>{messages[error.code] ?? words.failed}</h2>
    <p class="buttons"><button type="button" onClick={() => location.reload()}>{words.tryAgain}</button></p>
  </section>;
}

function Access() {
  const {words} = usePortal();
  const [value, setValue] = useState('');
  return <form class="card access" onSubmit={(event) => {
    event.preventDefault();
    token.set(value);
    location.reload();
  }}>
    <h2>{words.tokenTitle}</h2>
    <p>{words.tokenHint}</p>
    <label for="token">{words.token}</label>
    <input id="token" type="password" autocomplete="off" required value={value}
      onInput={(event) => setValue(event.currentTarget.value)}/>
    <button type="submit" class="primary">{words.useToken}</button>
    {token.get() && <button type="button" onClick={() => {
      token.set('');
      location.reload();
    }}>{words.withoutToken}</button>}
  </form>;
}
