import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isUnderWay, statusOf} from '../../main/resources/io/github/aimlvideo/cli/studio/generations.js';

const cases = [
  [{state: 'NEW'}, 'Waiting to start', true],
  [{state: 'NEW', unsent: true}, 'Not sent yet', false],
  [{state: 'NEW', unsent: true, suspended: true}, 'Not sent yet', false],
  [{state: 'CREATING'}, 'Sending the request', true],
  [{state: 'CREATING', id: 'id-1'}, 'Generating', true],
  [{state: 'CREATING', searching: true}, 'Searching the vendor’s logs', true],
  [{state: 'CREATING', suspended: true}, 'Not finished', false],
  [{state: 'UNKNOWN'}, 'Outcome unknown', false],
  [{state: 'UNKNOWN', searching: true}, 'Searching the vendor’s logs', true],
  [{state: 'RUNNING', status: 'queued'}, 'Queued', true],
  [{state: 'SAVED', status: 'completed'}, 'Ready', false],
];

for (const [generation, status, underWay] of cases) {
  test(`${JSON.stringify(generation)} is "${status}"`, () => {
    assert.equal(statusOf(generation), status);
    assert.equal(isUnderWay(generation), underWay);
  });
}
