/** An export that failed, for the log: code, whose fault, remedy. Nothing of the collector's answer but its status. */
export function exportFailure(error: unknown): { error: Record<string, string> } {
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : String(error);
  return {
    error: {
      code: 'TRACES_NOT_SENT',
      fault: 'worker',
      message: [code, words].filter((part) => part !== '').join(': '),
      remedy:
        code === '401' || code === '403'
          ? 'Check OTEL_EXPORTER_OTLP_HEADERS: the collector refuses us.'
          : 'Check OTEL_EXPORTER_OTLP_ENDPOINT, and that a collector takes OTLP over HTTP there (port 4318, as a rule).',
    },
  };
}

/** An HTTP status, or the system's word, such as ECONNREFUSED. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : '';
}
