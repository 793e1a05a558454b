import { describe, expect, it } from 'vitest';
import type { Item } from '../../../dev/realtime-simulator/protocol/items.js';
import {
  heardIn,
  nextDeed,
  noScenarioText,
  notUnderstood,
  scenarioFor,
} from '../../../dev/realtime-simulator/script.js';
import { text } from './support/matching.js';
import { scenario } from './support/test-simulator.js';

const head = { object: 'realtime.item', status: 'completed' } as const;
let count = 0;
const id = (): string => `item_${++count}`;
const user = (): Item => ({ ...head, id: id(), type: 'message', role: 'user', content: [] });
const call: Item = {
  ...head,
  id: 'call',
  type: 'function_call',
  call_id: 'call_1',
  name: 'get_transcript',
  arguments: '{}',
};
const answered = (output: string): Item => ({
  ...head,
  id: 'output',
  type: 'function_call_output',
  call_id: 'call_1',
  output,
});
const tools = ['get_transcript'];

describe('nextDeed', () => {
  it('greets while nobody has spoken', () => {
    expect(nextDeed(scenario, [], tools)).toEqual({ kind: 'say', text: 'Hello and welcome.' });
  });

  it('takes the turn from the number of user messages, whatever else was restored', () => {
    const system: Item = { ...head, id: id(), type: 'message', role: 'system', content: [] };
    expect(nextDeed(scenario, [system, user()], tools)).toEqual({
      kind: 'say',
      text: 'Tell me more.',
    });
  });

  it('calls the tool first, and then speaks what it answered', () => {
    const items = [user(), user(), user()];
    expect(nextDeed(scenario, items, tools)).toEqual({
      kind: 'call',
      name: 'get_transcript',
      arguments: '{"last":3}',
    });
    expect(nextDeed(scenario, [...items, call, answered('{"utterances":4}')], tools)).toEqual({
      kind: 'say',
      text: 'I noted 4 things.',
    });
  });

  it('reads a tool output that was encoded twice, and says unknown for a field that is missing', () => {
    const items = [user(), user(), user(), call];
    const said = (output: string): unknown =>
      nextDeed(scenario, [...items, answered(output)], tools);
    expect(said('"{\\"utterances\\":4}"')).toMatchObject({ text: 'I noted 4 things.' });
    expect(said('not json')).toMatchObject({ text: 'I noted unknown things.' });
  });

  it('says so when the tool it should call is not offered', () => {
    expect(nextDeed(scenario, [user(), user(), user()], [])).toMatchObject({
      kind: 'say',
      text: text(/get_transcript/),
    });
  });

  it('says that it is a simulator when the script is over, or there is none', () => {
    const items = [user(), user(), user(), user()];
    expect(nextDeed(scenario, items, tools)).toMatchObject({ text: 'Only a simulator.' });
    expect(nextDeed(undefined, [], tools)).toMatchObject({ text: noScenarioText });
  });
});

describe('scenarioFor', () => {
  it('finds a scenario by the first part of a language tag, English by default', () => {
    expect(scenarioFor([scenario], 'en-US')).toBe(scenario);
    expect(scenarioFor([scenario], undefined)).toBe(scenario);
    expect(scenarioFor([scenario], 'fr')).toBeUndefined();
  });
});

describe('heardIn', () => {
  it('reports the line of the turn, and honestly nothing beyond it', () => {
    expect(heardIn(scenario, 2)).toBe('A story please.');
    expect(heardIn(scenario, 9)).toBe(notUnderstood);
    expect(heardIn(undefined, 1)).toBe(notUnderstood);
  });
});
