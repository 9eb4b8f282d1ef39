// What the mock remembers. Each base URL http://127.0.0.1:4010/sessions/NAME has an account, scripts, creates and generations of its
// own, so tests can run in parallel. All requests without /sessions/NAME share one session.
import { randomBytes, randomUUID } from 'node:crypto';
import { Account, amountOf, toCredits } from './account.mjs';
import { costOf } from './catalog.mjs';
import { isCompleted } from './script.mjs';

const sessions = new Map();

/** The session of a path, its prefix, and the path within it. A new session has this balance. */
export function sessionAt(pathname, balance) {
  const [, name = '', path = pathname] = /^\/sessions\/([\w-]+)(\/.*)$/.exec(pathname) ?? [];
  if (!sessions.has(name)) sessions.set(name, new Session(name, balance));
  return { session: sessions.get(name), prefix: name && `/sessions/${name}`, path };
}

class Session {
  constructor(name, balance) {
    this.name = name;
    this.balance = balance;
    this.account = new Account({ balance });
    /** Scripts that no create has used yet, the next one first. */
    this.scripts = [];
    /** Scripts of creates that failed, each with the client request id if there was one; the client may retry. */
    this.failed = [];
    /** The generations by id, the newest last. */
    this.generations = new Map();
  }

  /** Forgets everything. Requests in progress keep this object, so the next session of that name does not see them. */
  reset() {
    sessions.delete(this.name);
  }

  /** Changes the account; its charges remain. */
  setAccount(json) {
    this.account = this.account.changed({ balance: this.balance, ...json });
  }

  /** Takes the script of a create; undefined if there is none. A retry gets the script of the first attempt. */
  takeScript(clientRequestId) {
    const retried = this.failed.findIndex((create) => create.clientRequestId === clientRequestId);
    return retried < 0 ? this.scripts.shift() : this.failed.splice(retried, 1)[0].script;
  }

  /** Keeps the script of a create that failed for its retry. */
  keepScript(script, clientRequestId) {
    this.failed.push({ script, clientRequestId });
  }

  /** What a create costs, in credits. */
  cost(script, body) {
    return toCredits(script.json.cost ?? costOf(this, body));
  }

  /** Adds a generation and its charges, and returns its id. */
  create(script, clientRequestId, body, cost) {
    const id = randomBytes(16).toString('base64url').slice(0, 21);
    const createdAt = Date.now();
    this.generations.set(id, { createdAt, script, clientRequestId, body, cost, requestId: randomUUID() });
    for (const { after, usd } of script.charges) {
      const credits = usd === undefined ? cost : toCredits(usd);
      this.account.charge(createdAt + (script.duration + after) * 1000, credits, body.model, id);
    }
    return id;
  }

  /** The creates that were accepted. */
  creates() {
    return [...this.generations].map(([generationId, { clientRequestId, body }]) => ({ generationId, clientRequestId, model: body.model, body }));
  }

  /** A page of the account's logs, which have every create that was accepted, the newest first. */
  logs({ from = -Infinity, to = Infinity, models, statuses, limit, offset }) {
    const { clock } = this.account;
    const accepts = (value, values) => values.length === 0 || values.includes(value);
    const rows = [...this.generations]
      .reverse()
      .filter(([, { createdAt }]) => createdAt + clock >= from && createdAt + clock <= to)
      .map((generation) => this.row(generation))
      .filter(({ model, status }) => accepts(model, models) && accepts(status, statuses));
    const pagination = { limit, offset, total: rows.length, has_more: offset + limit < rows.length };
    return { data: rows.slice(offset, offset + limit), pagination };
  }

  row([id, { createdAt, clientRequestId, script, body, cost, requestId }]) {
    const succeeded = isCompleted(script.end.status);
    return {
      created: this.account.time(createdAt),
      status: succeeded ? 'succeeded' : 'failed',
      origin: 'api',
      model: body.model,
      cost: amountOf(succeeded ? cost : 0),
      tokens: { input: 0, output: 0, total: 0 },
      request_id: requestId,
      inference_id: id,
      client_request_id: clientRequestId,
    };
  }
}
