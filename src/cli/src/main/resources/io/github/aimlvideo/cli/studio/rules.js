import {button} from './dom.js';

export const MAX_IMAGE_BYTES = 10 << 20;

const isKling = model => /^kling-video\//.test(model);

/** Lengths that Kling accepts beyond the contract. */
export const limitsOf = model => (isKling(model) ? {prompt: 2500, negative_prompt: 2500} : {});

/** In place of the contract's words, which are about URLs and Base64. */
export function imageHelpOf(model, name) {
  if (!isKling(model)) return undefined;
  if (name === 'tail_image_url') return 'The last frame of the video. Kling takes it with the same limits as the image.';
  return 'Kling takes JPEG or PNG up to 10 MB, sides of 300 px or more, and ratios from 1:2.5 to 2.5:1.';
}

/**
 * What Kling does not combine, in words for the place where it happens: problems with buttons that resolve them. `covers` is the
 * server's message for the same.
 */
export function conflicts(request, remove) {
  if (!isKling(request.model)) return [];
  const found = [
    {fields: ['camera_control'], name: 'the camera', value: request.camera_control, remedy: ['Remove the camera', remove.camera]},
    {fields: ['tail_image_url'], name: 'the tail image', value: request.tail_image_url, remedy: ['Remove the tail image', remove.tail]},
    {
      fields: ['static_mask', 'dynamic_masks'], name: 'the motion brush', remedy: ['Clear the brush', remove.masks],
      value: request.static_mask ?? request.dynamic_masks,
    },
  ].filter(({value}) => value !== undefined);
  const problems = [];
  for (const part of found) {
    const others = found.filter(other => other !== part);
    if (!others.length) continue;
    problems.push({
      level: 'warning', fields: part.fields, covers: /does not combine/,
      message: `Kling does not combine ${part.name} with ${others.map(other => other.name).join(' or ')}.`,
      actions: others.map(other => button(...other.remedy)),
    });
  }
  const short = found.filter(part => !part.fields.includes('camera_control'));
  if (short.length && ![undefined, 5].includes(request.duration)) {
    const names = short.map(part => part.name).join(' and ');
    problems.push({
      level: 'warning', fields: ['duration'], covers: /only with a duration/,
      message: `Kling takes ${names} only with 5 s.`,
      actions: [button('Set 5 s', remove.duration), ...short.map(part => button(...part.remedy))],
    });
  }
  return problems;
}

/** Kling's limits for images that the request has by URL: the server checks only those whose bytes are in the request. */
export function imageProblems(model, fields) {
  if (!isKling(model)) return [];
  return fields.filter(({info}) => info?.url).flatMap(({path, info}) => limitsExceeded(info)
    .map(([is, accepts]) => ({level: 'warning', message: `${path} ${is}; Kling accepts ${accepts}`, fields: [path]})));
}

function limitsExceeded({type, bytes, width, height}) {
  const ratio = width / height;
  const size = `is ${width}x${height} pixels`;
  return [
    !['image/jpeg', 'image/png'].includes(type) && [`is ${type}`, 'PNG and JPEG'],
    bytes > MAX_IMAGE_BYTES && [`has ${bytes} bytes`, '10 MB'],
    Math.min(width, height) < 300 && [size, 'sides of 300 or more'],
    (ratio > 2.5 || ratio < 0.4) && [size, 'ratios from 1:2.5 to 2.5:1'],
  ].filter(Boolean);
}

/** What is incomplete on the stage: the field itself shows it, in words for a person. */
export function brushProblems(texts) {
  return texts.map(message => ({level: 'error', message, fields: ['static_mask'], covers: /^(static_mask|dynamic_masks)\b/, isShown: true}));
}

/** Each conflict once: it is shown at every field that takes part. */
export const once = own => own.filter(({covers}, index) => own.findIndex(other => other.covers.source === covers.source) === index);

/** The server's problems and ours, which replace the server's words for the same. */
export function merge(problems, own) {
  return [...problems.filter(({message}) => !own.some(({covers}) => covers?.test(message))), ...own];
}
