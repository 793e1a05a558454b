import { z } from 'zod';

const advisory = z.object({
  /** The package that has the flaw. */
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
});

/** Of what `npm audit --json` prints, what is needed. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    // A name instead of an advisory: the flaw is that package's, which is listed, too.
    z.object({ via: z.array(z.union([z.string(), advisory])) }),
  ),
});
const failure = z.object({ message: z.string().optional(), error: z.unknown().optional() });

/** A known flaw of a package that is installed. */
export interface Advisory {
  /** GHSA-…, or whatever else the address of the advisory ends with. */
  readonly id: string;
  readonly package: string;
  readonly title: string;
  readonly severity: string;
  /** The versions that have it. */
  readonly range: string;
}

/** What npm says, or why it could not say anything. */
export type AuditAnswer = { readonly advisories: readonly Advisory[] } | { readonly why: string };

/** Reads what `npm audit --json` has printed. Never throws. */
export function readAudit(printed: string): AuditAnswer {
  const json = parseJson(printed);
  const { data } = report.safeParse(json);
  if (data === undefined) {
    const { message } = failure.safeParse(json).data ?? {};
    return { why: message ?? (printed.trim().slice(0, 200) || 'npm printed nothing') };
  }
  const found = Object.values(data.vulnerabilities).flatMap(({ via }) =>
    via.filter((one) => typeof one !== 'string'),
  );
  const advisories = found.map(({ name, title, url, severity, range }) => {
    const id = url.slice(url.lastIndexOf('/') + 1);
    return { id, package: name, title, severity, range };
  });
  return {
    advisories: [...new Map(advisories.map((one) => [`${one.id} ${one.package}`, one])).values()],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
