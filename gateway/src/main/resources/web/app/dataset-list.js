// The registered data sets, by name.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';
import { count, short } from './format.js';

class DatasetList extends Piece {
  static properties = { datasets: { state: true }, problem: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.datasets = await get('/api/v1/datasets');
    } catch (error) {
      if (error.status === 401) {
        this.dispatchEvent(new Event('unauthorized', { bubbles: true }));
      }
      this.problem = error.message;
    }
  }

  render() {
    return html`
      <h1>Data sets</h1>
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.datasets ? this.table() : nothing}`;
  }

  table() {
    return html`
      <section class="card flush">
        <div class="scroll">
          <table class="list">
            <thead><tr><th>Name</th><th>Type</th><th class="number">Classes</th><th class="number">Images</th><th class="number">Prepared</th><th class="wide">Licence</th><th>Digest</th></tr></thead>
            <tbody>${this.datasets.map((dataset) => this.row(dataset))}</tbody>
          </table>
        </div>
      </section>`;
  }

  row(dataset) {
    const last = dataset.prepared.at(-1);
    const images = last && Object.values(last.counts).reduce((sum, n) => sum + n, 0);
    return html`
      <tr>
        <td><a href="#/datasets/${encodeURIComponent(dataset.name)}">${dataset.name}</a></td>
        <td class="quiet">${dataset.source.type}</td>
        <td class="number">${last?.classes.length ?? dataset.source.classes?.length ?? '–'}</td>
        <td class="number">${count(images)}</td>
        <td class="number">${dataset.prepared.length}</td>
        <td class="wide quiet">${dataset.licence ?? '–'}</td>
        <td class="quiet" title=${dataset.sourceDigest ?? ''}><code>${short(dataset.sourceDigest)}</code></td>
      </tr>`;
  }
}

customElements.define('dataset-list', DatasetList);
