// A link inside the portal: followed without loading the page; with modifiers, as
// any link.
import type {ComponentChildren} from 'preact';
import {usePortal} from './context';
import type {Route} from './route';

export function Link({to, onFollow, children, ...rest}: {
  to: Partial<Route>; onFollow?: () => void; children: ComponentChildren; class?: string; lang?: string;
  'aria-label'?: string;
}) {
  const {go, href} = usePortal();
  return <a {...rest} href={href(to)} onClick={(event) => {
    onFollow?.();
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  }} onAuxClick={(event) => event.button === 1 && onFollow?.()}>{children}</a>;
}
