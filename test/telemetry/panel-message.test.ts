import { describe, expect, it } from 'vitest';
import { mayWatch, PANEL_GRANT } from '../../src/telemetry/panel/grant.js';
import { decodePacket, encodePacket, panelEntry } from '../../src/telemetry/panel/message.js';

const written = { seq: 3, at: '2026-01-01T10:00:00.000Z' };
const state = { ...written, type: 'state', state: 'talking' } as const;

describe('what a panel is told', () => {
  it('is what happens, without what anybody said or wrote in a report', () => {
    expect(panelEntry(state)).toEqual(state);
    const utterance = {
      ...written,
      type: 'utterance',
      role: 'caller',
      text: 'a secret',
      itemId: 'item_1',
      saidAt: written.at,
    };
    expect(panelEntry(utterance)).toBeUndefined();
    expect(panelEntry({ ...written, type: 'nothing we know' })).toBeUndefined();
  });

  it('is that a tool ran, not what it was given or gave', () => {
    const tool = { ...written, type: 'tool', name: 'save_report', isError: false };
    const told = panelEntry({ ...tool, arguments: '{"summary":"weak"}', output: '"Saved"' });
    expect(JSON.stringify(told)).not.toMatch(/weak|Saved/);
    expect(told).toMatchObject(tool);
  });

  it('arrives as it was sent', () => {
    expect(decodePacket(encodePacket([state]))).toEqual([state]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another version', JSON.stringify({ v: 2, entries: [state] })],
    ['a stranger’s entry', JSON.stringify({ v: 1, entries: [{ type: 'utterance' }, null] })],
  ])('is nothing when the packet is %s', (_what, text) => {
    expect(decodePacket(new TextEncoder().encode(text))).toEqual([]);
  });
});

describe('the grant', () => {
  it('is one value of one attribute, and nothing else', () => {
    expect(mayWatch(PANEL_GRANT)).toBe(true);
    expect(mayWatch({})).toBe(false);
    expect(mayWatch({ 'call.panel': '' })).toBe(false);
  });
});
