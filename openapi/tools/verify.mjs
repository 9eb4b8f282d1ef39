// scripts/regenerate --verify: holds the contract against a real server, with Prism between them as the judge.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiFormat from 'openapi-format';
import { withPrism } from './prism.mjs';
import { ADDRESS, SERVER } from './published.mjs';
import { readable } from './regenerate.mjs';
import { Fault } from './schemas.mjs';

const CONTRACT = fileURLToPath(new URL('../aiml-video.yaml', import.meta.url));
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const LOOK_EVERY = 15_000;
const LONGEST = 1_000_000;

/** Says for each operation what differs; gives the exit code. */
export async function verify(args) {
  const options = Object.fromEntries(args.map((each) => each.replace(/^--/, '').split(/=(.*)/s)));
  const server = addressOf(options['base-url'] ?? SERVER);
  const key = process.env.AIML_API_KEY?.trim();
  if (!key) throw new Fault('no API key: set the environment variable AIML_API_KEY');
  const contract = await openapiFormat.parseString(readable(CONTRACT));
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-verify-'));
  try {
    const judged = join(folder, 'contract.json');
    writeFileSync(judged, JSON.stringify(withoutSecurity(contract)));
    return await ask(judged, server, key, contract, 'spend' in options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The server is to refuse what is wrong, not Prism: it checks the key even if it is not to check requests. */
function withoutSecurity(contract) {
  const copy = structuredClone(contract);
  delete copy.security;
  for (const item of Object.values(copy.paths)) for (const operation of Object.values(item)) delete operation.security;
  return copy;
}

async function ask(judged, server, key, contract, spend) {
  return withPrism(['proxy', judged, server, '--errors', '--validate-request=false'], async (prism) => {
    const judge = new Judge(prism, key);
    await judge.create('without a key', {}, [401], { key: false });
    await judge.create('an empty request', {}, [400]);
    await judge.retrieve('without a key', 'nJ8Xcj0YCh8jZL1noqiZH', [401], { key: false });
    await judge.retrieve('an unknown id', 'aiml-video-verify-no-such-id', [404, 400]);
    await judge.retrieve('no id', undefined, [400, 404]);
    if (spend) await generation(judge, contract);
    console.log(judge.differences === 0 ? 'the server keeps the contract, as far as it was asked' : `${judge.differences} of ${judge.asked} answers differ from the contract`);
    return judge.differences === 0 ? 0 : 1;
  });
}

function addressOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Fault(`--base-url is no URL: ${text}`);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    throw new Fault(`--base-url must be https, or http for a loopback address: ${text}`);
  return text.replace(/\/+$/, '');
}

/** One that is paid for: the first example of the contract, looked at until it has ended. */
async function generation(judge, contract) {
  const { examples } = contract.paths[ADDRESS].post.requestBody.content['application/json'];
  const [first] = Object.values(examples);
  const example = first.$ref ? contract.components.examples[first.$ref.split('/').at(-1)] : first;
  const created = await judge.create('a generation', example.value, [200, 201]);
  const id = created?.id ?? created?.generation_id;
  if (!id) return console.log('no id came back: look it up in the logs of the account before you try again');
  console.log(`generation ${id}`);
  const until = Date.now() + LONGEST;
  for (let status = created.status; !/^(completed|succeeded|error|failed|cancelled|expired)$/.test(status); ) {
    if (Date.now() > until) return console.log(`still ${status}; not waited for any longer`);
    await new Promise((resolve) => setTimeout(resolve, status === created.status ? 2_000 : LOOK_EVERY));
    const seen = await judge.retrieve(`a generation, ${status}`, id, [200]);
    if (!seen) return;
    status = seen.status;
  }
}

class Judge {
  asked = 0;
  differences = 0;

  constructor(prism, key) {
    this.prism = prism;
    this.key = key;
  }

  create(what, body, expected, { key = true } = {}) {
    const headers = { 'Content-Type': 'application/json' };
    return this.ask(`create, ${what}`, '', { method: 'POST', headers, body: JSON.stringify(body) }, expected, key);
  }

  retrieve(what, id, expected, { key = true } = {}) {
    const query = id === undefined ? '' : `?generation_id=${encodeURIComponent(id)}`;
    return this.ask(`retrieve, ${what}`, query, { headers: {} }, expected, key);
  }

  /** The body of an answer that was expected, else nothing. */
  async ask(what, query, request, expected, withKey) {
    this.asked++;
    if (withKey) request.headers.Authorization = `Bearer ${this.key}`;
    const answer = await fetch(this.prism + ADDRESS + query, { ...request, redirect: 'manual' });
    const text = await answer.text();
    const faults = violations(answer, text);
    if (faults.length === 0 && !expected.includes(answer.status)) faults.push(`the status is ${answer.status}, expected ${expected.join(' or ')}`);
    if (faults.length > 0) this.differences++;
    console.log(faults.length > 0 ? `differs  ${what}: ${faults.join('; ')}` : `ok       ${what}: ${answer.status}`);
    return expected.includes(answer.status) || faults.length === 0 ? json(text) : undefined;
  }
}

/** What Prism has to say against an answer. */
function violations(answer, text) {
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
