// Runs and ensembles in each view against each other: accuracy with its interval, and who cannot be told apart.
import { html, nothing, svg } from 'lit';
import { Piece } from './elements.js';
import { percent, view as viewName } from './format.js';

const WIDTH = 260;
const HEIGHT = 18;

class RankingTable extends Piece {
  static properties = { ranking: {} };

  render() {
    const ranking = this.ranking;
    const low = Math.min(...ranking.map((entry) => entry.accuracyInterval.low));
    const high = Math.max(...ranking.map((entry) => entry.accuracyInterval.high));
    const x = (share) => 6 + ((WIDTH - 12) * (share - low)) / Math.max(high - low, 1e-9);
    return html`
      <section class="card flush">
        <div class="scroll">
          <table>
            <thead>
              <tr><th class="number">Rank</th><th>Run or ensemble</th><th>View</th><th class="number">Test</th><th>95 % interval</th><th class="number">Validation</th></tr>
            </thead>
            <tbody>${ranking.map((entry) => this.row(entry, x))}</tbody>
          </table>
        </div>
      </section>
      <p class="quiet">The rank is one more than the number of entries that are better beyond chance: McNemar's exact test on the same images, p below 0.05. Choose by validation; test is for telling how good the choice is.</p>`;
  }

  row(entry, x) {
    const { low, high } = entry.accuracyInterval;
    return html`
      <tr>
        <td class="number">${entry.rank}</td>
        <td><strong>${entry.name}</strong>${entry.ensemble ? html` <span class="quiet">ensemble</span>` : nothing}</td>
        <td>${viewName(entry.view)}</td>
        <td class="number">${percent(entry.accuracy)}</td>
        <td title="${percent(low)} to ${percent(high)}">
          <svg class="interval" width=${WIDTH} height=${HEIGHT} role="img" aria-label="${percent(low)} to ${percent(high)}">
            ${svg`<line x1=${x(low)} x2=${x(high)} y1=${HEIGHT / 2} y2=${HEIGHT / 2}></line><circle cx=${x(entry.accuracy)} cy=${HEIGHT / 2} r="4"></circle>`}
          </svg>
        </td>
        <td class="number">${percent(entry.validationAccuracy)}</td>
      </tr>`;
  }
}

customElements.define('ranking-table', RankingTable);
