// A server that publishes a catalogue and documents as the vendor does, for tests.
import { createServer } from 'node:http';
import { SERVER } from './vendor-documents.mjs';

const TYPE = 'internal/video-generations/submit';

/** The URL at which the vendor publishes the document of a model. */
export const docsJsonOf = (id) => `${SERVER}/docs-json?model=${encodeURIComponent(id)}&endpoint=${encodeURIComponent(TYPE)}`;

/** An entry of the catalogue. */
export const entry = (id, { aliases = [], type = TYPE, docsJson = docsJsonOf(id) } = {}) => ({ id, aliases, type, info: { name: id, docsJson }, tags: [] });

/**
 * Calls `work(url, requests)` while a server publishes `models`, a list of entries, and `documents`, a map of id to document. A
 * `respond` comes first: it returns whether it has answered. `requests` are the paths that were requested.
 */
export async function withCatalogue({ models, documents = {}, respond = () => false }, work) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const { pathname, searchParams } = new URL(request.url, SERVER);
    const name = searchParams.get('id')?.toLowerCase();
    const json = (value) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
    const document = documents[searchParams.get('model')];
    if (respond(request, response)) return;
    if (pathname === '/v1/models') json({ object: 'list', data: name ? models.filter(({ id, aliases }) => [id, ...aliases].some((each) => each.toLowerCase() === name)) : models });
    else if (pathname === '/docs-json' && searchParams.get('endpoint') === TYPE && document) json(document);
    else response.writeHead(404).end('{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${server.address().port}`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
