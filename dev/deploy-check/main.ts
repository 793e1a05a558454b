import { fileURLToPath } from 'node:url';
import { untilInterrupted } from '../demo/interruption.js';
import { thisMachine } from '../stack/livekit/machine.js';
import { render } from './render.js';
import { checkResources } from './validate.js';

/** Renders deploy/kubernetes as kubectl would, and checks it against Kubernetes' schemas. Needs no cluster. */
async function main(): Promise<number> {
  const folder = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));
  const rendered = await render(folder, {
    machine: thisMachine(),
    onProgress: (message) => console.error(`  ${message}`),
    signal: untilInterrupted(),
  });
  const { names, problems } = checkResources(rendered);
  problems.forEach((problem) => console.error(problem));
  console.log(
    problems.length === 0
      ? `deploy/kubernetes: ${names.length} resources, as Kubernetes wants them: ${names.join(', ')}`
      : `deploy/kubernetes: ${problems.length} problems`,
  );
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
