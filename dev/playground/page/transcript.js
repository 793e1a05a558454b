/* global document */

const FINAL = 'lk.transcription_final';
const SEGMENT = 'lk.segment_id';

/**
 * Shows what both sides say while they say it. Screen readers are told each utterance once, when it is finished.
 */
export class Transcript {
  #list;
  #announcer;
  #entries = new Map();

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} announcer an aria-live region
   */
  constructor(list, announcer) {
    this.#list = list;
    this.#announcer = announcer;
  }

  clear() {
    this.#entries.clear();
    this.#list.replaceChildren();
    this.#announcer.textContent = '';
  }

  /**
   * Reads one text stream: the agent's grows while it speaks, the caller's is a whole text that replaces the last.
   * @param {AsyncIterable<string> & {info: {id: string, attributes?: Record<string, string>}}} reader
   * @param {'agent' | 'caller'} speaker
   */
  async read(reader, speaker) {
    const { id, attributes = {} } = reader.info;
    const entry = this.#entry(attributes[SEGMENT] ?? id, speaker);
    let text = '';
    for await (const chunk of reader) {
      text += chunk;
      entry.textContent = text;
      entry.scrollIntoView({ block: 'nearest' });
    }
    if (speaker === 'agent' || attributes[FINAL] === 'true') {
      entry.parentElement.classList.remove('unfinished');
      this.#announcer.textContent = `${speaker === 'agent' ? 'Agent' : 'You'}: ${text}`;
    }
  }

  #entry(id, speaker) {
    const known = this.#entries.get(id);
    if (known !== undefined) {
      return known;
    }
    const who = document.createElement('span');
    who.className = 'who';
    who.textContent = speaker === 'agent' ? 'Agent' : 'You';
    const text = document.createElement('span');
    text.className = 'text';
    const item = document.createElement('li');
    item.className = `${speaker} unfinished`;
    item.append(who, text);
    this.#list.append(item);
    this.#entries.set(id, text);
    return text;
  }
}
