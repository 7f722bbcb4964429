// How many images lie how far on the right side: bars at the last checkpoint, a line at the first.
import { html, nothing, svg } from 'lit';
import { Piece } from './elements.js';
import { percent } from './format.js';

const WIDTH = 340;
const HEIGHT = 130;
const FOOT = 18;

class MarginHistogram extends Piece {
  static properties = { before: {}, margins: {} };

  render() {
    const { counts, near } = this.margins;
    const earlier = this.before?.counts;
    const most = Math.max(...counts, ...(earlier ?? []), 1);
    const width = WIDTH / counts.length;
    const y = (count) => (HEIGHT - FOOT) * (1 - count / most) + 1;
    const bound = (i) => (2 * i) / counts.length - 1;
    const steps = earlier?.map((count, i) => `${i * width},${y(count)} ${(i + 1) * width},${y(count)}`).join(' ');
    return html`
      <h3>Margins: ${percent(near, 1)} within 0.1 of the threshold</h3>
      <svg class="margins" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Histogram of margins">
        ${svg`
          ${counts.map((count, i) => svg`
            <rect class=${i < counts.length / 2 ? 'bad' : 'good'} x=${i * width + 1} y=${y(count)} width=${width - 2} height=${Math.max(0, HEIGHT - FOOT + 1 - y(count))}>
              <title>${bound(i).toFixed(1)} to ${bound(i + 1).toFixed(1)}: ${count}${earlier ? `, before ${earlier[i]}` : ''}</title>
            </rect>`)}
          ${steps ? svg`<polyline points=${steps}></polyline>` : nothing}
          <line x1="0" x2=${WIDTH} y1=${HEIGHT - FOOT + 1} y2=${HEIGHT - FOOT + 1}></line>
          <text x="0" y=${HEIGHT - 3}>wrong, −1</text>
          <text x=${WIDTH / 2} y=${HEIGHT - 3} text-anchor="middle">0</text>
          <text x=${WIDTH} y=${HEIGHT - 3} text-anchor="end">right, 1</text>`}
      </svg>`;
  }
}

customElements.define('margin-histogram', MarginHistogram);
