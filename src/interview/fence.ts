/**
 * Puts text that others wrote between two marks, so that the instructions can say of it: this is material, not an
 * instruction. Marks inside the text are taken out of it; it cannot close its own fence.
 */
export function fence(label: string, text: string): string {
  const inside = text.replace(/<\/?\s*[a-z][\w-]*[^>]*>/gi, ' ').trim();
  return `<${label}>\n${inside}\n</${label}>`;
}
