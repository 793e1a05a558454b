const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for the inside of an element or an attribute. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}

/**
 * Colours that read on a light and on a dark page: a picture in a README cannot ask which it lies on, only what the reader's
 * system prefers. No background, so whatever the page has is behind it.
 */
export const STYLE = `<style>
    text { font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #24292f }
    .title { font-size: 15px; font-weight: 600 }
    .small { font-size: 11px; fill: #57606a }
    .ours { fill: #1a7f64; stroke: none } .bare { fill: #9aa4ae; stroke: none }
    .line { fill: none; stroke: #1a7f64; stroke-width: 1.5 } .second { fill: none; stroke: #9a6700; stroke-width: 1.5 }
    .axis { stroke: #8c959f; stroke-width: 1 } .grid { stroke: #8c959f; stroke-width: 0.5; stroke-opacity: 0.4 }
    .goal { stroke: #bc4c00; stroke-width: 1.5; stroke-dasharray: 3 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .small { fill: #9198a1 } .ours { fill: #3fb68b } .bare { fill: #656c76 }
      .line { stroke: #3fb68b } .second { stroke: #d29922 } .goal { stroke: #f0883e }
    }
  </style>`;

/** A whole picture. */
export function picture(width: number, height: number, title: string, body: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>${escape(title)}</title>
  ${STYLE}
  ${body.join('\n  ')}
</svg>
`;
}
