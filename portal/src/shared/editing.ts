// Edits that are not saved yet: before they are lost the page asks.
import {useEffect, useState} from 'preact/hooks';

type Editing = 'untouched' | 'edited' | 'saved';

// Of the one editor that is open, while it is edited.
let question = '';

// Whether what is edited may be left: nothing is, or its owner says so.
export function mayLeave(): boolean {
  return !question || confirm(question);
}

// How far the editor of what `key` names has come. `ask` is asked before it is left
// inside the page; outside it the browser asks.
export function useEditing(key: string, ask: string): [Editing, (next: Editing) => void] {
  const [editing, setEditing] = useState<Editing>('untouched');
  useEffect(() => setEditing('untouched'), [key]);
  useEffect(() => {
    if (editing !== 'edited') return undefined;
    question = ask;
    const warn = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => {
      question = '';
      removeEventListener('beforeunload', warn);
    };
  }, [editing, ask]);
  return [editing, setEditing];
}
