// What to enter and what to ship: the choices within limits, and what everything costs.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';
import { count, percent, quantity, view as viewName } from './format.js';
import './budget-chart.js';

const AXES = [
  { key: 'latencyMs', front: 'latencyFront', name: 'latency for an image', unit: 'ms', cost: (cost) => cost.latency.p50Ms },
  { key: 'memoryMb', front: 'memoryFront', name: 'memory', unit: 'MB', cost: (cost) => cost.memoryBytes / 1e6 },
  { key: 'sizeMb', front: 'sizeFront', name: 'weights', unit: 'MB', cost: (cost) => cost.bytes / 1e6 },
];
const PATIENCE = 300;

class BudgetPanel extends Piece {
  static properties = {
    experimentId: {},
    budget: { state: true },
    problem: { state: true },
    limits: { state: true },
    axis: { state: true },
  };

  constructor() {
    super();
    this.limits = {};
    this.axis = AXES[0];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const limits = new URLSearchParams(this.limits);
    try {
      const budget = await get(`/api/v1/experiments/${this.experimentId}/budget?${limits}`);
      if (limits.toString() === new URLSearchParams(this.limits).toString()) {
        this.budget = budget;
        this.problem = undefined;
      }
    } catch (error) {
      this.problem = error.message;
    }
  }

  limit(key, value) {
    const { [key]: before, ...others } = this.limits;
    this.limits = value === '' ? others : { ...others, [key]: value };
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.load(), PATIENCE);
  }

  render() {
    const { budget } = this;
    return html`
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${budget ? html`${this.choices(budget)} ${budget.latencyFront.length ? this.picture(budget) : nothing} ${budget.entries.length ? this.table(budget) : nothing}` : nothing}`;
  }

  choices(budget) {
    return html`
      <section class="card">
        ${budget.entries.length ? this.fields() : nothing}
        ${budget.enter ? html`<p class="verdict"><span class="badge running">enter</span>${budget.enter.words}</p>` : nothing}
        ${budget.ship ? html`<p class="verdict"><span class="badge completed">ship</span>${budget.ship.words}</p>` : nothing}
        ${budget.notes.map((note) => html`<p class="quiet bare">${note}</p>`)}
      </section>`;
  }

  fields() {
    return html`
      <div class="controls">
        <span>At most</span>
        ${AXES.map((axis) => html`
          <label class="limit"><input type="number" min="0" step="any" placeholder="no limit" aria-label="Most ${axis.name}, ${axis.unit}" @input=${(event) => this.limit(axis.key, event.target.value)}> ${axis.unit} <span class="quiet">${axis.name}</span></label>`)}
      </div>`;
  }

  picture(budget) {
    const shown = { ...this.axis, front: budget[this.axis.front], limit: budget.limits[this.axis.key] };
    return html`
      <section class="card spaced">
        <div class="choices">
          ${AXES.map((axis) => html`<button aria-pressed=${axis === this.axis} @click=${() => (this.axis = axis)}>Against ${axis.name}</button>`)}
        </div>
        <budget-chart .budget=${budget} .axis=${shown}></budget-chart>
        <p class="quiet bare">Circles are runs, diamonds ensembles; pale ones are beyond the limits. Along the dashed front each further point of validation accuracy costs ${this.prices(shown)}.</p>
      </section>`;
  }

  prices({ front, unit }) {
    const prices = front.filter((step) => step.pricePerPoint != null).map((step) => `${quantity(step.pricePerPoint)} ${unit}`);
    return prices.length ? prices.join(', then ') : 'nothing: one entry is the cheapest and the best';
  }

  table(budget) {
    const rows = budget.entries.map((entry, index) => ({ entry, index })).sort((left, right) => this.axis.cost(left.entry.cost) - this.axis.cost(right.entry.cost));
    const { device } = budget.entries[0].cost;
    return html`
      <section class="card flush spaced">
        <div class="scroll tall">
          <table>
            <thead>
              <tr><th>Run or ensemble</th><th>View</th><th class="number">Validation</th><th class="number">Test</th><th class="number">Gap</th><th class="number">p50 ms</th><th class="number">p99 ms</th><th class="number">Images/s</th><th class="number">Memory MB</th><th class="number">Weights MB</th><th class="number">Parameters</th><th class="number">MFLOP</th></tr>
            </thead>
            <tbody>${rows.map(({ entry, index }) => this.row(entry, index))}</tbody>
          </table>
        </div>
      </section>
      <p class="quiet">Measured on ${device.processor}, ${device.processors} processors, ${device.engine}; images/s in batches of ${budget.entries[0].cost.throughput.batch}. The members of an ensemble answer one after another. Memory is that of weights and activations, computed. Gap: validation less test, in points.</p>`;
  }

  row(entry, index) {
    const { cost } = entry;
    return html`
      <tr class=${entry.within ? '' : 'beyond'}>
        <td><strong>${cost.name}</strong>${cost.ensemble ? html` <span class="quiet">ensemble of ${cost.members}</span>` : nothing}
          ${index === this.budget.enter?.entry ? html` <span class="badge running">enter</span>` : nothing}${index === this.budget.ship?.entry ? html` <span class="badge completed">ship</span>` : nothing}</td>
        <td>${viewName(cost.view)}</td>
        <td class="number">${percent(entry.validationAccuracy)}</td>
        <td class="number">${percent(entry.accuracy)}</td>
        <td class="number">${entry.gap == null ? '–' : (100 * entry.gap).toFixed(2)}</td>
        <td class="number">${quantity(cost.latency.p50Ms)}</td>
        <td class="number">${quantity(cost.latency.p99Ms)}</td>
        <td class="number">${quantity(cost.throughput.imagesPerSecond)}</td>
        <td class="number">${quantity(cost.memoryBytes / 1e6)}</td>
        <td class="number">${quantity(cost.bytes / 1e6)}</td>
        <td class="number">${count(cost.parameters)}</td>
        <td class="number">${quantity(cost.flops / 1e6)}</td>
      </tr>`;
  }
}

customElements.define('budget-panel', BudgetPanel);
