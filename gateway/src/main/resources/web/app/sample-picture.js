// A picture of the API, fetched when it comes into view: an img could not send the token.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { picture } from './api.js';

const SMALL = 64;

class SamplePicture extends Piece {
  static properties = { path: {}, label: {}, source: { state: true }, problem: { state: true }, small: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.seen());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.forget();
  }

  forget() {
    URL.revokeObjectURL(this.source);
    this.source = undefined;
    this.loaded = undefined;
  }

  willUpdate(changed) {
    if (changed.has('path') && this.visible) {
      this.load();
    }
  }

  seen() {
    this.visible = true;
    this.load();
  }

  async load() {
    const { path } = this;
    if (this.loaded === path) {
      return;
    }
    this.forget();
    this.loaded = path;
    this.problem = undefined;
    try {
      const content = await picture(path);
      if (this.loaded === path) {
        this.source = URL.createObjectURL(content);
      }
    } catch (error) {
      if (this.loaded === path) {
        this.problem = error.message;
      }
    }
  }

  render() {
    if (this.problem) {
      return html`<span class="missing" title=${this.problem}>${this.problem}</span>`;
    }
    return this.source
      ? html`<img src=${this.source} alt=${this.label} class=${this.small ? 'pixels' : ''} @load=${this.measured}>`
      : nothing;
  }

  measured(event) {
    this.small = Math.max(event.target.naturalWidth, event.target.naturalHeight) <= SMALL;
  }
}

customElements.define('sample-picture', SamplePicture);
