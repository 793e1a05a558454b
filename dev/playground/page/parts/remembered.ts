/** What this browser remembers of somebody's choices. Where it may not, nothing is lost but them. */
export const remembered = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`steadfast.${name}`);
    } catch {
      return null;
    }
  },
  write(name: string, value: string): void {
    try {
      localStorage.setItem(`steadfast.${name}`, value);
    } catch {
      // Forbidden, or full.
    }
  },
};
