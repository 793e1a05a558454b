/* global document */
import { Transcript } from './transcript.js';

const element = (id) => document.getElementById(id);

/** The page's parts, and the four things they show: an offer, a call, a problem, an outcome. */
export class View {
  start = element('start');
  interview = element('interview');
  join = element('join');
  mute = element('mute');
  leave = element('leave');
  hear = element('hear');
  retry = element('retry');
  transcript = new Transcript(element('transcript'), element('said'));

  /** @param {{interviews: {id: string, title: string}[], simulated: boolean}} offer */
  showOffer({ interviews, simulated }) {
    element('simulated').hidden = !simulated;
    const options = interviews.map(({ id, title }) => {
      const option = document.createElement('option');
      option.value = id;
      option.textContent = title;
      return option;
    });
    this.interview.replaceChildren(...options);
    this.join.disabled = false;
  }

  showCall() {
    this.start.hidden = true;
    element('call').hidden = false;
    this.leave.focus();
    this.hideProblem();
    element('outcome').hidden = true;
    element('conversation').hidden = false;
    this.showMuted(false);
    this.showCallId(undefined);
    this.showHearing(true);
    this.transcript.clear();
  }

  /** What is going on, in one sentence. `agentState` colours the sign beside it. */
  showState(text, agentState = '') {
    const state = element('state');
    if (state.textContent !== text) {
      state.textContent = text;
    }
    state.dataset.agent = agentState;
  }

  showCallId(callId) {
    element('call-id').hidden = callId === undefined;
    element('call-id').textContent = `Call ${callId ?? ''}`;
  }

  showMuted(muted) {
    this.mute.setAttribute('aria-pressed', String(muted));
    this.mute.textContent = muted ? 'Unmute' : 'Mute';
  }

  showHearing(allowed) {
    this.hear.hidden = allowed;
  }

  showProblem(text) {
    element('problem').hidden = false;
    element('problem-text').textContent = text;
  }

  hideProblem() {
    element('problem').hidden = true;
  }

  /** @param {{outcome?: string, problem?: string}} end */
  showEnd({ outcome, problem }) {
    this.start.hidden = false;
    element('call').hidden = true;
    this.join.textContent = 'Start a new call';
    this.hideProblem();
    if (problem !== undefined) {
      this.showProblem(problem);
    }
    element('outcome').hidden = outcome === undefined;
    element('outcome').textContent = outcome ?? '';
    // What had the focus is hidden now.
    (problem === undefined ? this.join : this.retry).focus();
  }
}
