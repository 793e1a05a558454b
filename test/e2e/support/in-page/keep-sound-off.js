/* global DOMException, HTMLMediaElement, window */

// Chromium keeps a page silent until somebody has touched it; whoever drives it by a program counts as somebody.
const play = HTMLMediaElement.prototype.play;
let isTouched = false;
window.addEventListener('click', () => (isTouched = true), { capture: true });
HTMLMediaElement.prototype.play = function playOnceTouched() {
  return isTouched
    ? play.call(this)
    : Promise.reject(new DOMException('nobody has touched the page', 'NotAllowedError'));
};
