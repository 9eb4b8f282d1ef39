/** One colour per layer: the static mask first; far apart in lightness too, and each has its number beside it. */
export const colors = ['#64748b', '#e5484d', '#f5b800', '#2fa36b', '#2f80ed', '#9b51e0', '#00b8c4'];

/** Of a number on such a colour. */
export const textColors = ['#fff', '#fff', '#000', '#fff', '#fff', '#fff', '#000'];

const ALPHA = 140;
const STRIPE_ALPHA = 165;

/** Colours of a pixel by label, as ImageData has them; the static mask is striped, as grey alone is lost on a photo. */
const opaque = color => 0xff000000 | parseInt(color.slice(5, 7) + color.slice(3, 5) + color.slice(1, 3), 16);
const translucent = (color, alpha) => (opaque(color) & 0xffffff | alpha << 24) >>> 0;
const plain = Uint32Array.from([0, ...colors.map(color => translucent(color, ALPHA))]);
const light = translucent('#f1f5f9', ALPHA);
plain[1] = translucent('#334155', STRIPE_ALPHA);

/** Colours a rectangle of labels, at the top left of the given pixels. */
export function colorize(labels, {x0, y0, x1, y1}, image) {
  const pixels = new Uint32Array(image.data.buffer);
  const stripe = Math.max(3, Math.round(Math.max(labels.width, labels.height) / 160));
  for (let y = y0; y < y1; y++) {
    let from = y * labels.width + x0;
    let to = (y - y0) * image.width;
    for (let x = x0; x < x1; x++) {
      const label = labels.data[from++];
      pixels[to++] = label === 1 && Math.floor((x + y) / stripe) % 2 ? light : plain[label];
    }
  }
}
