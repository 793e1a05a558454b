#!/usr/bin/env node
// The way in on a fresh clone: plain JavaScript without dependencies. It checks Node, installs the packages
// and builds the agent when that is needed, and then runs what was asked for. It reports on standard error
// only: standard output belongs to the command.
//
//   node dev/run.mjs demo [args]   the demo (dev/demo)
//   node dev/run.mjs test [args]   the tests; args go to vitest
//   node dev/run.mjs faults [args] the fault matrix (dev/fault-matrix)
//   node dev/run.mjs bench [args]  this agent beside a bare one (dev/bench)
//   node dev/run.mjs soak [args]   many calls and many reconnects (dev/soak)
//   node dev/run.mjs capacity [args] how many calls this machine holds at once (dev/capacity)
//   node dev/run.mjs page          the page by itself, for an agent that runs elsewhere (dev/playground)
//   node dev/run.mjs install       only install
//   node dev/run.mjs build         only install and build
import { fileURLToPath } from 'node:url';
import { runInOurPlace } from './bootstrap/child.mjs';
import { nodeProblem } from './bootstrap/node-version.mjs';
import { build, installPackages } from './bootstrap/prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a command runs in the end; the demo wants to know when we are gone. */
const commands = {
  demo: (args) => run(['--import', 'tsx', 'dev/demo/main.ts', ...args], true),
  test: (args) => run(['node_modules/vitest/vitest.mjs', 'run', ...args], false),
  faults: (args) => run(['--import', 'tsx', 'dev/fault-matrix/main.ts', ...args], false),
  bench: (args) => run(['--import', 'tsx', 'dev/bench/main.ts', ...args], false),
  soak: (args) => run(['--import', 'tsx', 'dev/soak/main.ts', ...args], false),
  capacity: (args) => run(['--import', 'tsx', 'dev/capacity/main.ts', ...args], false),
  page: (args) => run(['--import', 'tsx', 'dev/playground/main.ts', ...args], false),
  install: () => 0,
  build: () => 0,
};

function run(args, channel) {
  return runInOurPlace(process.execPath, args, root, channel);
}

async function main([name = '', ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const problem = nodeProblem(process.versions.node);
  if (command === undefined || problem !== null) {
    console.error(problem ?? `Unknown command "${name}": ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  const failed = (await installPackages(root)) || (name !== 'install' && (await build(root)));
  return failed || command(args);
}

process.exitCode = await main(process.argv.slice(2));
