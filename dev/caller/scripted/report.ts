/** One turn of a scripted call: what the caller said and what was heard of the agent's reply. */
export interface TurnReport {
  readonly said: string;
  /** Voice in the reply, pauses left out. */
  readonly heardMs: number;
  /** From the end of the caller's line to the reply's first sound; null when none came. */
  readonly replyAfterMs: number | null;
  /** Only of a reply that was talked over: from the caller's first sound to the agent's last. */
  readonly interruptedAfterMs?: number;
}

/** What came of a scripted call. Durations are whole milliseconds; what was not seen is null. */
export interface CallReport {
  /** Voice was heard in the greeting and in every turn, the outcome is `completed`, and there are no problems. */
  readonly ok: boolean;
  /** The call's reason for ending: the agent's attribute `call.outcome`, or the journal's last word. */
  readonly outcome: string | null;
  readonly greetingHeardMs: number;
  readonly turns: readonly TurnReport[];
  /** From the start of joining to the agent's first sound. */
  readonly firstWordMs: number | null;
  /** From the start of joining until room and microphone were there. */
  readonly joinedMs: number | null;
  /** Connections to the simulator that were opened during the call; null with the real service. */
  readonly modelSockets: number | null;
  /** LiveKit's job id. */
  readonly callId: string | null;
  readonly room: string;
  /** Everything that was not as it should be, a sentence each. */
  readonly problems: readonly string[];
}

/** What was seen of a call, before it is judged. */
export interface CallFacts extends Omit<CallReport, 'ok' | 'outcome'> {
  readonly outcomeSeen: string | null;
  /** The journal's; undefined when no journal was to be read. */
  readonly outcomeWritten: string | null | undefined;
  readonly agentsSeen: number;
  /** How many turns the scenario has, and which of them (counted from 0) is to be interrupted. */
  readonly turnsExpected: number;
  readonly interruptExpected: readonly number[];
}

/** Judges a call by what was seen of it. */
export function judge(facts: CallFacts): CallReport {
  const { outcomeSeen, outcomeWritten, agentsSeen, turnsExpected, interruptExpected, ...seen } =
    facts;
  const outcome = outcomeSeen ?? outcomeWritten ?? null;
  const problems = [
    ...seen.problems,
    ...when(seen.greetingHeardMs === 0, 'The greeting was not heard.'),
    ...seen.turns.flatMap(({ said, heardMs }) =>
      when(heardMs === 0, `No reply was heard to: ${said}`),
    ),
    ...when(
      seen.turns.length < turnsExpected,
      `Only ${seen.turns.length} of ${turnsExpected} turns took place.`,
    ),
    ...interruptExpected
      .filter((index) => index < seen.turns.length)
      .flatMap((index) =>
        when(
          seen.turns[index]?.interruptedAfterMs === undefined,
          `The reply of turn ${index + 1} was not interrupted.`,
        ),
      ),
    ...when(agentsSeen > 1, `${agentsSeen} agents were in the room, where one belongs.`),
    ...when(outcome === null, 'No outcome was published.'),
    ...when(
      outcome !== null && outcome !== 'completed',
      `The call ended with ${outcome ?? ''} instead of completed.`,
    ),
    ...when(
      outcomeWritten !== undefined && outcomeSeen !== null && outcomeWritten !== outcomeSeen,
      `The journal says ${outcomeWritten ?? 'nothing'} of the outcome, the room ${outcomeSeen ?? ''}.`,
    ),
    ...when(
      seen.modelSockets !== null && seen.modelSockets !== 1,
      `${seen.modelSockets ?? 0} connections to the model were opened instead of one.`,
    ),
  ];
  return { ...seen, outcome, problems, ok: problems.length === 0 };
}

function when(condition: boolean, problem: string): string[] {
  return condition ? [problem] : [];
}
