import {api} from './api.js';
import {brushOf, makeMasks} from './brush-field.js';
import {isCamera, makeCamera} from './camera.js';
import {find, setText} from './dom.js';
import {MotionEditor} from './editor/editor.js';
import {makeForm} from './form.js';
import {ImageField} from './image-field.js';
import {imageHelpOf, limitsOf} from './rules.js';

const UNSEEN = 'The studio cannot show this image. The request still contains its URL; the motion brush needs an image that can be shown.';

/** The request that is being made: the form of its model, and the stage with its image, masks and camera. */
export class RequestForm {
  model;
  main; // the field of the image on the stage
  isLoading = false;
  #form;
  #editor;
  #limits;
  #masks;
  #camera;
  #stage = Promise.resolve(); // until the image is on it
  #kept = {}; // values of models that were left
  #saved = ''; // what was sent or loaded last
  #isSettling = false; // a loaded request becomes masks of its own, until somebody touches it

  constructor(forms, {onChange, onBusy, onMessage}) {
    this.forms = forms;
    this.onChange = () => { if (!this.isLoading) onChange(); };
    this.onBusy = onBusy;
    this.onMessage = onMessage;
    const touch = () => { this.#isSettling = false; };
    for (const type of ['pointerdown', 'keydown', 'paste', 'drop']) addEventListener(type, touch, true);
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
      custom: this.#custom(schema, brush), onChange: this.onChange, onImage: field => this.#showImage(field), imageHelp, limits: limitsOf(model),
    });
    this.main = this.images.find(({path}) => path === 'image_url') ?? this.images[0];
    setText(find('#start-limits'), imageHelp('image_url') ?? '');
    this.#showStage();
  }

  #custom(schema, brush) {
    const custom = [];
    if (brush) {
      const make = (_, context) => (this.#masks = makeMasks(brush.names, this.#editor, {...context, onBusy: this.onBusy}));
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
    const isUnseen = !info && this.main?.get() !== undefined;
    find('#start').hidden = !this.main || Boolean(info) || isUnseen;
    find('#unseen').hidden = Boolean(this.main) && !isUnseen;
    setText(find('#unseen'), isUnseen ? UNSEEN : 'This model takes no image.');
    find('#editor').hidden = !info;
  }

  #showImage(field) {
    if (field !== this.main) return;
    const {info} = field;
    this.#showStage();
    this.#stage = this.#stage.then(() => this.#editor.setImage(info ?? null))
      .catch(error => this.onMessage(error.message))
      .then(() => { this.#masks?.store(); this.#camera?.preview(); });
  }

  get() {
    return {model: this.model, ...this.#form.get()};
  }

  /** Brings a request into the form and onto the stage. */
  async load(request) {
    if (!this.forms[request.model]) throw new Error(`The studio has no form for the model ${request.model}.`);
    try {
      await this.#fill(request, async before => {
        if (this.#masks && (isPainted(request) || isPainted(before))) await this.#masks.load(request);
      });
    } finally {
      this.#isSettling = true;
      this.onChange();
    }
  }

  async #fill(request, paint) {
    this.isLoading = true;
    try {
      const before = this.get();
      if (request.model !== this.model) this.#build(request.model);
      this.#form.set(request);
      await this.main?.ready;
      await this.#stage;
      await paint(before);
    } finally {
      this.isLoading = false;
    }
  }

  /** Another model with the values that it shares with those before; what is painted stays. */
  async changeModel(model) {
    const values = this.#form.get();
    for (const name of Object.keys(this.forms[this.model].properties)) this.#kept[name] = values[name];
    this.#build(model);
    await this.#fill({...this.#kept, model}, () => this.#masks?.store());
    this.onChange();
  }

  /** Sets some values and leaves the others. */
  set(values) {
    this.#form.set({...this.#form.get(), ...values});
    this.onChange();
  }

  clearBrush() {
    return this.#masks?.removeAll();
  }

  /** What is incomplete on the stage, in words. */
  /** Whether something painted is not in the request yet. */
  get isBusy() {
    return this.#masks?.isBusy() ?? false;
  }

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

  settle(request) {
    if (this.#isSettling) this.saved(request);
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

const isPainted = request => Boolean(request.static_mask || request.dynamic_masks);
