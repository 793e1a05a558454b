import { useEffect, useState } from 'react';
import { LANGUAGES, spoken, useLanguage, useWords } from '../words/language.js';
import { Icon } from './icon.js';
import { remembered } from './remembered.js';

/** Whose page it is, its language and its colours. */
export function Header() {
  const words = useWords();
  const { language, speak } = useLanguage();
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  const turn = (): void => {
    remembered.write('theme', dark ? 'light' : 'dark');
    setDark(!dark);
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

/** What was chosen here before, or else what the system says. */
function isDark(): boolean {
  const chosen = remembered.read('theme');
  return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}
