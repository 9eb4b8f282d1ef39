// The video of every generation.
import { readFileSync } from 'node:fs';
import { send, sendHalf } from './http.mjs';

const video = readFileSync(new URL('sample.mp4', import.meta.url));

/** Serves the whole video or the one requested range (RFC 9110, section 14). If truncated, the connection breaks halfway. */
export function serveVideo(request, response, truncated) {
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: '"sample"' };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const [from, to] = range ? [range[1], range[2]] : ['', ''];
  const invalid = (from === '' && to === '') || (from !== '' && to !== '' && Number(from) > Number(to));
  const deliver = truncated ? sendHalf : send;
  if (invalid) return deliver(response, 200, headers, video, request.method);
  const first = from === '' ? Math.max(0, video.length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? video.length - 1 : Math.min(Number(to), video.length - 1);
  if (first > last) return send(response, 416, { ...headers, 'content-range': `bytes */${video.length}` }, '', request.method);
  headers['content-range'] = `bytes ${first}-${last}/${video.length}`;
  return deliver(response, 206, headers, video.subarray(first, last + 1), request.method);
}
