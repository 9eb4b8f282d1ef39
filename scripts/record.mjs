// Converts a recording of `script` to an animated SVG: node record.mjs OUTPUT TIMING COLUMNS ROWS >SVG
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// scripts/record installs it in the current folder
const { Terminal } = createRequire(`${process.cwd()}/`)('@xterm/headless');

const MAX_PAUSE = 0.9;
const FINAL_PAUSE = 6;
const FRAME = 0.05;
const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
const TITLE = 26;
const COLOURS = ['#484f58', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9',
  '#6e7681', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#f0f6fc'];

const [output, timing, columns, rows] = process.argv.slice(2);
const frames = await play(output, timing, Number(columns), Number(rows));
process.stdout.write(svg(frames, Number(columns)));

/** Replays the recording; returns the screen at each change, with its time. */
async function play(output, timing, cols, rows) {
  const bytes = readFileSync(output);
  // script writes the first line itself
  let at = bytes.indexOf('\n') + 1;
  const terminal = new Terminal({ cols, rows, allowProposedApi: true });
  const frames = [];
  let now = 0;
  let shown = -1;
  for (const line of readFileSync(timing, 'utf8').trim().split('\n')) {
    const [pause, length] = line.split(' ').map(Number);
    now += Math.min(pause, MAX_PAUSE);
    const chunk = bytes.subarray(at, (at += length));
    await new Promise((done) => terminal.write(chunk, done));
    const frame = { time: now, rows: screen(terminal) };
    if (frames.length && now - shown < FRAME) frames[frames.length - 1].rows = frame.rows;
    else {
      frames.push(frame);
      shown = now;
    }
  }
  return { frames, end: now + FINAL_PAUSE, height: Math.max(...frames.map(({ rows }) => rows.length)) };
}

/** Returns the rows of the screen, each as runs of text in one style, without empty rows at the end. */
function screen(terminal) {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: terminal.rows }, (_, y) => runs(active.getLine(active.baseY + y), terminal.cols));
  while (lines.length && lines.at(-1).length === 0) lines.pop();
  return lines;
}

function runs(line, columns) {
  const found = [];
  for (let x = 0; x < columns; x++) {
    const cell = line.getCell(x);
    const text = cell.getChars() || ' ';
    const style = `${colour(cell)}${cell.isBold() ? ' b' : ''}${cell.isDim() ? ' d' : ''}`;
    const last = found.at(-1);
    if (last?.style === style) last.text += text;
    else found.push({ x, text, style });
  }
  const end = found.at(-1);
  end.text = end.text.trimEnd();
  return found.filter(({ text }) => text.trim() !== '');
}

function colour(cell) {
  return cell.isFgDefault() ? '' : `c${cell.getFgColor() & 15}`;
}

function svg({ frames, end, height }, columns) {
  const width = Math.round(columns * CELL.width + 2 * MARGIN);
  const frameHeight = height * CELL.height + 2 * MARGIN + TITLE;
  const keyframes = new Map();
  const body = Array.from({ length: height }, (_, y) => spans(frames, end, y))
    .flatMap((spans, y) => spans.map((span) => render(span, y, end, keyframes)));
  const colours = COLOURS.map((value, i) => `.c${i}{fill:${value}}`).join('');
  const rules = [...keyframes].map(([steps, name]) => `@keyframes ${name}{${steps}}.${name}{animation-name:${name}}`).join('\n');
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map((fill, i) => `<circle cx="${18 + i * 18}" cy="17" r="5.5" fill="${fill}"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${frameHeight}" viewBox="0 0 ${width} ${frameHeight}" role="img">
<title>scripts/demo: a video from an image, then a batch of three</title>
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#e6edf3;white-space:pre}
.b{font-weight:bold}.d{opacity:.65}${colours}
g{visibility:hidden;animation:${end.toFixed(2)}s step-end infinite}
.z{visibility:visible}
@media (prefers-reduced-motion:reduce){g{animation:none}}
${rules}
</style>
<rect width="${width}" height="${frameHeight}" rx="10" fill="#0d1117"/><rect x=".5" y=".5" width="${width - 1}" height="${frameHeight - 1}" rx="9.5" fill="none" stroke="#30363d"/>${buttons}
${body.join('\n')}
</svg>
`;
}

/** Returns the successive contents of row y, each with its start and end time. */
function spans(frames, end, y) {
  const found = [];
  for (const { time, rows } of frames) {
    const line = rows[y] ?? [];
    const key = JSON.stringify(line);
    if (found.at(-1)?.key === key) continue;
    if (found.length) found.at(-1).to = time;
    found.push({ key, line, from: time, to: end });
  }
  return found.filter(({ line }) => line.length);
}

function render({ line, from, to }, y, end, keyframes) {
  const percent = (time) => `${Number(((100 * time) / end).toFixed(3))}%`;
  const hidden = from > 0 ? '0%{visibility:hidden}' : '';
  const steps = `${hidden}${percent(from)}{visibility:visible}${to < end ? `${percent(to)}{visibility:hidden}` : ''}`;
  if (!keyframes.has(steps)) keyframes.set(steps, `k${keyframes.size.toString(36)}`);
  const top = MARGIN + TITLE + (y + 0.75) * CELL.height;
  const texts = line.map(({ x, text, style }) => {
    const length = [...text].length * CELL.width;
    const left = MARGIN + x * CELL.width;
    const of = style.trim() ? ` class="${style.trim()}"` : '';
    return `<text x="${round(left)}" y="${round(top)}" textLength="${round(length)}" lengthAdjust="spacingAndGlyphs"${of}>${escaped(text)}</text>`;
  });
  return `<g class="${keyframes.get(steps)}${to === end ? ' z' : ''}">${texts.join('')}</g>`;
}

function round(number) {
  return Number(number.toFixed(1));
}

function escaped(text) {
  return text.replace(/[&<>]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[each]);
}
