import type { ReactNode } from 'react';
import { Icon } from './icon.js';

interface Props {
  readonly kind: 'info' | 'problem';
  readonly children: ReactNode;
  readonly action?: { readonly label: string; readonly act: () => unknown };
}

/** Something that somebody has to know, with what they can do about it. */
export function Notice({ kind, children, action }: Props) {
  return (
    <div className={`notice ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={kind === 'problem' ? 'alert' : 'info'} />
      <p>{children}</p>
      {action !== undefined && (
        <button type="button" onClick={() => void action.act()}>
          {action.label}
        </button>
      )}
    </div>
  );
}
