// Documentation pages in Markdown, with a JSON block after each heading such as "## POST /path".
import { UserError } from './schemas.mjs';

export const HEADING = /^#{1,6}\s+(GET|POST|PUT|PATCH|DELETE)\s+`?(?:https?:\/\/[^/\s]+)?(\/[^\s`]*)`?\s*$/i;
const FENCE = /^\s*(?:```|~~~)\s*(\w*)/;

export const isPage = (text, name) => /\.(md|markdown)$/i.test(name) || text.split('\n').some((line) => HEADING.test(line));

/** The JSON block after each heading, as `{ text, line, title }`. */
export function blocksOf(text) {
  const scan = new PageScan();
  text.split('\n').forEach((line, index) => scan.add(line, index + 1));
  return scan.result();
}

class PageScan {
  blocks = [];
  heading; // whose block has not begun
  block; // that has not ended
  inOtherBlock = false;

  add(line, number) {
    const [fence, language] = FENCE.exec(line) ?? [];
    if (this.inOtherBlock) this.inOtherBlock = !fence;
    else if (this.block && fence) this.endBlock();
    else if (this.block) this.block.lines.push(line);
    else if (HEADING.test(line)) this.beginOperation({ title: line.trim(), line: number });
    else if (fence && this.heading && /^(json|ya?ml)?$/i.test(language)) this.block = { lines: [], line: number + 1, title: this.heading.title };
    else if (fence) this.inOtherBlock = true;
  }

  beginOperation(heading) {
    this.requireNoHeading();
    this.heading = heading;
  }

  endBlock() {
    const { lines, line, title } = this.block;
    this.blocks.push({ text: lines.join('\n'), line, title });
    this.block = this.heading = undefined;
  }

  requireNoHeading() {
    if (this.heading) throw new UserError(`line ${this.heading.line}: no JSON block after "${this.heading.title}"`);
  }

  result() {
    if (this.block) throw new UserError(`line ${this.block.line - 1}: the block has no end`);
    this.requireNoHeading();
    if (this.blocks.length === 0) throw new UserError('no JSON block after a heading such as "## POST /path"');
    return this.blocks;
  }
}
