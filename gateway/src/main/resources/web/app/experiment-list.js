// All experiments, newest first.
import { html, nothing } from 'lit';
import { Piece, progressBar, stateBadge } from './elements.js';
import { get } from './api.js';
import { percent, time } from './format.js';

const REFRESH = 2500;
const PAGE = 50;

class ExperimentList extends Piece {
  static properties = { page: { state: true }, problem: { state: true }, shown: { state: true }, chosen: { state: true } };

  constructor() {
    super();
    this.shown = PAGE;
    this.chosen = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => document.hidden || this.load(), REFRESH);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  async load() {
    try {
      this.page = await get(`/api/v1/experiments?limit=${this.shown}`);
      this.problem = undefined;
    } catch (error) {
      if (error.status === 401) {
        this.dispatchEvent(new Event('unauthorized', { bubbles: true }));
      }
      this.problem = error.message;
    }
  }

  more() {
    this.shown = Math.min(200, this.shown + PAGE);
    this.load();
  }

  choose(id) {
    this.chosen = this.chosen.includes(id) ? this.chosen.filter((other) => other !== id) : [...this.chosen, id];
  }

  render() {
    return html`
      <div class="title">
        <h1>Experiments</h1>
        <span class="spring"></span>
        ${this.chosen.length > 1 ? html`<a class="button" href="#/compare/${this.chosen.join(',')}">Compare ${this.chosen.length}</a>` : nothing}
      </div>
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.page ? (this.page.items.length ? this.table() : this.empty()) : nothing}`;
  }

  empty() {
    return html`
      <section class="card empty">
        <p>No experiment yet. Describe one in a file and send it:</p>
        <pre>curl -H 'Content-Type: application/yaml' --data-binary @experiment.yaml ${location.origin}/api/v1/experiments</pre>
      </section>`;
  }

  table() {
    return html`
      <section class="card flush">
        <div class="scroll">
          <table class="list">
            <thead><tr><th></th><th>Name</th><th>State</th><th class="wide">Progress</th><th class="number">Runs</th><th>Labels</th><th>Created</th></tr></thead>
            <tbody>${this.page.items.map((item) => this.row(item))}</tbody>
          </table>
        </div>
      </section>
      ${this.page.nextCursor && this.shown < 200 ? html`<button @click=${this.more}>Show more</button>` : nothing}`;
  }

  row(item) {
    return html`
      <tr>
        <td class="choice">${['COMPLETED', 'FAILED'].includes(item.state) ? html`<input type="checkbox" aria-label="Compare ${item.name}" .checked=${this.chosen.includes(item.id)} @change=${() => this.choose(item.id)}>` : nothing}</td>
        <td><a href="#/experiments/${item.id}">${item.name}</a></td>
        <td>${stateBadge(item.state)}</td>
        <td class="wide" title=${item.reason}>
          <div class="measure">${progressBar(item.progress, item.state)}<span class="number">${percent(item.progress, 0)}</span></div>
          <div class="reason">${item.reason}</div>
        </td>
        <td class="number">${item.runs}</td>
        <td>${item.labels.map((label) => html`<span class="label">${label}</span>`)}</td>
        <td class="quiet">${time(item.createdAt)}</td>
      </tr>`;
  }
}

customElements.define('experiment-list', ExperimentList);
