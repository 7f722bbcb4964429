// Why each run's loss and accuracy came out as they did, with the evidence.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { percent, view as viewName } from './format.js';
import './gradient-map.js';
import './loss-split.js';
import './margin-histogram.js';
import './wrong-images.js';

const KINDS = {
  neverStarted: 'Never started',
  collapsed: 'Collapsed',
  lossFallsAlone: 'Loss falls alone',
  memorizes: 'Memorizes',
  overfits: 'Overfits',
  confidentlyWrong: 'Too sure',
  classesIntermixed: 'Classes intermixed',
  vanishingGradient: 'Vanishing gradient',
  fewImagesCarryTheLoss: 'Few images carry the loss',
  stillImproving: 'Still improving',
  learns: 'Learns',
};
const SERIOUS = ['neverStarted', 'collapsed', 'memorizes'];
const GOOD = ['learns', 'stillImproving', 'fewImagesCarryTheLoss'];

const tone = (kind) => (SERIOUS.includes(kind) ? 'failed' : GOOD.includes(kind) ? 'completed' : 'evaluating');

class RunDiagnoses extends Piece {
  static properties = { diagnoses: {}, open: { state: true } };

  constructor() {
    super();
    this.open = new Set();
  }

  render() {
    return html`
      <section class="card flush diagnoses">
        ${this.diagnoses.map((diagnosis) => this.entry(diagnosis))}
      </section>`;
  }

  entry(diagnosis) {
    const { verdict, findings } = diagnosis;
    const open = this.open.has(diagnosis.runId);
    return html`
      <details ?open=${open} @toggle=${(event) => this.toggled(diagnosis.runId, event.target.open)}>
        <summary>
          <strong>${diagnosis.run}</strong>
          <span class="badge ${tone(verdict.kind)}">${KINDS[verdict.kind] ?? verdict.kind}</span>
          <span class="sentence">${verdict.sentence}</span>
        </summary>
        ${open ? html`
          ${findings.length ? html`<ul class="notes">${findings.map((finding) => html`<li>${finding.sentence}</li>`)}</ul>` : nothing}
          <p class="quiet">${this.compared(diagnosis)}</p>
          <div class="evidence">
            <loss-split .change=${diagnosis.change}></loss-split>
            <margin-histogram .before=${diagnosis.marginsBefore} .margins=${diagnosis.margins}></margin-histogram>
            <gradient-map .runId=${diagnosis.runId}></gradient-map>
          </div>
          <wrong-images .runId=${diagnosis.runId}></wrong-images>` : nothing}
      </details>`;
  }

  compared({ first, checkpoint, view, worst, temperature, lossAtTemperature, guessingLoss }) {
    const which = first ? `epoch ${first.epoch} and epoch ${checkpoint.epoch}` : `epoch ${checkpoint.epoch}`;
    return `Validation images, ${viewName(view)}, ${which}. The worst ${worst.images} of the images hold ${percent(worst.share, 1)} of the loss; at the best temperature, ${temperature.toPrecision(3)}, the loss is ${lossAtTemperature.toFixed(3)}; guessing costs ${guessingLoss.toFixed(3)}.`;
  }

  toggled(runId, open) {
    if (open !== this.open.has(runId)) {
      this.open = new Set(open ? [...this.open, runId] : [...this.open].filter((id) => id !== runId));
    }
  }
}

customElements.define('run-diagnoses', RunDiagnoses);
