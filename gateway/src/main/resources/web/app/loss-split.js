// What each kind of image adds to the change of the mean loss: to the left the loss falls.
import { html, nothing, svg } from 'lit';
import { Piece } from './elements.js';

const PARTS = [
  ['staysRight', 'Stay right'],
  ['staysWrong', 'Stay wrong'],
  ['turnsRight', 'Turn right'],
  ['turnsWrong', 'Turn wrong'],
];
const WIDTH = 200;
const HEIGHT = 16;

class LossSplit extends Piece {
  static properties = { change: {} };

  render() {
    const { change } = this;
    if (!change) {
      return html`<h3>Change of the loss</h3><p class="quiet">Only one checkpoint was evaluated. With <code>checkpoints: everyEpoch</code> the first and the last are compared.</p>`;
    }
    const most = Math.max(...PARTS.map(([name]) => Math.abs(change[name].change)), 1e-9);
    return html`
      <h3>Change of the loss: ${change.before.toFixed(3)} to ${change.after.toFixed(3)}</h3>
      <table class="parts">
        ${PARTS.map(([name, title]) => this.part(title, change[name], most))}
      </table>`;
  }

  part(title, { images, change }, most) {
    const middle = WIDTH / 2;
    const length = (Math.abs(change) / most) * (middle - 2);
    return html`
      <tr>
        <td>${title}</td>
        <td class="number quiet">${images.toLocaleString('en')}</td>
        <td>
          <svg class="split" width=${WIDTH} height=${HEIGHT} role="img" aria-label="${change.toFixed(4)}">
            ${svg`<line x1=${middle} x2=${middle} y1="0" y2=${HEIGHT}></line>
              <rect class=${change > 0 ? 'bad' : 'good'} x=${change > 0 ? middle : middle - length} y="3" width=${length} height=${HEIGHT - 6}></rect>`}
          </svg>
        </td>
        <td class="number">${images ? `${change > 0 ? '+' : ''}${change.toFixed(4)}` : nothing}</td>
      </tr>`;
  }
}

customElements.define('loss-split', LossSplit);
