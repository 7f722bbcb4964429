// Images of a prepared data set, some of each class; one of them beside its variants.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';
import './sample-picture.js';

const SPLITS = ['train', 'validation', 'test'];
const OF_EACH = 8;
const OF_ONE = 50;
const MAX_CLASSES = 50;
const MAX_VARIANTS = 16;

class DatasetSamples extends Piece {
  static properties = {
    name: {},
    prepared: {},
    variants: {},
    split: { state: true },
    className: { state: true },
    samples: { state: true },
    chosen: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.split = 'train';
    this.className = '';
  }

  willUpdate(changed) {
    if (changed.has('prepared') && changed.get('prepared')?.id !== this.prepared.id) {
      this.className = '';
      this.load();
    } else if (changed.has('split') || changed.has('className')) {
      this.load();
    }
  }

  get address() {
    return `/api/v1/datasets/${encodeURIComponent(this.name)}/prepared/${this.prepared.id}/samples`;
  }

  async load() {
    const query = new URLSearchParams({ split: this.split, count: this.className ? OF_ONE : OF_EACH });
    if (this.className) {
      query.set('class', this.className);
    }
    const address = `${this.address}?${query}`;
    this.wanted = address;
    try {
      const answer = await get(address);
      if (this.wanted === address) {
        this.samples = answer;
        this.chosen = answer.samples[0];
        this.problem = undefined;
      }
    } catch (error) {
      this.problem = error.message;
      this.samples = undefined;
    }
  }

  render() {
    const { classes } = this.prepared;
    return html`
      <section class="card">
        <div class="controls">
          <nav class="choices" aria-label="Split">
            ${SPLITS.map((split) => html`<button aria-pressed=${split === this.split} @click=${() => (this.split = split)}>${split}</button>`)}
          </nav>
          <select aria-label="Class" .value=${this.className} @change=${(event) => (this.className = event.target.value)}>
            <option value="">${classes.length > MAX_CLASSES ? `The first ${MAX_CLASSES} classes` : 'All classes'}</option>
            ${classes.map((name) => html`<option value=${name} ?selected=${name === this.className}>${name}</option>`)}
          </select>
        </div>
        ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
        ${this.samples ? html`${this.beside(this.chosen)} ${this.grid(this.samples.samples)}` : nothing}
      </section>`;
  }

  beside(sample) {
    if (!sample) {
      return html`<p class="quiet">There are none.</p>`;
    }
    const shown = Math.min(this.samples.variants, MAX_VARIANTS);
    return html`
      <div class="beside">
        <figure class="original"><sample-picture .path=${`${this.address}/${sample.id}.png`} .label=${'as in the source'}></sample-picture><figcaption>source</figcaption></figure>
        ${Array.from({ length: shown }, (_, k) => html`
          <figure>
            <sample-picture .path=${this.stored(sample, k)} .label=${`variant ${k}`}></sample-picture>
            <figcaption>${this.samples.variants > 1 ? `variant ${k}` : 'stored'}</figcaption>
          </figure>`)}
      </div>
      <p class="caption"><strong>${sample.className}</strong> <span class="quiet">${sample.path ?? `image ${sample.id}`}${this.samples.variants > shown ? `, the first ${shown} of ${this.samples.variants} variants` : ''}</span></p>`;
  }

  stored(sample, variant) {
    return `${this.address}/${sample.id}.png?variant=${variant}`;
  }

  grid(samples) {
    const byClass = Map.groupBy(samples, (sample) => sample.className);
    return html`
      <div class="grid">
        ${[...byClass].map(([name, ofClass]) => html`
          <div class="strip">
            <span class="name">${name}</span>
            <div class="pictures">
              ${ofClass.map((sample) => html`
                <button class="plain" aria-pressed=${sample === this.chosen} title=${sample.path ?? `image ${sample.id}`} @click=${() => (this.chosen = sample)}>
                  <sample-picture .path=${this.stored(sample, 0)} .label=${`${name}, image ${sample.id}`}></sample-picture>
                </button>`)}
            </div>
          </div>`)}
      </div>`;
  }
}

customElements.define('dataset-samples', DatasetSamples);
