/** What the tests' pages offer. */
export const OFFERED = [
  { id: 'hr-screening-en', title: 'First screening, backend engineer', language: 'en' },
  { id: 'hr-screening-ru', title: 'Первое собеседование, бэкенд', language: 'ru' },
] as const;
