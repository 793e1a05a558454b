import { findProgram } from '../find-program.js';
import type { ResolveContext } from '../livekit/source.js';

/**
 * The path of an S3 server: Versity's gateway (Apache-2.0), which serves S3 from a folder and checks signatures as S3 does.
 *
 * @throws Error that says what to install, when there is none and none can be built.
 */
export function findS3Server(context: ResolveContext): Promise<string> {
  return findProgram(
    {
      what: 'S3 server',
      name: 'versitygw',
      variable: 'VERSITYGW_BIN',
      source: 'github.com/versity/versitygw/cmd/versitygw',
      version: 'v1.8.0',
    },
    context,
  );
}
