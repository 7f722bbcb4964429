// What students keep of the gain of their teachers over these teachers' members, on test.
import { html } from 'lit';
import { Piece } from './elements.js';
import { percent, view as viewName } from './format.js';

class DistillationTable extends Piece {
  static properties = { distillations: {} };

  render() {
    return html`
      <section class="card flush">
        <div class="scroll">
          <table>
            <thead>
              <tr><th>Group</th><th>Teacher</th><th>View</th><th class="number">Students, mean</th><th class="number">Teacher's members, mean</th><th class="number">Together</th><th class="number">Kept of the gain</th></tr>
            </thead>
            <tbody>${this.distillations.filter((each) => each.split === 'test').map((each) => this.row(each))}</tbody>
          </table>
        </div>
      </section>
      <p class="quiet">The gain is what a teacher's members win by answering together, over what they reach alone in the mean. Students may keep more than all of it, or less than nothing.</p>`;
  }

  row(each) {
    return html`
      <tr>
        <td><strong>${each.group}</strong> <span class="quiet">${each.students} ${each.students === 1 ? 'run' : 'runs'}</span></td>
        <td><a href="#/experiments/${each.teacherExperimentId}">${each.teacher}</a> <span class="quiet">${each.members} ${each.members === 1 ? 'model' : 'models'}</span></td>
        <td>${viewName(each.view)}</td>
        <td class="number">${percent(each.studentAccuracy)}</td>
        <td class="number">${percent(each.memberAccuracy)}</td>
        <td class="number">${percent(each.teacherAccuracy)}</td>
        <td class="number">${percent(each.keptGain, 1)}</td>
      </tr>`;
  }
}

customElements.define('distillation-table', DistillationTable);
