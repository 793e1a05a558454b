import { Call } from './call.js';
import { askForCall, askForOffer } from './server.js';
import { View } from './view.js';
import { agentDoes, endInWords, microphoneProblem } from './words.js';

const view = new View();
/** The call that is going on, if one is. @type {Call | undefined} */
let call;

view.start.addEventListener('submit', (event) => {
  event.preventDefault();
  void startCall();
});
view.retry.addEventListener('click', () => void retry());
view.leave.addEventListener('click', () => void call?.leave());
view.hear.addEventListener('click', () => void call?.allowHearing());
view.mute.addEventListener('click', () => void toggleMute());

try {
  view.showOffer(await askForOffer());
} catch (error) {
  view.showProblem(error.message);
}

async function startCall() {
  const mine = new Call(handlersFor(() => mine));
  call = mine;
  view.showCall();
  try {
    view.showState('Asking for the microphone …');
    await mine.openMicrophone().catch((error) => {
      throw new Error(microphoneProblem(error), { cause: error });
    });
    view.showState('Connecting …');
    await mine.join(await askForCall(view.interview.value));
  } catch (error) {
    // A call that was left on purpose ends its joining with an error too.
    if (call === mine) {
      endCall({ problem: error.message });
      await mine.leave();
    }
  }
}

async function retry() {
  const failed = call;
  call = undefined;
  await failed?.leave();
  await startCall();
}

async function toggleMute() {
  if (call !== undefined) {
    await call.mute(!call.muted);
    view.showMuted(call.muted);
  }
}

function endCall(end) {
  call = undefined;
  view.showEnd(end);
}

/** What the page does when something happens in a call, as long as that call is the one going on. */
function handlersFor(mine) {
  const whileCurrent =
    (act) =>
    (...args) => {
      if (call === mine()) {
        act(...args);
      }
    };
  return {
    waiting: whileCurrent(() => view.showState('Waiting for the agent …')),
    agent: whileCurrent((attributes) => {
      view.hideProblem();
      view.showCallId(attributes['call.id']);
      view.showState(agentDoes(attributes), attributes['lk.agent.state']);
    }),
    noAgent: whileCurrent(() => view.showProblem(endInWords('no-agent').problem)),
    transcript: whileCurrent((reader, speaker) => void view.transcript.read(reader, speaker)),
    hearing: whileCurrent((allowed) => view.showHearing(allowed)),
    reconnecting: whileCurrent(() => view.showState('Your connection was lost. Reconnecting …')),
    ended: whileCurrent((how, attributes) => endCall(endInWords(how, attributes['call.outcome']))),
  };
}
