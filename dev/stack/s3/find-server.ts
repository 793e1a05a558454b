import { join } from 'node:path';
import { goInstall } from '../go-install.js';
import { findOnPath } from '../livekit/machine.js';
import type { ResolveContext } from '../livekit/source.js';

/** Versity's gateway (Apache-2.0) serves S3 from a folder, and checks signatures as S3 does. */
const VERSION = 'v1.8.0';
const SOURCE = `github.com/versity/versitygw/cmd/versitygw@${VERSION}`;

/**
 * The path of an S3 server: VERSITYGW_BIN, versitygw on PATH, the one built earlier, or a build with Go.
 *
 * @throws Error that says what to install, when there is none and none can be built.
 */
export async function findS3Server(context: ResolveContext): Promise<string> {
  const { machine } = context;
  const named = machine.env['VERSITYGW_BIN'] ?? '';
  if (named !== '') {
    if (await machine.isExecutable(named)) {
      return named;
    }
    throw new Error(`VERSITYGW_BIN names ${named}, which is no program that can be run.`);
  }
  const target = join(
    machine.cacheDir,
    'versitygw',
    `${VERSION}-${machine.platform}-${machine.arch}`,
    'versitygw',
  );
  const there = (await findOnPath(machine, 'versitygw')) ?? target;
  if (await machine.isExecutable(there)) {
    return there;
  }
  if ((await machine.ask('go', ['version'])) === null) {
    throw new Error(
      'No S3 server can be had here: install Go (https://go.dev/dl), which builds one once, or put versitygw on PATH.',
    );
  }
  return goInstall({ name: 'versitygw', source: SOURCE, target }, context);
}
