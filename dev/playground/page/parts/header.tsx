import { useEffect, useState, useSyncExternalStore } from 'react';
import { LANGUAGES, spoken, useLanguage, useWords } from '../words/language.js';
import { Icon } from './icon.js';
import { remembered } from './remembered.js';

const SYSTEM_DARK = matchMedia('(prefers-color-scheme: dark)');

function followSystem(changed: () => void): () => void {
  SYSTEM_DARK.addEventListener('change', changed);
  return () => SYSTEM_DARK.removeEventListener('change', changed);
}

/** Whose page it is, its language and its colours. */
export function Header() {
  const words = useWords();
  const { language, speak } = useLanguage();
  const [chosen, setChosen] = useState(() => remembered.read('theme'));
  const systemIsDark = useSyncExternalStore(followSystem, () => SYSTEM_DARK.matches);
  const dark = chosen === null ? systemIsDark : chosen === 'dark';
  useEffect(() => {
    if (chosen !== null) {
      document.documentElement.dataset['theme'] = chosen;
    }
  }, [chosen]);
  const turn = (): void => {
    const next = dark ? 'light' : 'dark';
    remembered.write('theme', next);
    setChosen(next);
  };
  return (
    <header>
      <span className="brand">
        <img src="/icon.svg" alt="" width="28" height="28" /> Steadfast
      </span>
      <select
        aria-label={words.language}
        value={language}
        onChange={({ target }) => speak(spoken(target.value) ?? 'en')}
      >
        {Object.entries(LANGUAGES).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="quiet round"
        aria-label={dark ? words.theme.toLight : words.theme.toDark}
        onClick={turn}
      >
        <Icon name={dark ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}
