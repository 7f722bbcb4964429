// The validation images that a run got most wrong, part by part.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';
import { percent } from './format.js';
import './sample-picture.js';

const PART = 12;

class WrongImages extends Piece {
  static properties = { runId: {}, images: { state: true }, cursor: { state: true }, problem: { state: true } };

  willUpdate(changed) {
    if (changed.has('runId')) {
      this.images = [];
      this.cursor = undefined;
      this.load();
    }
  }

  async load() {
    try {
      const after = this.cursor ? `&cursor=${encodeURIComponent(this.cursor)}` : '';
      const part = await get(`/api/v1/runs/${this.runId}/wrong-images?limit=${PART}${after}`);
      this.images = [...this.images, ...part.items];
      this.cursor = part.nextCursor;
      this.problem = undefined;
      this.loaded = true;
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    return html`
      <h3>Most wrong on validation</h3>
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.loaded && !this.images.length ? html`<p class="quiet">None is wrong.</p>` : nothing}
      <div class="beside">
        ${this.images.map((image) => html`
          <figure title="Image ${image.id}, loss ${image.loss.toFixed(3)}">
            <sample-picture .path=${image.picture} .label="${image.className}, taken for ${image.predictedName}"></sample-picture>
            <figcaption>${image.className}, ${percent(image.probability, 1)}<br>answered ${image.predictedName}</figcaption>
          </figure>`)}
        ${this.cursor ? html`<button @click=${this.load}>More</button>` : nothing}
      </div>`;
  }
}

customElements.define('wrong-images', WrongImages);
