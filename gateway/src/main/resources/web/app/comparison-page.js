// Several experiments beside each other.
import { html, nothing, svg } from 'lit';
import { Piece, lineColor } from './elements.js';
import { download, get } from './api.js';
import { count, percent, quantity, view as viewName } from './format.js';

const WIDTH = 260;
const HEIGHT = 18;

class ComparisonPage extends Piece {
  static properties = { ids: {}, compared: { state: true }, problem: { state: true } };

  updated(changed) {
    if (changed.has('ids')) {
      this.load();
    }
  }

  async load() {
    try {
      this.compared = await get(`/api/v1/comparisons?experiments=${this.ids}`);
      this.problem = undefined;
    } catch (error) {
      if (error.status === 401) {
        this.dispatchEvent(new Event('unauthorized', { bubbles: true }));
      }
      this.problem = error.message;
    }
  }

  async save(format) {
    try {
      await download(`/api/v1/comparisons?experiments=${this.ids}&format=${format}`, `comparison.${format}`);
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    return html`
      <div class="title">
        <h1>Comparison</h1>
        <span class="spring"></span>
        ${this.compared ? ['csv', 'json', 'html'].map((format) => html`<button class=${format === 'html' ? 'primary' : ''} @click=${() => this.save(format)}>comparison.${format}</button>`) : nothing}
      </div>
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.compared ? html`${this.head(this.compared)} ${this.entries(this.compared)} ${this.pairs(this.compared)}` : nothing}`;
  }

  head({ experiments, notes }) {
    return html`
      <section class="card">
        ${experiments.map((experiment, index) => html`
          <p class="bare"><i class="swatch" style="background:${lineColor(index)}"></i><a href="#/experiments/${experiment.experimentId}">${experiment.name}</a> <span class="quiet">${experiment.datasetName}, ${count(experiment.testImages)} test images</span></p>`)}
        ${notes.length ? html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      </section>`;
  }

  entries({ entries, experiments }) {
    const low = Math.min(...entries.map((entry) => entry.accuracyInterval.low));
    const high = Math.max(...entries.map((entry) => entry.accuracyInterval.high));
    const x = (share) => 6 + ((WIDTH - 12) * (share - low)) / Math.max(high - low, 1e-9);
    return html`
      <h2>Accuracy on the test images</h2>
      <section class="card flush">
        <div class="scroll">
          <table>
            <thead>
              <tr><th>Experiment</th><th>Run or ensemble</th><th>View</th><th class="number">Test</th><th>95 % interval</th><th class="number">Validation</th><th class="number">p50 ms</th><th class="number">Memory MB</th><th class="number">Weights MB</th></tr>
            </thead>
            <tbody>${entries.map((entry) => this.row(entry, experiments, x))}</tbody>
          </table>
        </div>
      </section>`;
  }

  row(entry, experiments, x) {
    const { low, high } = entry.accuracyInterval;
    const color = lineColor(entry.experiment);
    return html`
      <tr>
        <td><i class="swatch" style="background:${color}"></i>${experiments[entry.experiment].name}</td>
        <td><strong>${entry.name}</strong>${entry.ensemble ? html` <span class="quiet">ensemble</span>` : nothing}</td>
        <td>${viewName(entry.view)}</td>
        <td class="number">${percent(entry.accuracy)}</td>
        <td title="${percent(low)} to ${percent(high)}">
          <svg class="interval" style="stroke:${color};fill:${color}" width=${WIDTH} height=${HEIGHT} role="img" aria-label="${percent(low)} to ${percent(high)}">
            ${svg`<line x1=${x(low)} x2=${x(high)} y1=${HEIGHT / 2} y2=${HEIGHT / 2}></line><circle cx=${x(entry.accuracy)} cy=${HEIGHT / 2} r="4"></circle>`}
          </svg>
        </td>
        <td class="number">${percent(entry.validationAccuracy)}</td>
        <td class="number">${quantity(entry.cost?.latency.p50Ms)}</td>
        <td class="number">${quantity(entry.cost && entry.cost.memoryBytes / 1e6)}</td>
        <td class="number">${quantity(entry.cost && entry.cost.bytes / 1e6)}</td>
      </tr>`;
  }

  pairs({ pairs, entries, experiments }) {
    if (!pairs.length) {
      return nothing;
    }
    const name = (index) => {
      const entry = entries[index];
      return html`<i class="swatch" style="background:${lineColor(entry.experiment)}"></i>${experiments[entry.experiment].name}: <strong>${entry.name}</strong> <span class="quiet">${viewName(entry.view)}</span>`;
    };
    const points = (share) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}`;
    return html`
      <h2>Between experiments, on the same test images</h2>
      <section class="card flush">
        <div class="scroll tall">
          <table>
            <thead><tr><th>Better on test</th><th>Than</th><th class="number">Points</th><th class="number">95 % interval</th><th class="number">p</th></tr></thead>
            <tbody>
              ${pairs.map((pair) => html`
                <tr>
                  <td>${name(pair.first)}</td>
                  <td>${name(pair.second)}</td>
                  <td class="number">${points(pair.difference)}</td>
                  <td class="number">${points(pair.differenceInterval.low)} to ${points(pair.differenceInterval.high)}</td>
                  <td class="number">${pair.pValue < 0.0005 ? '< 0.001' : pair.pValue.toFixed(3)}</td>
                </tr>`)}
            </tbody>
          </table>
        </div>
      </section>
      <p class="quiet">McNemar's exact test and the paired bootstrap, without correction for many comparisons.</p>`;
  }
}

customElements.define('comparison-page', ComparisonPage);
