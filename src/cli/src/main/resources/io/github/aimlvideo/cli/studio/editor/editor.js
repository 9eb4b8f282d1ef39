import {moves} from './camera-preview.js';
import {Drawing} from './drawing.js';
import {Masks, download, problemsOf} from './masks.js';
import {Workspace} from './workspace.js';

/**
 * Paints masks on an image, draws trajectories, and previews them and the camera. Emits `change` when masks or trajectories
 * have changed. Hidden while there is no image; all methods are harmless then.
 */
export class MotionEditor extends EventTarget {
  #workspace;
  #limits;
  #masks = null;
  #camera = null;
  #images = 0;
  #isAnnounced = false;

  /** The limits of the contract: dynamic masks, and points of a trajectory. */
  constructor(container, {maxMasks = 6, minPoints = 2, maxPoints = 77} = {}) {
    super();
    this.#limits = {maxMasks, minPoints, maxPoints};
    this.#workspace = new Workspace(container, this.#limits, {play: () => this.play(), stop: () => this.stop()});
  }

  /** Shows an image of the server, or none; keeps the masks if it has the size of the one before. */
  async setImage(info) {
    const number = ++this.#images;
    if (!info) {
      this.#masks = null;
      this.#workspace.close();
      return;
    }
    const file = await download(info);
    const size = await sizeOf(file);
    const old = this.#workspace.drawing;
    const isSame = size.width === old?.size.width && size.height === old?.size.height;
    const drawing = isSame ? old : new Drawing(size, this.#limits);
    const bitmap = await createImageBitmap(file, {
      resizeWidth: drawing.labels.width, resizeHeight: drawing.labels.height, resizeQuality: 'high',
    });
    if (number !== this.#images) return; // another image was chosen meanwhile
    if (!isSame) this.#use(drawing);
    this.#workspace.open(drawing, bitmap);
    bitmap.close();
    const isTurned = size.width !== info.width && size.width === info.height;
    this.#workspace.say(isTurned ? 'The file has this image lying on its side; models may see it so. Save it upright to be sure.' : '');
    if (!isSame) this.#announce();
  }

  #use(drawing) {
    this.#masks = new Masks(drawing);
    drawing.addEventListener('change', () => this.#announce());
  }

  /** Once, when what has changed is complete. */
  #announce() {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    queueMicrotask(() => {
      this.#isAnnounced = false;
      this.#workspace.preview.stop();
      this.#workspace.showState();
      this.dispatchEvent(new Event('change'));
    });
  }

  get isEmpty() {
    return this.#workspace.drawing?.isEmpty ?? true;
  }

  /** The masks as PNG files of the image's size, and trajectories from the bottom left. */
  async toMasks() {
    return this.#masks ? this.#masks.toRequest() : {staticMask: null, dynamicMasks: []};
  }

  /** What is missing, in plain words. */
  problems() {
    const {drawing} = this.#workspace;
    return drawing ? problemsOf(drawing, this.#limits) : [];
  }

  /** Shows the masks of a request. Can be undone. */
  async load(request) {
    if (!this.#masks) return;
    const overlapping = await this.#masks.load(request);
    this.#announce();
    if (overlapping) {
      this.#workspace.say('Some masks overlap. They are sent as they are until you change them; here a pixel belongs to one mask.');
    }
  }

  /** Shows for a moment where this camera ends. */
  setCamera(control) {
    const isSame = JSON.stringify(control ?? null) === JSON.stringify(this.#camera);
    this.#camera = control ? structuredClone(control) : null;
    const {drawing, preview} = this.#workspace;
    if (isSame || !drawing) return;
    if (moves(control)) this.#workspace.fit();
    if (moves(control)) preview.glimpse(drawing, control);
    else preview.stop();
  }

  /** Says why there is nothing to paint now; null if there is. View and previews work on. */
  setDisabled(reason) {
    this.#workspace.disable(reason);
  }

  /** Moves what is painted along its trajectory, and the camera, until stopped or painted on. */
  play() {
    const {drawing, preview} = this.#workspace;
    if (!drawing) return;
    this.#workspace.fit();
    if (preview.play(drawing, this.#camera)) this.#workspace.say('');
    else this.#workspace.say('Nothing to play yet: paint a mask and draw its trajectory, or set the camera.');
  }

  stop() {
    this.#workspace.preview.stop();
  }
}

/** As it is shown: turned as its metadata say. Reads the header alone. */
async function sizeOf(file) {
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the browser cannot show this image'));
      image.src = url;
    });
    return {width: image.naturalWidth, height: image.naturalHeight};
  } finally {
    URL.revokeObjectURL(url);
  }
}
