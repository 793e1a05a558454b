import { setLogLevel } from 'livekit-client';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { SpeechProvider } from './words/language.js';
import './styles/page.css';
import './styles/start.css';
import './styles/call.css';
import './styles/developer.css';

setLogLevel('warn');

const page = document.getElementById('page');
if (page === null) {
  throw new Error('index.html has no place for the page.');
}
createRoot(page).render(
  <SpeechProvider>
    <App />
  </SpeechProvider>,
);
