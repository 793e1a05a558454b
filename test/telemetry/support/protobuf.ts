/** One field of a protobuf message: a number, or the bytes of a text or of a message. */
export interface Field {
  readonly number: number;
  readonly integer: bigint;
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array();

/** The fields of a message, as they stand on the wire (protobuf's encoding, without a schema). */
export function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  const take = (length: number): Uint8Array => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    switch (tag & 7) {
      case 0:
        fields.push({ number, integer: varint(), bytes: NOTHING });
        break;
      case 1: {
        const integer = view.getBigUint64(at, true);
        fields.push({ number, integer, bytes: take(8) });
        break;
      }
      case 2: {
        const length = Number(varint());
        fields.push({ number, integer: 0n, bytes: take(length) });
        break;
      }
      case 5: {
        const integer = BigInt(view.getUint32(at, true));
        fields.push({ number, integer, bytes: take(4) });
        break;
      }
      default:
        throw new Error(`a wire type that OTLP does not use: ${tag & 7}`);
    }
  }
  return fields;
}

/** The bytes of every field of a number. */
export function all(message: Uint8Array, number: number): Uint8Array[] {
  return fieldsOf(message)
    .filter((field) => field.number === number)
    .map(({ bytes }) => bytes);
}

export function text(message: Uint8Array, number: number): string {
  return new TextDecoder().decode(all(message, number).at(-1) ?? NOTHING);
}

export function integer(message: Uint8Array, number: number): bigint {
  return fieldsOf(message).findLast((field) => field.number === number)?.integer ?? 0n;
}
