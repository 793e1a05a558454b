/* global fetch */

/** What may be asked of the playground's server. Each throws an Error whose message can be shown. */

/** @returns {Promise<{interviews: {id: string, title: string}[], simulated: boolean}>} */
export function askForOffer() {
  return ask('/api/playground');
}

/** @returns {Promise<{url: string, token: string, room: string}>} */
export function askForCall(interview) {
  return ask('/api/calls', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ interview }),
  });
}

async function ask(path, request) {
  const response = await fetch(path, request).catch((cause) => {
    throw new Error('The playground does not answer. Is the demo still running?', { cause });
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}
