import { useId, type ReactNode } from 'react';

interface Props {
  readonly label: string;
  /** Beside the label, in small print. */
  readonly hint?: string;
  /** Makes the field itself, with the id that its label is for. */
  readonly children: (id: string) => ReactNode;
}

/** A field of a form, under its label. */
export function Field({ label, hint, children }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      {children(id)}
    </div>
  );
}
