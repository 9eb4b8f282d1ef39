import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cameraTransforms, moves} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/camera-preview.js';
import {Viewport} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/viewport.js';

function fitted() {
  const viewport = new Viewport();
  viewport.resize({image: {width: 2000, height: 1000}, stage: {width: 500, height: 500}});
  return viewport;
}

test('an image is shown whole and in the middle', () => {
  const viewport = fitted();

  assert.deepEqual(viewport.toImage({x: 250, y: 250}), {x: 1000, y: 500});
  assert.deepEqual(viewport.toStage({x: 0, y: 0}), {x: 0, y: 125});
});

test('zooming keeps the point under the pointer', () => {
  const viewport = fitted();
  const at = {x: 140, y: 210};
  const before = viewport.toImage(at);

  viewport.zoom(3.7, at);

  const after = viewport.toImage(at);
  assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1e-9);
});

test('the image cannot be lost by panning', () => {
  const viewport = fitted();

  viewport.pan(-1e6, 1e6);

  const {x} = viewport.toStage({x: 2000, y: 0});
  const {y} = viewport.toStage({x: 0, y: 0});
  assert.ok(x >= 64 && y <= 500 - 64);
});

test('an image that was fitted stays fitted when the stage grows', () => {
  const viewport = fitted();

  viewport.resize({stage: {width: 1000, height: 600}});

  assert.equal(viewport.scale, 0.5);
});

const end = config => cameraTransforms({type: 'simple', config}, {width: 1000, height: 500})[1];

test('the image goes against the camera', () => {
  assert.match(end({horizontal: 4}), /translate3d\(-100px, 0px, 0px\)/); // to the right: things go left
  assert.match(end({vertical: 4}), /translate3d\(0px, 50px, 0px\)/); // up: things go down
  assert.match(end({pan: -5}), /rotateY\(-9deg\)/);
  assert.match(end({tilt: 5}), /rotateX\(7.5deg\)/);
  assert.match(end({roll: 5}), /rotateZ\(-15deg\)/); // clockwise: things turn counterclockwise
  assert.match(end({zoom: -10}), /^scale\(1.7\)/); // below 0 things come nearer
});

test('named moves move without amounts, and nothing moves without a camera', () => {
  for (const type of ['down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward']) assert.equal(moves({type}), true);
  assert.equal(moves(null), false);
  assert.equal(moves({type: 'simple', config: {pan: 0}}), false);
});
