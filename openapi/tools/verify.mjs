// scripts/regenerate --verify: compares a real server with the contract. Prism, between them, reports the differences.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { print } from './output.mjs';
import { withPrism } from './prism.mjs';
import { UserError } from './schemas.mjs';
import { checkedUrl } from './server.mjs';
import { OPENAPI, readInput } from './sources.mjs';
import { ADDRESS, SERVER } from './vendor-documents.mjs';
import { valueOf } from './yaml.mjs';

const ENDED = /^(completed|succeeded|error|failed|cancelled|expired)$/;
const FIRST_POLL_MS = 2_000;
const INTERVAL_MS = 15_000;
const TIMEOUT_MS = 1_000_000;

/** Prints for each request whether the response follows the contract; returns the exit code. */
export async function verify(files, { 'base-url': baseUrl = SERVER, spend = false }) {
  const server = checkedUrl(baseUrl);
  const key = process.env.AIML_API_KEY?.trim();
  if (!key) throw new UserError('no API key; set the environment variable AIML_API_KEY');
  const contract = valueOf(readInput(join(OPENAPI, 'aiml-video.yaml')));
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-verify-'));
  try {
    const file = join(folder, 'contract.json');
    writeFileSync(file, JSON.stringify(withoutSecurity(contract)));
    return await withPrism(['proxy', file, server, '--errors', '--validate-request=false'], (prism) => compare(new Comparison(prism, key), contract, spend));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Leaves it to the server to refuse a missing key: Prism would do so even without validating requests. */
function withoutSecurity(contract) {
  const copy = structuredClone(contract);
  delete copy.security;
  for (const item of Object.values(copy.paths)) for (const operation of Object.values(item)) delete operation.security;
  return copy;
}

async function compare(comparison, contract, spend) {
  await comparison.create('without a key', {}, [401], { withKey: false });
  await comparison.create('an empty request', {}, [400]);
  await comparison.retrieve('without a key', 'nJ8Xcj0YCh8jZL1noqiZH', [401], { withKey: false });
  await comparison.retrieve('an unknown id', 'aiml-video-verify-no-such-id', [404, 400]);
  await comparison.retrieve('no id', undefined, [400, 404]);
  if (spend) await generation(comparison, contract);
  const { requests, differences } = comparison;
  print(differences === 0 ? `all ${requests} responses follow the contract` : `${differences} of ${requests} responses differ from the contract`);
  return differences === 0 ? 0 : 1;
}

/** Creates the first example of the contract, which costs credits, and polls it until it ends. */
async function generation(comparison, contract) {
  const [first] = Object.values(contract.paths[ADDRESS].post.requestBody.content['application/json'].examples);
  const example = first.$ref ? contract.components.examples[first.$ref.split('/').at(-1)] : first;
  const created = await comparison.create('a generation', example.value, [200, 201]);
  const id = created?.id ?? created?.generation_id;
  if (!id) return print('no id received; search the logs of the account before you run this again');
  print(`generation ${id}`);
  const deadline = Date.now() + TIMEOUT_MS;
  for (let status = created.status, pause = FIRST_POLL_MS; !ENDED.test(status); pause = INTERVAL_MS) {
    if (Date.now() > deadline) return print(`timed out, still ${status}`);
    await sleep(pause);
    const response = await comparison.retrieve(`a generation, ${status}`, id, [200]);
    if (!response) return;
    status = response.status;
  }
}

class Comparison {
  requests = 0;
  differences = 0;

  constructor(prism, key) {
    this.prism = prism;
    this.key = key;
  }

  create(what, body, expected, options) {
    const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return this.send(`create, ${what}`, '', request, expected, options);
  }

  retrieve(what, id, expected, options) {
    const query = id === undefined ? '' : `?generation_id=${encodeURIComponent(id)}`;
    return this.send(`retrieve, ${what}`, query, { headers: {} }, expected, options);
  }

  /** Returns the body of an expected response, else undefined. */
  async send(what, query, request, expected, { withKey = true } = {}) {
    this.requests++;
    if (withKey) request.headers.Authorization = `Bearer ${this.key}`;
    const response = await fetch(this.prism + ADDRESS + query, { ...request, redirect: 'manual' });
    const text = await response.text();
    const violations = violationsIn(text);
    if (violations.length === 0 && !expected.includes(response.status)) violations.push(`the status is ${response.status}, expected ${expected.join(' or ')}`);
    if (violations.length > 0) this.differences++;
    print(violations.length > 0 ? `differs  ${what}: ${violations.join('; ')}` : `ok       ${what}: ${response.status}`);
    return expected.includes(response.status) ? json(text) : undefined;
  }
}

/** The violations that Prism reports instead of the response. */
function violationsIn(text) {
  const problem = json(text);
  if (!String(problem?.type).includes('stoplight.io/prism/errors')) return [];
  const found = (problem.validation ?? []).map(({ location, message }) => `${(location ?? []).join('.')} ${message}`.trim());
  return found.length > 0 ? found : [problem.detail || problem.title];
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
