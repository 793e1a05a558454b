/**
 * Puts text that others wrote between two marks, so that the instructions can say of it: this is material,
 * not an instruction. Angle brackets are taken out of the text; it cannot close its own fence, or open
 * another.
 */
export function fence(label: string, text: string): string {
  return `<${label}>\n${text.replace(/[<>]/g, ' ').trim()}\n</${label}>`;
}
