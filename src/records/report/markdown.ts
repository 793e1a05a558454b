import { markdownText } from '../clean-text.js';
import type { Block, Document } from './document.js';

/** `report.md`. Whatever a model or a candidate wrote is shown letter by letter. */
export function markdownReport({ title, blocks }: Document): string {
  return `${[`# ${title}`, ...blocks.map(write)].join('\n\n')}\n`;
}

function write(block: Block): string {
  switch (block.kind) {
    case 'facts':
      return block.rows
        .map(([label, value]) => `- **${label}:** ${markdownText(value)}`)
        .join('\n');
    case 'note':
      return `> ${markdownText(block.text)}`;
    case 'heading':
      return `## ${block.text}`;
    case 'paragraph':
      return markdownText(block.text);
    case 'verdict':
      return `**${block.label}: ${block.text}**`;
    case 'scores':
      return [
        `| ${block.head.criterion} | ${block.head.score} | ${block.head.evidence} |`,
        '| --- | --- | --- |',
        ...block.rows.map(
          ({ criterion, score, evidence }) =>
            `| ${markdownText(criterion)} | ${score} | ${evidence.map((quote) => `“${markdownText(quote)}”`).join('<br>')} |`,
        ),
      ].join('\n');
    case 'question':
      return `**${markdownText(block.ask)}**\n\n${markdownText(block.note)}`.trimEnd();
    case 'said':
      return `**${block.speaker}** (${block.at}): ${markdownText(block.text)}`;
  }
}
