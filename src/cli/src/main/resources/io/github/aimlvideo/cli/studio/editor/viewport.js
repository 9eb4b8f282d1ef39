/** Where the image is in the stage: a pixel (x, y) of the image is at (x * scale + left, y * scale + top). */
export class Viewport {
  scale = 1;
  left = 0;
  top = 0;
  isFitted = true;
  #image = {width: 1, height: 1};
  #stage = {width: 1, height: 1};

  resize({image = this.#image, stage = this.#stage}) {
    this.#image = image;
    this.#stage = stage;
    if (this.isFitted) this.fit();
    else this.#keepInSight();
  }

  get fittedScale() {
    return Math.max(1e-6, Math.min(this.#stage.width / this.#image.width, this.#stage.height / this.#image.height));
  }

  fit() {
    this.isFitted = true;
    this.scale = this.fittedScale;
    this.left = (this.#stage.width - this.#image.width * this.scale) / 2;
    this.top = (this.#stage.height - this.#image.height * this.scale) / 2;
  }

  toImage({x, y}) {
    return {x: (x - this.left) / this.scale, y: (y - this.top) / this.scale};
  }

  toStage({x, y}) {
    return {x: x * this.scale + this.left, y: y * this.scale + this.top};
  }

  /** The point of the image below the given point of the stage stays there. */
  zoom(factor, at = {x: this.#stage.width / 2, y: this.#stage.height / 2}) {
    const fixed = this.toImage(at);
    const fitted = this.fittedScale;
    this.scale = Math.min(Math.max(32, fitted * 4), Math.max(fitted / 2, this.scale * factor));
    this.isFitted = false;
    this.left = at.x - fixed.x * this.scale;
    this.top = at.y - fixed.y * this.scale;
    this.#keepInSight();
  }

  pan(dx, dy) {
    this.isFitted = false;
    this.left += dx;
    this.top += dy;
    this.#keepInSight();
  }

  /** Pans just as far as a point of the image is in the stage. */
  reveal(point) {
    const {x, y} = this.toStage(point);
    const margin = 16;
    const move = (at, size) => at < margin ? margin - at : at > size - margin ? size - margin - at : 0;
    const dx = move(x, this.#stage.width);
    const dy = move(y, this.#stage.height);
    if (!this.isFitted && (dx || dy)) this.pan(dx, dy);
  }

  #keepInSight() {
    const keep = (start, size, stage) => {
      const least = Math.min(size, stage, 64);
      return Math.min(stage - least, Math.max(least - size, start));
    };
    this.left = keep(this.left, this.#image.width * this.scale, this.#stage.width);
    this.top = keep(this.top, this.#image.height * this.scale, this.#stage.height);
  }
}
