interface ErrorKind {
  readonly code?: string | undefined;
  readonly fault?: string | undefined;
  readonly category?: string | undefined;
}

/** What kind of error it is, for a person: its code, and who has to act. */
export function errorKind({ code = '', fault = '', category }: ErrorKind): string {
  return `${code} (fault: ${fault}${category === undefined ? '' : `, ${category}`})`;
}

/** The whole of an error on one line, and what to do about it. */
export function errorWords(
  error: ErrorKind & {
    readonly message?: string | undefined;
    readonly remedy?: string | undefined;
  },
): string {
  const { message = '', remedy = '' } = error;
  return `${errorKind(error)}: ${message} → ${remedy}`;
}
