import { lazy, Suspense } from 'react';
import { CallScreen } from './call/call-screen.js';
import { Header } from './parts/header.js';
import { AccessForm } from './start/access-form.js';
import { StartScreen } from './start/start-screen.js';
import { Notice } from './parts/notice.js';
import { useApp } from './use-app.js';
import { useWords } from './words/language.js';

// Most visitors are no developers: they do not load it.
const DeveloperPanel = lazy(() => import('./developer/panel.js'));

/** The page: one thing at a time, and the developer's panel beside it. */
export function App() {
  const words = useWords();
  const { stage, offer, ...acts } = useApp();
  const developer = offer !== undefined && offer.developer !== 'none';
  return (
    <div className={developer ? 'layout with-panel' : 'layout'}>
      <Header />
      <main>
        {stage.name === 'loading' && <p role="status">{words.loading}</p>}
        {stage.name === 'returning' && <p role="status">{words.start.returning}</p>}
        {stage.name === 'code' && <AccessForm onEntered={acts.load} />}
        {stage.name === 'unreachable' && (
          <Notice kind="problem" action={{ label: words.tryAgain, act: acts.load }}>
            {words.errors.noServer}
          </Notice>
        )}
        {stage.name === 'start' && offer !== undefined && (
          <StartScreen offer={offer} callIsOver={stage.callIsOver} onJoin={acts.join} />
        )}
        {stage.name === 'call' && offer !== undefined && (
          <CallScreen
            call={stage.call}
            simulated={offer.simulated}
            files={offer.files}
            onAgain={acts.again}
          />
        )}
      </main>
      {developer && (
        <Suspense fallback={<aside className="panel" />}>
          <DeveloperPanel
            simulator={offer.developer === 'simulator'}
            call={stage.name === 'call' ? stage.call : undefined}
          />
        </Suspense>
      )}
    </div>
  );
}
