// How many images each class has in each split, as bars. Each split has a scale of its own.
import { html } from 'lit';
import { Piece, lineColor } from './elements.js';
import { count, percent } from './format.js';

const SPLITS = ['train', 'validation', 'test'];

class ClassBalance extends Piece {
  static properties = { classes: {}, counts: {} };

  render() {
    const splits = SPLITS.filter((split) => this.counts[split]);
    const scale = Object.fromEntries(splits.map((split) => [split, Math.max(1, ...this.counts[split])]));
    const total = Object.fromEntries(splits.map((split) => [split, this.counts[split].reduce((sum, n) => sum + n, 0)]));
    return html`
      <section class="card flush">
        <div class="scroll tall">
          <table class="balance">
            <thead><tr><th>Class</th>${splits.map((split) => html`<th>${split}</th>`)}</tr></thead>
            <tbody>${this.classes.map((name, label) => html`
              <tr>
                <td>${name}</td>
                ${splits.map((split, index) => this.bar(this.counts[split][label], scale[split], total[split], index))}
              </tr>`)}
            </tbody>
          </table>
        </div>
      </section>`;
  }

  bar(images, most, all, index) {
    return html`
      <td title="${percent(images / all)} of the split">
        <div class="measure">
          <span class="progress" style="--tone:${lineColor(index)}"><span style="width:${((100 * images) / most).toFixed(1)}%"></span></span>
          <span class="number">${count(images)}</span>
        </div>
      </td>`;
  }
}

customElements.define('class-balance', ClassBalance);
