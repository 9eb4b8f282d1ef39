import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Drawing} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/drawing.js';
import {problemsOf} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/masks.js';

const square = [{x: 5, y: 5}, {x: 15, y: 5}, {x: 15, y: 15}, {x: 5, y: 15}];

test('a mask needs paint and a trajectory, the static one only paint', () => {
  const drawing = new Drawing({width: 30, height: 20});
  drawing.polygon(square, 0);
  drawing.setTrajectory(1, [{x: 1, y: 1}, {x: 9, y: 9}]);
  drawing.polygon(square.map(({x, y}) => ({x: x + 12, y})), 3);
  drawing.setTrajectory(4, [{x: 1, y: 1}]);
  drawing.polygon(square.map(({x, y}) => ({x: x - 4, y: y + 4})), 4);

  assert.deepEqual(problemsOf(drawing, {minPoints: 2}), [
    'Mask 1 has a trajectory, but nothing is painted: paint what moves.',
    'Mask 3 has no trajectory: draw where it goes.',
    'The trajectory of mask 4 has 1 point: it needs at least 2.',
  ]);
});

test('clearing a mask removes paint and trajectory in one step', () => {
  const drawing = new Drawing({width: 30, height: 20});
  drawing.polygon(square, 2);
  drawing.setTrajectory(2, [{x: 1, y: 1}, {x: 9, y: 9}]);

  drawing.clear(2);
  assert.equal(drawing.isEmpty, true);
  drawing.undo();

  assert.deepEqual(problemsOf(drawing, {minPoints: 2}), []);
  assert.equal(drawing.isPainted(2), true);
});
