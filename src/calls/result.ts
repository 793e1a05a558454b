import { printableJson } from './printable.js';

/** What a command has to say: the same, for people and for machines. */
export interface CommandResult {
  /** Lines that are fit for a terminal. */
  readonly text: string;
  readonly json: unknown;
  /** 0, or 1: something was not done. */
  readonly exitCode: 0 | 1;
}

/** A request that cannot be carried out as it stands, in words for a person. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** 2 when the command line or the configuration is wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** As it is printed. */
export function rendered({ text, json }: CommandResult, asJson: boolean): string {
  return `${asJson ? printableJson(json) : text}\n`;
}
