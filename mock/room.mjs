// What the mock remembers. Each base URL http://127.0.0.1:4010/rooms/NAME has lives, creates and generations of its own, so that
// tests which run at the same time do not meet; without /rooms/NAME it is one room for all.
import { randomBytes } from 'node:crypto';

const rooms = new Map();

/** The room of that name, and the path in it. */
export function roomAt(pathname) {
  const [, name = '', path = pathname] = /^\/rooms\/([\w-]+)(\/.*)$/.exec(pathname) ?? [];
  if (!rooms.has(name)) rooms.set(name, new Room(name));
  return { room: rooms.get(name), prefix: name && `/rooms/${name}`, path };
}

class Room {
  constructor(name) {
    this.name = name;
    /** Lives that no create has begun yet, the next first. */
    this.lives = [];
    /** Lives whose creates were refused so far, with their client request ids if they have one: they come again. */
    this.refused = [];
    /** What was created, by id, the newest last. */
    this.generations = new Map();
  }

  /** Forgets all; what is still being answered does not come into the next room of that name. */
  forget() {
    rooms.delete(this.name);
  }

  /** Takes the scripted life of a create, if there is one. */
  lifeFor(clientRequestId) {
    const again = this.refused.findIndex((create) => create.clientRequestId === clientRequestId);
    return again < 0 ? this.lives.shift() : this.refused.splice(again, 1)[0].life;
  }

  /** Keeps the life of a create for when it is sent again. */
  refuse(life, clientRequestId) {
    this.refused.push({ life, clientRequestId });
  }

  /** Begins a generation and returns its id. */
  create(life, clientRequestId, body) {
    const id = randomBytes(16).toString('base64url').slice(0, 21);
    this.generations.set(id, { createdAt: Date.now(), life, clientRequestId, body });
    return id;
  }

  /** What the creates that were accepted said. */
  creates() {
    return [...this.generations].map(([generationId, { clientRequestId, body }]) => ({ generationId, clientRequestId, model: body.model, body }));
  }

  /** A page of the creates as calls of the account, the newest first. */
  logs(limit, offset) {
    const rows = [...this.generations].reverse().map(([id, { createdAt, clientRequestId, life }]) => ({
      created: new Date(createdAt).toISOString(),
      status: life.end.status === 'completed' ? 'succeeded' : 'failed',
      inference_id: id,
      client_request_id: clientRequestId,
    }));
    const pagination = { limit, offset, total: rows.length, has_more: offset + limit < rows.length };
    return { data: rows.slice(offset, offset + limit), pagination };
  }
}
