import assert from 'node:assert/strict';
import {test} from 'node:test';
import {distanceToSegment, fromRequest, offsets, simplify, toRequest} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/trajectory.js';

const size = {width: 640, height: 400};
const wave = Array.from({length: 900}, (_, i) => ({x: 20 + i * 0.65, y: 200 + 90 * Math.sin(i / 70) + 20 * Math.sin(i / 19)}));

function farthest(line, points) {
  const distance = point => Math.min(...points.slice(1).map((to, i) => distanceToSegment(point, points[i], to)));
  return Math.max(...line.map(distance));
}

test('a freehand line keeps to the limit of points and stays close', () => {
  const {points, deviation} = simplify(wave, {maxPoints: 77, size});

  assert.equal(points.length, 77);
  assert.ok(deviation < 2, `${deviation}`);
  assert.ok(farthest(wave, points) <= deviation);
});

test('the deviation is told where too few points are left', () => {
  const {points, deviation} = simplify(wave, {maxPoints: 5, size});

  assert.ok(points.length <= 5);
  assert.ok(deviation > 3, `${deviation}`);
  assert.ok(farthest(wave, points) <= deviation);
});

test('fewer points never come closer', () => {
  const deviations = [77, 40, 20, 10, 5, 2].map(maxPoints => simplify(wave, {maxPoints, size}).deviation);

  deviations.slice(1).forEach((deviation, i) => assert.ok(deviation >= deviations[i] - 0.8, `${deviations}`)); // whole pixels
});

test('ends and corners are kept', () => {
  const line = [];
  for (let x = 10; x <= 300; x++) line.push({x, y: 50});
  for (let y = 51; y <= 250; y++) line.push({x: 300, y});

  assert.deepEqual(simplify(line, {maxPoints: 77, size}).points, [{x: 10, y: 50}, {x: 300, y: 50}, {x: 300, y: 250}]);
});

test('a closed line does not collapse', () => {
  const circle = Array.from({length: 361}, (_, i) => ({x: 200 + 80 * Math.cos(i * Math.PI / 180), y: 200 + 80 * Math.sin(i * Math.PI / 180)}));

  const {points, deviation} = simplify(circle, {maxPoints: 77, size});

  assert.ok(points.length > 20);
  assert.ok(deviation < 1.5, `${deviation}`);
});

test('points are whole pixels inside the image', () => {
  const {points} = simplify([{x: -30.4, y: 20.3}, {x: 320.2, y: 900}, {x: 700, y: 10.7}], {maxPoints: 77, size});

  assert.deepEqual(points, [{x: 0, y: 20}, {x: 320, y: 400}, {x: 640, y: 11}]);
});

test('a request counts from the bottom left', () => {
  const points = [{x: 0, y: 0}, {x: 640, y: 400}, {x: 100, y: 30}];

  assert.deepEqual(toRequest(points, 400), [{x: 0, y: 400}, {x: 640, y: 0}, {x: 100, y: 370}]);
  assert.deepEqual(fromRequest(toRequest(points, 400), 400), points);
});

test('a piece moves at one speed', () => {
  assert.deepEqual(offsets([{x: 0, y: 0}, {x: 30, y: 40}, {x: 30, y: 190}]), [0, 0.25, 1]);
});
