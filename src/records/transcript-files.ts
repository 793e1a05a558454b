import type { CallFacts } from './call/call-facts.js';
import { markdownText } from './clean-text.js';
import { labelsFor } from './report/labels.js';

/** `transcript.json`: both sides, in the order in which they began to speak. */
export function transcriptJson(facts: CallFacts): string {
  const { callId, room, interview, language, candidateId, startedAt, utterances } = facts;
  return JSON.stringify(
    {
      callId,
      room,
      interview,
      language,
      candidateId,
      startedAt,
      utterances: utterances.map(({ role, text, saidAt, interrupted }) => ({
        role,
        text,
        saidAt,
        interrupted,
      })),
    },
    undefined,
    2,
  );
}

/** `transcript.md`: the same, to be read. What was said is shown letter by letter, whatever it looks like. */
export function transcriptMarkdown(facts: CallFacts): string {
  const labels = labelsFor(facts.language);
  const lines = facts.utterances.map(
    ({ role, text, saidAt, interrupted }) =>
      `**${labels.speakers[role]}** (${clock(saidAt)}): ${markdownText(text)}${interrupted === true ? ` *[${labels.interrupted}]*` : ''}`,
  );
  const head = [`# ${labels.transcript}`, `${markdownText(facts.interview)} · ${facts.startedAt}`];
  const body = lines.length === 0 ? [`*${labels.nothingSaid}*`] : lines;
  return `${[...head, ...body].join('\n\n')}\n`;
}

/** The time of day in UTC, "12:34:56", of an ISO 8601 time; what it is given when that is none. */
export function clock(at: string): string {
  return /T(\d\d:\d\d:\d\d)/.exec(at)?.[1] ?? markdownText(at);
}
