// Gradients over weights by layer and epoch, as colours: each row a layer's weights, the first layer on top.
import { html, nothing, svg } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';

const WIDTH = 340;
const ROW = 14;
const MOST_HEIGHT = 260;

class GradientMap extends Piece {
  static properties = { runId: {}, epochs: { state: true }, problem: { state: true } };

  willUpdate(changed) {
    if (changed.has('runId')) {
      this.load();
    }
  }

  async load() {
    try {
      this.epochs = (await get(`/api/v1/runs/${this.runId}/gradients`)).epochs;
      this.problem = undefined;
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    return html`
      <h3>Gradient over weights, by layer and epoch</h3>
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.epochs ? this.map() : nothing}`;
  }

  map() {
    const weights = (epoch) => epoch.norms.filter((norm) => norm.name.endsWith('.weight') && norm.value > 0);
    const rows = this.epochs.length ? weights(this.epochs[0]).map((norm) => norm.name) : [];
    if (!rows.length) {
      return html`<p class="quiet">They were not recorded.</p>`;
    }
    const values = this.epochs.map((epoch) => new Map(weights(epoch).map((norm) => [norm.name, norm.gradient / norm.value])));
    const logs = values.flatMap((byName) => [...byName.values()].filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10));
    if (!logs.length) {
      return html`<p class="quiet">All are 0.</p>`;
    }
    const [low, high] = [Math.min(...logs), Math.max(...logs)];
    const height = Math.min(ROW, MOST_HEIGHT / rows.length);
    const width = WIDTH / values.length;
    const strength = (value) => (value > 0 ? 8 + (92 * (Math.log10(value) - low)) / Math.max(high - low, 1e-9) : 0);
    return html`
      <svg class="map" style="height:${rows.length * height}px" viewBox="0 0 ${WIDTH} ${rows.length * height}" preserveAspectRatio="none" role="img" aria-label="Gradients by layer and epoch">
        ${values.map((byName, column) => rows.map((name, row) => svg`
          <rect x=${column * width} y=${row * height} width=${width} height=${height} style="--strength:${strength(byName.get(name)).toFixed(0)}%">
            <title>${name}, epoch ${this.epochs[column].epoch}: ${(byName.get(name) ?? NaN).toExponential(1)}</title>
          </rect>`))}
      </svg>
      <p class="quiet caption">${rows[0]} on top, ${rows[rows.length - 1]} below; ${(10 ** low).toExponential(0)} pale, ${(10 ** high).toExponential(0)} dark. Epoch ${this.epochs[0].epoch} to ${this.epochs[this.epochs.length - 1].epoch}.</p>`;
  }
}

customElements.define('gradient-map', GradientMap);
