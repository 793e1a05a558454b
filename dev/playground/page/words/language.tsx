import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { remembered } from '../parts/remembered.js';
import { en } from './en.js';
import { ru } from './ru.js';
import type { Words } from './words.js';

export const LANGUAGES = { en: { words: en, name: 'English' }, ru: { words: ru, name: 'Русский' } };
export type Language = keyof typeof LANGUAGES;

const Speech = createContext<{
  readonly language: Language;
  readonly speak: (language: Language) => void;
}>({ language: 'en', speak: () => undefined });

/** Whether the page speaks a language such as "en" or "pt-BR". */
export function spoken(tag: string): Language | undefined {
  const [language = ''] = tag.toLowerCase().split('-');
  return language === 'en' || language === 'ru' ? language : undefined;
}

/** Speaks the language that was chosen here before, or else the browser's, or English. */
export function SpeechProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(
    () =>
      spoken(remembered.read('language') ?? '') ??
      navigator.languages.map(spoken).find((one) => one !== undefined) ??
      'en',
  );
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${LANGUAGES[language].words.title} · Steadfast`;
  }, [language]);
  const value = useMemo(() => {
    const speak = (chosen: Language): void => {
      remembered.write('language', chosen);
      setLanguage(chosen);
    };
    return { language, speak };
  }, [language]);
  return <Speech value={value}>{children}</Speech>;
}

export function useLanguage() {
  return useContext(Speech);
}

/** Everything the page says, in the language it speaks. */
export function useWords(): Words {
  return LANGUAGES[useContext(Speech).language].words;
}
