import { execa } from 'execa';

/** The engine changes these, and leaves them changed; and what makes one again that was not there. */
const TABLES = {
  filter: '*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n',
  nat: '*nat\nCOMMIT\n',
} as const;

/** Looks at the firewall as it is now; answers how to make it so again. A table that cannot be read is left alone. */
export async function keepFirewall(): Promise<() => Promise<void>> {
  const kept: { readonly table: string; readonly rules: string }[] = [];
  for (const [table, empty] of Object.entries(TABLES)) {
    const saved = await execa('iptables-save', ['-t', table], { reject: false });
    if (saved.exitCode === 0) {
      const rules = saved.stdout.includes(`*${table}`) ? `${saved.stdout}\n` : empty;
      kept.push({ table, rules });
    }
  }
  return async () => {
    for (const { table, rules } of kept) {
      await execa('iptables-restore', ['-T', table], { input: rules, reject: false });
    }
  };
}
