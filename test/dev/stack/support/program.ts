import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

/** Writes a program in JavaScript into a folder of its own, under a name, and returns its path. */
export function program(name: string, script: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A stand-in for livekit-server: answers its health address, and nothing else. */
export const HEALTHY_SERVER = `
const [, port] = /^port: (\\d+)$/m.exec(process.env.LIVEKIT_CONFIG);
const answer = (_, response) => response.end('OK');
require('node:http').createServer(answer).listen(Number(port), '127.0.0.1');
`;

/** A stand-in for redis-server: prints its arguments, says that it is ready, and does nothing. */
export const READY_REDIS = `
console.log(process.argv.slice(2).join(' '));
console.log('* Ready to accept connections tcp');
setInterval(() => {}, 1000);
`;
