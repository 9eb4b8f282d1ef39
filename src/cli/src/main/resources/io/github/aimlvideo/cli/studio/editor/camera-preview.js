/**
 * What a camera move does to the image, as a CSS transform: the image is a plane in front of the camera. The signs are those
 * of the Java client's CameraMoves. How far an amount goes is a guess: neither Kling nor the vendor says it.
 */

/** Of a camera moved by 10: parts of the image's width or height, degrees, and a factor. */
const FARTHEST = {horizontal: 0.25, vertical: 0.25, pan: 18, tilt: 15, roll: 30, zoom: 1.7};
const DISTANCE = 1.2; // of the camera, in widths of the image: a horizontal field of view of 45 degrees

const FIXED = {
  down_back: {vertical: -5, depth: -4},
  forward_up: {tilt: 4, depth: 4},
  right_turn_forward: {pan: 6, depth: 4},
  left_turn_forward: {pan: -6, depth: 4},
};

const amountsOf = control => FIXED[control?.type] ?? control?.config ?? {};

export const moves = control => Object.values(amountsOf(control)).some(amount => Number(amount));

/** Before the move and after it: the same functions, so that the browser can interpolate. */
export function cameraTransforms(control, size) {
  return [transform({}, size), transform(amountsOf(control), size)];
}

function transform(given, {width, height}) {
  const amount = name => (Number(given[name]) || 0) / 10;
  const distance = width * DISTANCE;
  const degrees = name => `${round(amount(name) * FARTHEST[name])}deg`;
  const pixels = value => `${round(value)}px`;
  return [
    `scale(${round(FARTHEST.zoom ** -amount('zoom'))})`, // below 0 the view narrows: things come nearer
    `perspective(${pixels(distance)})`,
    `translateZ(${pixels(distance)})`, // the camera is the centre of its turns
    `rotateZ(${round(-amount('roll') * FARTHEST.roll)}deg)`, // clockwise camera, counterclockwise image
    `rotateX(${degrees('tilt')})`,
    `rotateY(${degrees('pan')})`,
    `translateZ(${pixels(-distance)})`,
    `translate3d(${pixels(-amount('horizontal') * FARTHEST.horizontal * width)}, `
      + `${pixels(amount('vertical') * FARTHEST.vertical * height)}, ${pixels(amount('depth') * distance * 0.6)})`,
  ].join(' ');
}

const round = value => Math.round(value * 1000) / 1000 + 0; // no -0
