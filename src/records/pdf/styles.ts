import type { TextStyle } from './pages.js';

export const INK = '#1f2933';
export const QUIET = '#616e7c';
export const ACCENT = '#1d4f91';
export const LINE = '#d5dbe1';
export const SHADE = '#f2f5f9';
export const AMBER = '#b7791f';
export const AMBER_SHADE = '#fdf6e3';

const style = (size: number, weight: TextStyle['weight'], color: string): TextStyle => ({
  size,
  weight,
  color,
});

export const TITLE = style(21, 'bold', INK);
export const HEADING = style(13, 'bold', ACCENT);
export const BODY = style(10, 'regular', INK);
export const STRONG = style(10, 'bold', INK);
export const LABEL = style(9, 'regular', QUIET);
export const FACT = style(10, 'regular', QUIET);
export const NOTE = style(9.5, 'regular', AMBER);
export const QUOTE = style(9, 'regular', INK);
export const FOOTER = style(8, 'regular', QUIET);
