// What models, groups and ensembles reached on the test images, view by view.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { loss, percent, view as viewName } from './format.js';

class ResultsTable extends Piece {
  static properties = { results: {} };

  render() {
    const { models, groups, ensembles, notes } = this.results;
    const test = (entries) => entries.filter((entry) => entry.split === 'test');
    const views = [...new Set(models.map((model) => model.view))];
    const rows = [
      { title: 'Models', entries: merge(test(models), (model) => model.name) },
      { title: 'Over seeds, mean ± deviation', entries: merge(test(groups), (group) => group.group, (group) => `${group.runs} ${group.runs === 1 ? 'run' : 'runs'}`) },
      { title: 'Ensembles', entries: merge(test(ensembles), (ensemble) => ensemble.name, members) },
    ].filter((section) => section.entries.length);
    const best = Object.fromEntries(views.map((view) => [view, Math.max(...[...test(models), ...test(ensembles)].filter((entry) => entry.view === view).map((entry) => entry.measures.accuracy))]));
    return html`
      <section class="card flush">
        <div class="scroll">
          <table class="results">
            <thead>
              <tr><th rowspan="2"></th>${views.map((view) => html`<th class="group" colspan="2">${viewName(view)}</th>`)}</tr>
              <tr>${views.map(() => html`<th class="number">Accuracy</th><th class="number">Loss</th>`)}</tr>
            </thead>
            ${rows.map((section) => html`
              <tbody>
                <tr class="section"><th colspan=${1 + 2 * views.length}>${section.title}</th></tr>
                ${section.entries.map((entry) => this.row(entry, views, best))}
              </tbody>`)}
          </table>
        </div>
      </section>
      ${notes?.length ? html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${this.results.complete ? nothing : html`<p class="quiet">More to come: groups and ensembles are composed when all runs have ended.</p>`}`;
  }

  row(entry, views, best) {
    return html`
      <tr>
        <td><strong>${entry.name}</strong>${entry.detail ? html` <span class="quiet">${entry.detail}</span>` : nothing}</td>
        ${views.map((view) => this.cells(entry.byView[view], best[view]))}
      </tr>`;
  }

  cells(found, best) {
    if (!found) {
      return html`<td class="number">–</td><td class="number">–</td>`;
    }
    if (found.measures) {
      const { accuracy } = found.measures;
      return html`<td class="number ${accuracy === best ? 'best' : ''}">${percent(accuracy)}</td><td class="number">${loss(found.measures.loss)}</td>`;
    }
    return html`
      <td class="number">${percent(found.meanAccuracy)}${deviation(found.deviationAccuracy, 100, 2)}</td>
      <td class="number">${loss(found.meanLoss)}${deviation(found.deviationLoss, 1, 4)}</td>`;
  }
}

const deviation = (value, scale, digits) =>
  value == null ? nothing : html` <span class="quiet">± ${(scale * value).toFixed(digits)}</span>`;

const members = (ensemble) => {
  const counts = new Map();
  ensemble.members.forEach((member) => counts.set(member, (counts.get(member) ?? 0) + 1));
  return [...counts].map(([member, count]) => (count > 1 ? `${count} × ${member}` : member)).join(', ');
};

/** Entries that differ in their view only, as one row. */
function merge(entries, name, detail = () => '') {
  const rows = new Map();
  for (const entry of entries) {
    const key = name(entry);
    if (!rows.has(key)) {
      rows.set(key, { name: key, detail: detail(entry), byView: {} });
    }
    rows.get(key).byView[entry.view] = entry;
  }
  return [...rows.values()];
}

customElements.define('results-table', ResultsTable);
