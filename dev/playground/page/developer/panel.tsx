import type { Call } from '../call/call.js';

/** Shows what the agent does, and breaks it. */
export default function DeveloperPanel(_props: {
  readonly simulator: boolean;
  readonly call: Call | undefined;
}) {
  return <aside className="panel" />;
}
