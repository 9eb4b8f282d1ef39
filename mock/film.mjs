// The film of every generation.
import { readFileSync } from 'node:fs';
import { send, sendHalf } from './http.mjs';

const film = readFileSync(new URL('sample.mp4', import.meta.url));

/** The film, whole or the one range that was asked for (RFC 9110, section 14); on request only half of it. */
export function serveFilm(request, response, half) {
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: '"sample"' };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const [from, to] = range ? [range[1], range[2]] : ['', ''];
  const wrong = (from === '' && to === '') || (from !== '' && to !== '' && Number(from) > Number(to));
  const deliver = half ? sendHalf : send;
  if (wrong) return deliver(response, 200, headers, film, request.method);
  const first = from === '' ? Math.max(0, film.length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? film.length - 1 : Math.min(Number(to), film.length - 1);
  if (first > last) return send(response, 416, { ...headers, 'content-range': `bytes */${film.length}` }, '', request.method);
  headers['content-range'] = `bytes ${first}-${last}/${film.length}`;
  return deliver(response, 206, headers, film.subarray(first, last + 1), request.method);
}
