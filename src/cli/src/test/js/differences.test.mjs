import assert from 'node:assert/strict';
import {test} from 'node:test';
import {differences} from '../../main/resources/io/github/aimlvideo/cli/studio/differences.js';

const points = [{x: 1, y: 2}, {x: 3, y: 4}];

test('a form that holds a request has no differences, though its masks are others', () => {
  const loaded = {
    model: 'a/b', prompt: 'runs', seed: null, static_mask: 'https://example.com/mask.png',
    dynamic_masks: [{trajectories: points.map(({x, y}) => ({y, x})), mask: 'image:1'}],
  };
  const held = {model: 'a/b', prompt: 'runs', static_mask: 'image:2', dynamic_masks: [{mask: 'image:3', trajectories: points}]};

  assert.deepEqual(differences(loaded, held), []);
});

test('what a form changes or leaves out is named', () => {
  const mask = {mask: 'image:1', trajectories: points};
  const loaded = {
    duration: 7, tail_image_url: 'https://example.com/a.png', static_mask: 'image:1', dynamic_masks: [mask, mask, mask, mask],
    camera_control: {type: 'down_back', config: {pan: 5}},
  };
  const held = {
    duration: 5, tail_image_url: 'https://example.com/b.png', dynamic_masks: [mask, mask, mask], camera_control: {type: 'down_back'}, cfg_scale: 1,
  };

  assert.deepEqual(differences(loaded, held), [
    'duration 7 became 5',
    'tail_image_url "https://example.com/a.png" became "https://example.com/b.png"',
    'static_mask is left out',
    'dynamic_masks has changed',
    'camera_control {"type":"down_back","config":{"pan":5}} became {"type":"down_back"}',
    'cfg_scale nothing became 1',
  ]);
});
