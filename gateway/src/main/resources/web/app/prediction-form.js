// Drop an image and see what a run or an ensemble of the experiment says about it.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { sendFile } from './api.js';
import { percent, view as viewName } from './format.js';

const TOP = 10;

class PredictionForm extends Piece {
  static properties = {
    experimentId: {},
    results: {},
    asked: { state: true },
    view: { state: true },
    answer: { state: true },
    problem: { state: true },
    busy: { state: true },
    over: { state: true },
    source: { state: true },
  };

  constructor() {
    super();
    this.asked = 0;
    this.view = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.source);
  }

  /** Who can be asked: a checkpoint for each model, and ensembles, with the views they know. */
  get choices() {
    const choices = new Map();
    const add = (key, choice, view) => {
      if (!choices.has(key)) {
        choices.set(key, { ...choice, views: [] });
      }
      const { views } = choices.get(key);
      if (!views.includes(view)) {
        views.push(view);
      }
    };
    for (const ensemble of this.results.ensembles) {
      add(`ensemble ${ensemble.name}`, { name: ensemble.name, ensemble: true, query: { experiment: this.experimentId, ensemble: ensemble.name } }, ensemble.view);
    }
    for (const model of this.results.models.filter((one) => one.representative || one.checkpoint.averagedEpochs)) {
      add(model.checkpoint.id, { name: model.name, query: { checkpoint: model.checkpoint.id } }, model.view);
    }
    return [...choices.values()].sort((a, b) => Boolean(a.ensemble) - Boolean(b.ensemble));
  }

  async ask(file) {
    if (!file) {
      return;
    }
    URL.revokeObjectURL(this.source);
    this.file = file;
    this.source = URL.createObjectURL(file);
    await this.again();
  }

  async again() {
    if (!this.file) {
      return;
    }
    const choice = this.choices[this.asked];
    const view = choice.views.includes(this.view) ? this.view : choice.views[0];
    const { file } = this;
    const turn = Symbol('turn');
    this.turn = turn;
    this.busy = true;
    try {
      const answer = await sendFile(`/api/v1/predictions?${new URLSearchParams({ ...choice.query, view, top: TOP })}`, file);
      if (this.turn === turn) {
        this.answer = answer;
        this.problem = undefined;
      }
    } catch (error) {
      if (this.turn === turn) {
        this.answer = undefined;
        this.problem = error.message;
      }
    } finally {
      if (this.turn === turn) {
        this.busy = false;
      }
    }
  }

  dropped(event) {
    event.preventDefault();
    this.over = false;
    this.ask(event.dataTransfer.files[0]);
  }

  dragged(event, over) {
    event.preventDefault();
    this.over = over;
  }

  render() {
    const { choices } = this;
    if (!choices.length) {
      return nothing;
    }
    const { views } = choices[this.asked];
    const view = views.includes(this.view) ? this.view : views[0];
    return html`
      <section class="card">
        <div class="controls">
          <select aria-label="Run or ensemble" @change=${(event) => { this.asked = Number(event.target.value); this.again(); }}>
            ${choices.map((choice, index) => html`<option value=${index} ?selected=${index === this.asked}>${choice.name}${choice.ensemble ? ' (ensemble)' : ''}</option>`)}
          </select>
          <select aria-label="View" @change=${(event) => { this.view = event.target.value; this.again(); }}>
            ${views.map((name) => html`<option value=${name} ?selected=${name === view}>${viewName(name)}</option>`)}
          </select>
        </div>
        <div class="prediction">
          <label class="drop ${this.over ? 'over' : ''}"
              @dragover=${(event) => this.dragged(event, true)} @dragleave=${(event) => this.dragged(event, false)} @drop=${this.dropped}>
            <input type="file" accept="image/*" aria-label="Image" @change=${(event) => this.ask(event.target.files[0])}>
            ${this.source ? html`<img src=${this.source} alt="The image that is asked about">` : html`<span class="quiet">Drop an image here, or click to choose one</span>`}
          </label>
          <div class="said" aria-live="polite" aria-busy=${Boolean(this.busy)}>
            ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
            ${this.answer ? this.bars(this.answer) : nothing}
          </div>
        </div>
      </section>`;
  }

  bars(answer) {
    const [prediction] = answer.predictions;
    return html`
      <table class="bars">
        ${prediction.probabilities.map(
          (one) => html`
            <tr>
              <td>${one.class === prediction.predicted ? html`<strong>${one.class}</strong>` : one.class}</td>
              <td class="wide"><span class="progress"><span style="width:${(100 * one.probability).toFixed(2)}%"></span></span></td>
              <td class="number">${percent(one.probability)}</td>
            </tr>`,
        )}
      </table>
      <p class="quiet">${prediction.width} × ${prediction.height} pixels, ${answer.latencyMs.total.toFixed(1)} ms${answer.members.every((one) => one.warm) ? '' : ', networks loaded first'}</p>`;
  }
}

customElements.define('prediction-form', PredictionForm);
