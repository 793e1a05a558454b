/** One WebSocket frame as bytes (RFC 6455, 5.2). `first` is FIN, reserved bits and opcode. */
export function frame(first: number, payload: Buffer, { masked = false } = {}): Buffer {
  const mask = masked ? 0x80 : 0;
  const key = masked ? [1, 2, 3, 4] : [];
  const body = masked ? payload.map((byte, n) => byte ^ (key[n % 4] ?? 0)) : payload;
  return Buffer.concat([Buffer.from([first, ...lengthOf(payload.length, mask), ...key]), body]);
}

/** A close frame with any code, also with one that must never be sent, such as 1006. */
export function closeFrame(code: number, reason: string): Buffer {
  const status = Buffer.alloc(2);
  status.writeUInt16BE(code);
  return frame(0x88, Buffer.concat([status, Buffer.from(reason)]));
}

function lengthOf(length: number, mask: number): number[] {
  if (length < 126) {
    return [mask | length];
  }
  return [mask | 126, length >> 8, length & 0xff];
}

/** Whether `ws` sends a close frame with this code; the others must not be sent, and so are worth sending. */
export function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;
}
