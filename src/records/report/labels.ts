import type { Recommendation } from './report.js';

/** The words of a report that no model writes. */
export interface Labels {
  readonly report: string;
  readonly transcript: string;
  readonly call: string;
  readonly interview: string;
  readonly candidate: string;
  readonly date: string;
  readonly duration: string;
  readonly outcome: string;
  readonly recommendation: string;
  readonly recommendations: Readonly<Record<Recommendation, string>>;
  readonly summary: string;
  readonly scores: string;
  readonly criterion: string;
  readonly score: string;
  readonly evidence: string;
  readonly questions: string;
  readonly notAsked: string;
  readonly late: string;
  readonly partial: string;
  readonly transcriptOnly: string;
  readonly nothingSaid: string;
  readonly interrupted: string;
  readonly cut: string;
  readonly page: string;
  readonly speakers: { readonly agent: string; readonly caller: string };
}

const en: Labels = {
  report: 'Interview report',
  transcript: 'Transcript',
  call: 'Call',
  interview: 'Interview',
  candidate: 'Candidate',
  date: 'Date (UTC)',
  duration: 'Duration',
  outcome: 'Outcome',
  recommendation: 'Recommendation',
  recommendations: {
    'strong-yes': 'Strong yes',
    yes: 'Yes',
    no: 'No',
    'strong-no': 'Strong no',
    undecided: 'Undecided',
  },
  summary: 'Summary',
  scores: 'Scores',
  criterion: 'Criterion',
  score: 'Score (1–5)',
  evidence: 'Evidence',
  questions: 'Questions',
  notAsked: 'Not asked.',
  late: 'This report was made after the call, from its transcript.',
  partial: 'The interview is incomplete: it ended early, or not every question was asked.',
  transcriptOnly: 'No report could be made of this interview; below is what was said.',
  nothingSaid: 'Nobody said anything.',
  interrupted: 'interrupted',
  cut: 'The rest is in transcript.md.',
  page: 'Page',
  speakers: { agent: 'Interviewer', caller: 'Candidate' },
};

const ru: Labels = {
  report: 'Отчёт о собеседовании',
  transcript: 'Расшифровка',
  call: 'Звонок',
  interview: 'Собеседование',
  candidate: 'Кандидат',
  date: 'Дата (UTC)',
  duration: 'Длительность',
  outcome: 'Итог звонка',
  recommendation: 'Рекомендация',
  recommendations: {
    'strong-yes': 'Определённо да',
    yes: 'Да',
    no: 'Нет',
    'strong-no': 'Определённо нет',
    undecided: 'Не решено',
  },
  summary: 'Кратко',
  scores: 'Оценки',
  criterion: 'Критерий',
  score: 'Оценка (1–5)',
  evidence: 'Подтверждение',
  questions: 'Вопросы',
  notAsked: 'Вопрос не был задан.',
  late: 'Отчёт составлен после звонка по его расшифровке.',
  partial: 'Собеседование неполное: оно закончилось раньше, или заданы не все вопросы.',
  transcriptOnly: 'Отчёт об этом собеседовании составить не удалось; ниже всё, что было сказано.',
  nothingSaid: 'Никто ничего не сказал.',
  interrupted: 'прервано',
  cut: 'Остальное в файле transcript.md.',
  page: 'Страница',
  speakers: { agent: 'Интервьюер', caller: 'Кандидат' },
};

const BY_LANGUAGE: Readonly<Record<string, Labels>> = { en, ru };

/** The words for an interview's language, "en" or "pt-BR"; English where there are none. */
export function labelsFor(language: string): Labels {
  return BY_LANGUAGE[language.split('-')[0] ?? ''] ?? en;
}
