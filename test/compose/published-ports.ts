import { z } from 'zod';
import type { ComposeProject } from '../../dev/docker/project.js';

/** What `docker inspect` says of a container's ports; null are those that are not published. */
const containers = z.array(
  z.object({
    NetworkSettings: z.object({
      Ports: z.record(
        z.string(),
        z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable(),
      ),
    }),
  }),
);

/** Every port that a running stack publishes, as `127.0.0.1:7880 is 7880/tcp`. (`docker ps` would fold neighbours into one.) */
export async function publishedPorts(project: ComposeProject): Promise<string[]> {
  const label = `label=com.docker.compose.project=${project.name}`;
  const ids = await project.docker('ps', '--quiet', '--filter', label);
  const inspected: unknown = JSON.parse(await project.docker('inspect', ...ids.split('\n')));
  return containers
    .parse(inspected)
    .flatMap(({ NetworkSettings: { Ports } }) => Object.entries(Ports))
    .flatMap(([inside, outside]) =>
      (outside ?? []).map(({ HostIp, HostPort }) => `${HostIp}:${HostPort} is ${inside}`),
    )
    .sort();
}
