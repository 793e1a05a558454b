/** A version of Go, as far as it matters here. */
export interface GoVersion {
  readonly major: number;
  readonly minor: number;
}

/** The oldest Go that builds the server (the `go` line of its go.mod). */
const OLDEST_GO: GoVersion = { major: 1, minor: 26 };

/** Reads what `go version` prints, e.g. `go version go1.26.8 linux/amd64`. Null when it is something else. */
export function parseGoVersion(printed: string): GoVersion | null {
  const [, major, minor] = /^go version (?:devel )?go(\d+)\.(\d+)/.exec(printed) ?? [];
  return major === undefined || minor === undefined
    ? null
    : { major: Number(major), minor: Number(minor) };
}

/** Whether that Go builds the server. */
export function isGoNewEnough(version: GoVersion): boolean {
  return version.major === OLDEST_GO.major
    ? version.minor >= OLDEST_GO.minor
    : version.major > OLDEST_GO.major;
}
