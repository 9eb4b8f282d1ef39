import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Drawing} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/drawing.js';
import {LabelDiff} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/history.js';
import {Labels} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/brush.js';

const rows = ({data, width}) => Array.from({length: data.length / width}, (_, y) => data.subarray(y * width, (y + 1) * width).join(''));

test('a brush paints the pixels whose centres are within its radius', () => {
  const labels = new Labels(40, 30);
  const [from, to] = [{x: 8.2, y: 7.1}, {x: 31.4, y: 21.9}];

  labels.line(from, to, 5.3, 3);

  for (let y = 0; y < 30; y++) {
    for (let x = 0; x < 40; x++) {
      const part = Math.min(1, Math.max(0, ((x + 0.5 - from.x) * 23.2 + (y + 0.5 - from.y) * 14.8) / (23.2 ** 2 + 14.8 ** 2)));
      const distance = Math.hypot(x + 0.5 - from.x - part * 23.2, y + 0.5 - from.y - part * 14.8);
      assert.equal(labels.data[y * 40 + x], distance < 5.3 ? 3 : 0, `${x}, ${y}`);
    }
  }
});

test('the smallest brush draws a line without gaps', () => {
  const labels = new Labels(8, 4);

  labels.line({x: 0.5, y: 0.5}, {x: 7.5, y: 3.5}, 0.5, 1);

  for (let x = 0; x < 8; x++) assert.ok([0, 1, 2, 3].some(y => labels.at(x, y)), `column ${x}`);
});

test('a brush outside the image paints nothing and does not fail', () => {
  const labels = new Labels(8, 4);

  const rects = labels.line({x: -50, y: -50}, {x: -20, y: 60}, 4, 1);

  assert.deepEqual(rects, []);
  assert.ok(labels.data.every(label => label === 0));
});

test('a fill stays inside an outline', () => {
  const labels = new Labels(7, 6);
  labels.polygon([{x: 1, y: 1}, {x: 6, y: 1}, {x: 6, y: 5}, {x: 1, y: 5}], 2);
  labels.polygon([{x: 2, y: 2}, {x: 5, y: 2}, {x: 5, y: 4}, {x: 2, y: 4}], 0);

  const area = labels.fill(3, 3, 2);

  assert.deepEqual(rows(labels), ['0000000', '0222220', '0222220', '0222220', '0222220', '0000000']);
  assert.deepEqual(area, {x0: 2, y0: 2, x1: 5, y1: 4, pixels: 6});
});

test('a polygon that crosses itself leaves its middle free', () => {
  const labels = new Labels(100, 100);
  const star = [0, 2, 4, 1, 3].map(i => ({x: 50 + 45 * Math.sin(i * 0.4 * Math.PI), y: 50 - 45 * Math.cos(i * 0.4 * Math.PI)}));

  labels.polygon(star, 1);

  assert.equal(labels.at(50, 50), 0);
  assert.equal(labels.at(50, 15), 1);
});

test('undo and redo restore every pixel and trajectory, without a limit', () => {
  const drawing = new Drawing({width: 300, height: 200});
  const states = [];
  const state = () => JSON.stringify([rows(drawing.labels), drawing.layers.map(layer => drawing.trajectory(layer))]);
  let seed = 7;
  const random = most => (seed = seed * 16807 % 2147483647) % most;
  for (let i = 0; i < 200; i++) {
    states.push(state());
    if (i % 10 === 9) {
      drawing.setTrajectory(1 + random(6), [{x: random(300), y: random(200)}, {x: i, y: i}]);
    } else {
      drawing.begin();
      drawing.line({x: random(300), y: random(200)}, {x: random(300), y: random(200)}, 1 + random(30), 1 + random(7));
      if (!drawing.commit()) states.pop();
    }
  }
  const last = state();

  for (const expected of states.toReversed()) {
    drawing.undo();
    assert.equal(state(), expected);
  }
  assert.equal(drawing.canUndo, false);
  assert.equal(drawing.isEmpty, true);
  while (drawing.redo());
  assert.equal(state(), last);
});

test('a step of a large image takes little memory', () => {
  const labels = new Labels(2500, 1600);
  const before = labels.data.slice();
  labels.line({x: 100, y: 100}, {x: 2400, y: 1500}, 60, 1);

  const diff = LabelDiff.between(before, labels, {x0: 0, y0: 0, x1: 2500, y1: 1600});

  assert.ok(diff.bytes < 32_000, `${diff.bytes} bytes`);
});

test('a cancelled stroke leaves nothing, also not in the history', () => {
  const drawing = new Drawing({width: 30, height: 20});
  drawing.begin();
  drawing.line({x: 3, y: 3}, {x: 20, y: 9}, 4, 2);

  drawing.cancel();

  assert.ok(drawing.labels.data.every(label => label === 0));
  assert.equal(drawing.canUndo, false);
});

test('a change names the layers that are different', () => {
  const drawing = new Drawing({width: 30, height: 20});
  const changes = [];
  drawing.addEventListener('change', ({detail}) => changes.push(detail));
  drawing.polygon([{x: 0, y: 0}, {x: 30, y: 0}, {x: 30, y: 20}], 2);

  drawing.polygon([{x: 0, y: 0}, {x: 30, y: 0}, {x: 30, y: 20}], 5);
  drawing.setTrajectory(3, [{x: 1, y: 1}]);

  assert.deepEqual(changes, [[2], [2, 5], [3]]);
  assert.equal(drawing.isPainted(2), false);
});

test('an image of 40 megapixels is painted at 4, with its own coordinates', () => {
  const drawing = new Drawing({width: 7750, height: 5166});
  assert.ok(drawing.labels.data.length <= 4.01e6);

  drawing.polygon([{x: 0, y: 0}, {x: 3875, y: 0}, {x: 3875, y: 5166}, {x: 0, y: 5166}], 1);

  const {width, height} = drawing.labels;
  assert.equal(drawing.labels.at(width / 2 - 2, height - 1), 2);
  assert.equal(drawing.labels.at(width / 2 + 2, height - 1), 0);
});
