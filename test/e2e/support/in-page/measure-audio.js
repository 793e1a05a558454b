/* global AudioContext, MediaStream, document, requestAnimationFrame, window */

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves with the first peak above `threshold` (0 to 1) in the audio that the page plays; has no deadline. */
window.hearAgent = async (threshold) => {
  let element;
  while (!(element?.srcObject instanceof MediaStream)) {
    await frame();
    element = [...document.querySelectorAll('audio')].find(({ srcObject }) => srcObject !== null);
  }
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(element.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  for (;;) {
    await frame();
    analyser.getFloatTimeDomainData(samples);
    const peak = Math.max(...samples);
    if (peak > threshold) {
      await audio.close();
      return peak;
    }
  }
};
