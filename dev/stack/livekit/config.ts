import { stringify } from 'yaml';

/** What differs from run to run. */
export interface ServerSettings {
  readonly httpPort: number;
  readonly udpPort: number;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** In a container the published ports, not the addresses inside, keep the server on loopback. */
  readonly inContainer: boolean;
  /** Host and port of the Redis that this server shares with others. None: it is a LiveKit of its own. */
  readonly redisAddress?: string | undefined;
}

/** What servers have in common that are one LiveKit. */
export interface ClusterMembership {
  /** Host and port of the Redis through which they know each other. */
  readonly redisAddress: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/**
 * The server's configuration as YAML. It listens on 127.0.0.1 only, and neither it nor its clients ask an
 * outside host for anything.
 */
export function serverConfig(settings: ServerSettings): string {
  const { httpPort, udpPort, apiKey, apiSecret, inContainer, redisAddress } = settings;
  const loopbackOnly = {
    enable_loopback_candidate: true,
    interfaces: { includes: ['lo', 'lo0'] },
    ips: { includes: ['127.0.0.1/32'] },
  };
  return stringify({
    port: httpPort,
    ...(inContainer ? {} : { bind_addresses: ['127.0.0.1'] }),
    rtc: {
      udp_port: udpPort,
      // The TCP fallback ignores bind_addresses and would listen on every interface. 0 turns it off.
      tcp_port: 0,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      // With an empty list the server tells its clients to ask public STUN servers. Nothing answers here
      // (port 9, discard), and nothing has to: every address is a loopback one.
      stun_servers: ['127.0.0.1:9'],
      ...(inContainer ? {} : loopbackOnly),
    },
    ...(redisAddress === undefined ? {} : { redis: { address: redisAddress } }),
    keys: { [apiKey]: apiSecret },
    logging: { level: 'info', json: true },
    // At 0.7, the default, the server drops a dispatch without a word as soon as workers report that load.
    // At 1 the worker's own threshold decides.
    agents: { target_load: 1 },
  });
}
