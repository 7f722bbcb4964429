// One experiment: its runs and curves while they come, and what it showed.
import { html, nothing } from 'lit';
import { Piece, lineColor, progressBar, stateBadge } from './elements.js';
import { download, follow, get, isFinal, post } from './api.js';
import { duration, loss, percent, rate, time } from './format.js';
import { Curves } from './curves.js';
import './budget-panel.js';
import './curve-chart.js';
import './distillation-table.js';
import './prediction-form.js';
import './ranking-table.js';
import './results-table.js';
import './run-diagnoses.js';

const REFRESH = 3000;

class ExperimentPage extends Piece {
  static properties = {
    experimentId: {},
    experiment: { state: true },
    results: { state: true },
    problem: { state: true },
    version: { state: true },
  };

  constructor() {
    super();
    this.curves = new Curves();
    this.version = 0;
    this.hiddenRuns = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopped = new AbortController();
    this.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopped.abort();
    clearInterval(this.timer);
  }

  async start() {
    const { signal } = this.stopped;
    await this.load();
    if (!this.experiment || signal.aborted) {
      return;
    }
    this.timer = setInterval(() => document.hidden || isFinal(this.experiment.state) || this.load(), REFRESH);
    follow(this.experimentId, (name, data) => this.told(name, data), signal);
  }

  async load() {
    try {
      this.experiment = await get(`/api/v1/experiments/${this.experimentId}`, this.stopped.signal);
      this.problem = undefined;
    } catch (error) {
      if (error.status === 401) {
        this.dispatchEvent(new Event('unauthorized', { bubbles: true }));
      }
      this.problem = error.message;
      return;
    }
    if (['EVALUATING', 'COMPLETED', 'FAILED'].includes(this.experiment.state)) {
      this.loadResults();
    }
  }

  async loadResults() {
    try {
      this.results = await get(`/api/v1/experiments/${this.experimentId}/results`, this.stopped.signal);
      this.resultsProblem = undefined;
    } catch (error) {
      this.resultsProblem = error.message;
      this.requestUpdate();
    }
  }

  told(name, data) {
    if (name === 'metrics') {
      this.curves.authoritative(data);
      this.redraw();
    } else if (name === 'progress') {
      this.curves.live(data.runId, data.point);
      this.patch(data.runId, { live: data.point, step: data.point.step, imagesPerSecond: data.imagesPerSecond, trainer: data.trainer });
      this.redraw();
    } else if (name === 'state') {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.load(), 150);
    }
  }

  patch(runId, change) {
    const run = this.experiment.runs.find((one) => one.id === runId);
    if (run && run.state === 'RUNNING') {
      Object.assign(run, change);
    }
  }

  /** At most once a frame, however many events come. */
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.version++;
    });
  }

  async cancel() {
    try {
      await post(`/api/v1/experiments/${this.experimentId}/cancel`);
      await this.load();
    } catch (error) {
      this.problem = error.message;
    }
  }

  async report(format) {
    try {
      await download(`/api/v1/experiments/${this.experimentId}/report?format=${format}`, `report.${format}`);
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    const experiment = this.experiment;
    return html`
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${experiment ? html`${this.head(experiment)} ${this.charts(experiment)} ${this.runs(experiment)} ${this.outcome(experiment)}` : nothing}`;
  }

  head(experiment) {
    const running = !isFinal(experiment.state);
    return html`
      <div class="title">
        <h1>${experiment.name}</h1>
        ${stateBadge(experiment.state)}
        <span class="spring"></span>
        ${running ? html`<button class="danger" @click=${this.cancel}>Cancel</button>` : nothing}
        ${this.results?.complete ? ['csv', 'json', 'html'].map((format) => html`<button class=${format === 'html' ? 'primary' : ''} @click=${() => this.report(format)}>report.${format}</button>`) : nothing}
      </div>
      ${experiment.failure ? html`<p class="alert"><strong>${experiment.failure.code}</strong> ${experiment.failure.message}</p>` : nothing}
      <section class="card">
        <div class="measure large">${progressBar(experiment.progress, experiment.state)}<span class="number">${percent(experiment.progress, 1)}</span></div>
        <dl>
          ${experiment.failure ? nothing : html`<div><dt>Now</dt><dd>${experiment.reason}</dd></div>`}
          ${experiment.etaSeconds == null ? nothing : html`<div><dt>Training left</dt><dd>${duration(experiment.etaSeconds)}</dd></div>`}
          <div><dt>Data set</dt><dd><a href="#/datasets/${encodeURIComponent(experiment.spec.dataset)}${experiment.prepared ? `/${experiment.prepared.id}` : ''}">${experiment.spec.dataset}</a>${this.counts(experiment.prepared)}</dd></div>
          <div><dt>Created</dt><dd>${time(experiment.createdAt)}</dd></div>
          ${experiment.endedAt ? html`<div><dt>Took</dt><dd>${duration((new Date(experiment.endedAt) - new Date(experiment.createdAt)) / 1000)}</dd></div>` : nothing}
        </dl>
        ${experiment.prepared?.notes?.length ? html`<ul class="notes">${experiment.prepared.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      </section>`;
  }

  counts(prepared) {
    return prepared
      ? html` <span class="quiet">${['train', 'validation', 'test'].map((split) => (prepared.counts[split] ?? 0).toLocaleString('en')).join(' / ')} images, ${prepared.height} × ${prepared.width} × ${prepared.channels}</span>`
      : nothing;
  }

  charts(experiment) {
    if (!this.curves.some()) {
      return nothing;
    }
    const runs = experiment.runs.map((run, index) => ({ id: run.id, name: run.spec.name, index }));
    const shown = runs.filter((run) => !this.hiddenRuns.has(run.id));
    const chart = (title, kind, share) => html`
      <section class="card">
        <h2>${title}</h2>
        <curve-chart .version=${this.version} .lines=${this.curves.lines(shown, kind)} .share=${share}></curve-chart>
      </section>`;
    return html`
      <div class="legend" role="group" aria-label="Runs in the charts">
        ${runs.map((run) => html`
          <button aria-pressed=${!this.hiddenRuns.has(run.id)} @click=${() => this.toggle(run.id)}>
            <i style="background:${lineColor(run.index)}"></i>${run.name}
          </button>`)}
      </div>
      <div class="charts">
        ${chart('Training loss', 'loss', false)} ${chart('Training accuracy', 'accuracy', true)} ${chart('Validation accuracy', 'validationAccuracy', true)}
      </div>`;
  }

  toggle(runId) {
    if (!this.hiddenRuns.delete(runId)) {
      this.hiddenRuns.add(runId);
    }
    this.redraw();
  }

  runs(experiment) {
    return html`
      <h2>Runs</h2>
      <section class="card flush">
        <div class="scroll">
          <table>
            <thead>
              <tr><th>Run</th><th>State</th><th class="wide">Progress</th><th class="number">Epoch</th><th class="number">Loss</th><th class="number">Accuracy</th><th class="number">Validation</th><th class="number">Images/s</th><th>Trainer</th></tr>
            </thead>
            <tbody>${experiment.runs.map((run) => this.run(run))}</tbody>
          </table>
        </div>
      </section>`;
  }

  run(run) {
    const share = run.totalSteps ? run.step / run.totalSteps : 0;
    const running = run.state === 'RUNNING' && run.live;
    const epoch = running ? run.live.epoch : (run.head?.epoch ?? 0);
    return html`
      <tr>
        <td><strong>${run.spec.name}</strong></td>
        <td>${stateBadge(run.state)}</td>
        <td class="wide">
          <div class="measure">${progressBar(share, run.state)}<span class="number">${percent(share, 0)}</span></div>
          ${run.failure ? html`<div class="reason failed">${run.failure.message}</div>` : nothing}
          ${run.notes?.map((note) => html`<div class="reason">${note}</div>`)}
        </td>
        <td class="number">${epoch.toFixed(running ? 2 : 0)} / ${run.spec.epochs}</td>
        <td class="number">${loss(running ? run.live.loss : run.lastEpoch?.trainLoss)}</td>
        <td class="number">${percent(running ? run.live.accuracy : run.lastEpoch?.trainAccuracy)}</td>
        <td class="number">${percent(run.lastEpoch?.validationAccuracy)}</td>
        <td class="number">${rate(run.imagesPerSecond)}</td>
        <td class="quiet">${run.trainer ?? '–'}</td>
      </tr>`;
  }

  outcome(experiment) {
    if (this.resultsProblem) {
      return html`<h2>Results</h2><p class="alert">${this.resultsProblem}</p>`;
    }
    return this.results?.models.length
      ? html`<h2>Results on the test images</h2><results-table .results=${this.results}></results-table>
          ${this.results.ranking?.length > 1 ? html`<h2>Ranking</h2><ranking-table .ranking=${this.results.ranking}></ranking-table>` : nothing}
          ${this.results.distillations?.length ? html`<h2>Students and their teachers</h2><distillation-table .distillations=${this.results.distillations}></distillation-table>` : nothing}
          ${this.results.diagnoses?.length ? html`<h2>Diagnosis: the loss falls, why not the accuracy?</h2><run-diagnoses .diagnoses=${this.results.diagnoses}></run-diagnoses>` : nothing}
          ${this.results.complete ? html`<h2>What to enter, what to ship</h2><budget-panel .experimentId=${this.experimentId}></budget-panel>` : nothing}
          ${this.results.complete ? html`<h2>Predictions</h2><prediction-form .experimentId=${this.experimentId} .results=${this.results}></prediction-form>` : nothing}`
      : nothing;
  }
}

customElements.define('experiment-page', ExperimentPage);
