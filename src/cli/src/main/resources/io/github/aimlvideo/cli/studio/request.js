import {api} from './api.js';
import {brushOf, makeMasks, masksOf} from './brush-field.js';
import {isCamera, makeCamera} from './camera.js';
import {differences} from './differences.js';
import {find, setText} from './dom.js';
import {MotionEditor} from './editor/editor.js';
import {makeForm} from './form.js';
import {ImageField} from './image-field.js';
import {imageHelpOf, limitsOf} from './rules.js';

const UNSEEN = 'The studio cannot show this image. The request still contains it; the motion brush needs an image that can be shown.';

/** The request that is being made: the form of its model, and the stage with its image, masks and camera. */
export class RequestForm {
  model;
  main; // the field of the image on the stage
  #isLoading = false;
  #form;
  #editor;
  #limits;
  #masks;
  #camera;
  #stage = Promise.resolve(); // until the image is on it
  #staging = 0; // images that are not on it yet
  #staged; // the value of the image on it
  #undecoded; // the id of the image that the browser could not show
  #kept = {}; // values of models that were left
  #saved = ''; // what was sent or loaded last

  /** `onLeft(values)` gets an image and its masks when another image has come in their place. */
  constructor(forms, {onChange, onBusy, onMessage, onLeft}) {
    this.forms = forms;
    this.onChange = () => { if (!this.#isLoading) onChange(); };
    this.onBusy = onBusy;
    this.onMessage = onMessage;
    this.onLeft = onLeft;
    this.#build(Object.keys(forms)[0]);
  }

  #build(model) {
    this.model = model;
    const schema = this.forms[model];
    const brush = brushOf(schema);
    this.#masks?.stop();
    this.#masks = this.#camera = undefined;
    this.#makeEditor(brush?.limits ?? this.#limits ?? {maxMasks: 6, minPoints: 2, maxPoints: 77});
    this.#editor.setDisabled(brush ? null : 'This model has no motion brush.');
    this.#editor.setCamera(null);
    const imageHelp = name => imageHelpOf(model, name);
    this.#form = makeForm(schema, find('#form'), {
      custom: this.#custom(schema, brush), imageHelp, limits: limitsOf(model),
      onChange: this.onChange, onBusy: this.onBusy, onImage: field => this.#showImage(field),
    });
    this.main = this.images.find(({path}) => path === 'image_url') ?? this.images[0];
    setText(find('#start-limits'), imageHelp('image_url') ?? '');
    this.#showStage();
  }

  #custom(schema, brush) {
    const custom = [];
    if (brush) {
      const make = (_, context) => (this.#masks = makeMasks(brush.names, this.#editor, context));
      custom.push({names: brush.names, title: 'Motion brush', make});
    }
    const camera = Object.keys(schema.properties).find(name => isCamera(schema.properties[name]));
    if (camera) custom.push({names: [camera], title: 'Camera', make: ([part], context) => this.#makeCamera(camera, part, context)});
    return custom;
  }

  #makeCamera(name, schema, {onChange}) {
    const camera = makeCamera(schema, {onChange, onPreview: value => this.#editor.setCamera(value)});
    this.#camera = camera;
    return {...camera, get: () => ({[name]: camera.get()}), set: values => camera.set(values[name])};
  }

  #makeEditor(limits) {
    if (JSON.stringify(limits) === JSON.stringify(this.#limits)) return;
    const container = find('#editor');
    container.replaceChildren();
    this.#limits = limits;
    this.#editor = new MotionEditor(container, limits);
  }

  #showStage() {
    const {info} = this.main ?? {};
    const isShown = Boolean(info) && info.id !== this.#undecoded;
    const isUnseen = !isShown && this.main?.get() !== undefined;
    find('#start').hidden = !this.main || isShown || isUnseen;
    find('#unseen').hidden = Boolean(this.main) && !isUnseen;
    setText(find('#unseen'), isUnseen ? UNSEEN : 'This model takes no image.');
    find('#editor').hidden = !isShown;
  }

  #showImage(field) {
    if (field !== this.main) return;
    const {info} = field;
    this.#showStage();
    this.#staging++;
    this.onBusy();
    this.#stage = this.#stage.then(() => this.#changeStage(info)).finally(() => { this.#staging--; this.onChange(); });
  }

  async #changeStage(info) {
    const left = this.#isLoading ? undefined : await this.#onStage();
    try {
      await this.#editor.setImage(info ?? null);
      this.#undecoded = undefined;
    } catch (error) {
      await this.#editor.setImage(null);
      this.#undecoded = info.id;
      this.onMessage(error.message);
    }
    this.#showStage();
    this.#staged = info && api.valueOf(info);
    await this.#masks?.store();
    this.#camera?.preview();
    if (left && this.#editor.isEmpty) this.onLeft(left);
  }

  /** The image on the stage and what is painted on it, as values of a request; undefined if nothing is. */
  async #onStage() {
    if (this.#editor.isEmpty || !this.#masks) return undefined;
    await this.painted();
    return {[this.main.path]: this.#staged, ...this.#masks.get()};
  }

  /** When what is painted is in the request. */
  async painted() {
    if (this.#masks?.isBusy()) await this.#masks.store();
  }

  get() {
    return {model: this.model, ...this.#form.get()};
  }

  /**
   * Brings a request into the form and onto the stage, or changes nothing if one of its masks cannot be loaded. Returns in words
   * what the form cannot hold. `isSaved`: it can be had again.
   */
  async load(request, {isSaved = true} = {}) {
    const schema = this.forms[request.model];
    if (!schema) throw new Error(`The studio has no form for the model ${request.model}.`);
    return this.#whileLoading(async () => {
      const masks = await masksOf(request, brushOf(schema)?.names ?? []);
      if (request.model !== this.model) this.#build(request.model);
      await this.#fill(request);
      await this.#masks?.load(masks);
      if (isSaved) this.saved(this.get());
      return differences(request, this.get());
    });
  }

  async #whileLoading(action) {
    this.#isLoading = true;
    this.onBusy();
    try {
      return await action();
    } finally {
      this.#isLoading = false;
      this.onChange();
    }
  }

  async #fill(request) {
    this.#form.set(request);
    await this.#form.ready;
    await this.#stage;
  }

  /** Another model with the values that it shares with those before; what is painted stays. */
  changeModel(model) {
    return this.#whileLoading(async () => {
      await this.#form.ready;
      const values = this.#form.get();
      for (const name of Object.keys(this.forms[this.model].properties)) this.#kept[name] = values[name];
      this.#build(model);
      await this.#fill(this.#kept);
      await this.#masks?.store();
    });
  }

  /** Sets some values and leaves the others. */
  set(values) {
    this.#form.change(values);
    this.onChange();
  }

  clearBrush() {
    return this.#masks?.removeAll();
  }

  /** Whether something that was given or painted is not in the request yet. */
  get isBusy() {
    return this.#isLoading || this.#staging > 0 || this.#form.isBusy();
  }

  /** What is incomplete on the stage, in words. */
  brushProblems() {
    return this.#masks?.problems() ?? [];
  }

  showProblems(problems) {
    this.#form.showProblems(problems);
  }

  focus(field) {
    this.#form.focus(field);
  }

  get images() {
    return [...this.#form.fields.values()].filter(control => control instanceof ImageField);
  }

  /** The image field at an element, or that of the stage. */
  imageFieldAt(target) {
    const control = this.#form.fields.get(target?.closest?.('[data-field]')?.dataset.field);
    return control instanceof ImageField ? control : this.main;
  }

  /** The name of the image, for the names of generations. */
  get name() {
    const name = this.main?.info?.name ?? '';
    return name.replace(/\.\w+$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^[-_]+|[-_]+$/g, '').slice(0, 40) || 'video';
  }

  /** The price depends on choices and numbers, not on texts and images. */
  priceKey(request) {
    const {properties} = this.forms[this.model];
    const isPriced = ([name, value]) => typeof value !== 'object' && (typeof value !== 'string' || properties[name]?.enum);
    return JSON.stringify([this.model, Object.entries(request).filter(isPriced)]);
  }

  /** This request can be had again. */
  saved(request) {
    this.#saved = this.#workOf(request);
  }

  /** Whether something would be lost with the page. */
  get isUnsent() {
    const work = this.#workOf(this.get());
    return work !== this.#saved && work !== this.#workOf({model: this.model});
  }

  /** The images do not count: they are files. */
  #workOf(request) {
    const {fields} = this.#form;
    return JSON.stringify(Object.entries(request).filter(([name]) => name !== 'model' && !(fields.get(name) instanceof ImageField)));
  }
}
