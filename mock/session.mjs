// What the mock remembers. Each base URL http://127.0.0.1:4010/sessions/NAME has scripts, creates and generations of its own, so
// tests can run in parallel. All requests without /sessions/NAME share one session.
import { randomBytes } from 'node:crypto';
import { isCompleted } from './script.mjs';

const sessions = new Map();

/** The session of a path, its prefix, and the path within it. */
export function sessionAt(pathname) {
  const [, name = '', path = pathname] = /^\/sessions\/([\w-]+)(\/.*)$/.exec(pathname) ?? [];
  if (!sessions.has(name)) sessions.set(name, new Session(name));
  return { session: sessions.get(name), prefix: name && `/sessions/${name}`, path };
}

class Session {
  constructor(name) {
    this.name = name;
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

  /** Takes the script of a create; undefined if there is none. A retry gets the script of the first attempt. */
  takeScript(clientRequestId) {
    const retried = this.failed.findIndex((create) => create.clientRequestId === clientRequestId);
    return retried < 0 ? this.scripts.shift() : this.failed.splice(retried, 1)[0].script;
  }

  /** Keeps the script of a create that failed for its retry. */
  keepScript(script, clientRequestId) {
    this.failed.push({ script, clientRequestId });
  }

  /** Adds a generation and returns its id. */
  create(script, clientRequestId, body) {
    const id = randomBytes(16).toString('base64url').slice(0, 21);
    this.generations.set(id, { createdAt: Date.now(), script, clientRequestId, body });
    return id;
  }

  /** The creates that were accepted. */
  creates() {
    return [...this.generations].map(([generationId, { clientRequestId, body }]) => ({ generationId, clientRequestId, model: body.model, body }));
  }

  /** A page of the account's logs, which have every create that was accepted, the newest first. */
  logs(limit, offset) {
    const rows = [...this.generations].reverse().map(([id, { createdAt, clientRequestId, script }]) => ({
      created: new Date(createdAt).toISOString(),
      status: isCompleted(script.end.status) ? 'succeeded' : 'failed',
      inference_id: id,
      client_request_id: clientRequestId,
    }));
    const pagination = { limit, offset, total: rows.length, has_more: offset + limit < rows.length };
    return { data: rows.slice(offset, offset + limit), pagination };
  }
}
