// One data set: where it is from, and what was prepared of it.
import { html, nothing } from 'lit';
import { Piece } from './elements.js';
import { get } from './api.js';
import { bytes, count, short } from './format.js';
import './class-balance.js';
import './dataset-samples.js';

const SPLITS = ['train', 'validation', 'test'];
const SIGNIFICANT = 4;

class DatasetPage extends Piece {
  static properties = {
    name: {},
    preparedId: {},
    dataset: { state: true },
    view: { state: true },
    problem: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('name') || changed.has('preparedId')) {
      this.load();
    }
  }

  async load() {
    const { name, preparedId } = this;
    const path = `/api/v1/datasets/${encodeURIComponent(name)}`;
    try {
      const dataset = await get(path);
      const id = preparedId ?? dataset.prepared.at(-1)?.id;
      const view = id && (await get(`${path}/prepared/${id}`));
      if (name === this.name && preparedId === this.preparedId) {
        Object.assign(this, { dataset, view, problem: undefined });
      }
    } catch (error) {
      if (error.status === 401) {
        this.dispatchEvent(new Event('unauthorized', { bubbles: true }));
      }
      this.problem = error.message;
    }
  }

  render() {
    return html`
      ${this.problem ? html`<p class="alert">${this.problem}</p>` : nothing}
      ${this.dataset ? html`${this.head(this.dataset)} ${this.view ? this.prepared(this.view) : this.unprepared()}` : nothing}`;
  }

  head(dataset) {
    return html`
      <div class="title"><h1>${dataset.name}</h1><span class="badge">${dataset.source.type}</span></div>
      <section class="card">
        <dl class="first">
          <div><dt>Licence</dt><dd>${dataset.licence ?? 'not stated'}</dd></div>
          <div><dt>Source</dt><dd class="long">${dataset.source.uri}</dd></div>
          <div><dt>SHA-256 of the content</dt><dd title=${dataset.sourceDigest ?? ''}><code>${short(dataset.sourceDigest, 16)}</code></dd></div>
        </dl>
      </section>`;
  }

  unprepared() {
    return html`<section class="card spaced">Nothing is prepared of it yet. An experiment that names it has it prepared.</section>`;
  }

  prepared(view) {
    return html`
      ${this.dataset.prepared.length > 1 ? this.choice(view) : html`<h2>As it is prepared</h2>`}
      ${view.prepared.notes.map((note) => html`<p class="alert note">${note}</p>`)}
      <section class="card">${this.facts(view)}</section>
      <h2>Images per class</h2>
      ${view.facts
        ? html`<class-balance .classes=${view.prepared.classes} .counts=${view.facts.classCounts}></class-balance>`
        : html`<section class="card quiet">It was prepared by an earlier version, which did not count them.</section>`}
      <h2>Samples</h2>
      <dataset-samples .name=${view.dataset} .prepared=${view.prepared} .variants=${view.variants}></dataset-samples>
      ${this.duplicates(view.facts?.duplicates)} ${this.rejected(view.rejected)}`;
  }

  choice(view) {
    return html`
      <h2>As it is prepared</h2>
      <nav class="choices">
        ${this.dataset.prepared.map((one) => html`
          <a href="#/datasets/${encodeURIComponent(this.dataset.name)}/${one.id}" aria-current=${one.id === view.prepared.id}>
            ${one.height} × ${one.width} × ${one.channels} <code>${short(one.id, 6)}</code>
          </a>`)}
      </nav>`;
  }

  facts(view) {
    const { prepared, preparation } = view;
    const values = (list) => list.map((value) => value.toFixed(SIGNIFICANT)).join(', ');
    return html`
      <dl class="first">
        <div><dt>Images</dt><dd>${prepared.height} × ${prepared.width}, ${prepared.channels === 1 ? 'grey' : 'RGB'}</dd></div>
        ${SPLITS.map((split) => html`<div><dt>${split}</dt><dd>${count(prepared.counts[split] ?? 0)}</dd></div>`)}
        <div><dt>Split</dt><dd>${this.split(preparation.split)}</dd></div>
        ${view.variants > 1 ? html`<div><dt>Variants</dt><dd>${view.variants}</dd></div>` : nothing}
        ${prepared.normalization
          ? html`
            <div><dt>Mean</dt><dd>${values(prepared.normalization.mean)}</dd></div>
            <div><dt>Std</dt><dd>${values(prepared.normalization.std)}</dd></div>`
          : nothing}
        <div><dt>Stored</dt><dd>${bytes(view.bytes)} in ${view.shards} shards</dd></div>
        <div><dt>Id</dt><dd title=${prepared.id}><code>${short(prepared.id, 16)}</code></dd></div>
      </dl>`;
  }

  split(split) {
    const shares = split.provided
      ? `the source's, ${split.validation} held out`
      : SPLITS.map((part) => split[part]).join(' / ');
    return `${shares}, seed ${split.seed}${split.stratified ? ', stratified' : ''}`;
  }

  duplicates(duplicates) {
    if (!duplicates) {
      return nothing;
    }
    const shared = duplicates.acrossSplits.map((one) => `${count(one.images)} ${one.split} images are also in ${one.in}`);
    const repeated = SPLITS.filter((split) => duplicates.withinSplits[split])
      .map((split) => `${count(duplicates.withinSplits[split])} repeat another one of ${split}`);
    return html`
      <h2>Exact copies</h2>
      <section class="card ${duplicates.pairs.length ? 'flush' : ''}">
        <p class=${duplicates.pairs.length ? 'inset' : 'bare'}>${shared.length + repeated.length ? `${[...shared, ...repeated].join('; ')}.` : 'None: no two images have the same content.'}</p>
        ${duplicates.pairs.length ? this.pairs(duplicates) : nothing}
      </section>`;
  }

  pairs({ acrossSplits, pairs }) {
    const all = acrossSplits.reduce((sum, one) => sum + one.images, 0);
    const cell = (image) => html`
      <td><span class="label">${image.split}</span> ${image.path ?? `image ${image.id}`}</td>
      <td class="quiet">${this.view.prepared.classes[image.label]}</td>`;
    return html`
      <div class="scroll tall">
        <table>
          <thead><tr><th>Image</th><th>Class</th><th>Copy</th><th>Class</th></tr></thead>
          <tbody>${pairs.map((pair) => html`<tr class=${pair.first.label === pair.second.label ? '' : 'contradiction'}>${cell(pair.first)} ${cell(pair.second)}</tr>`)}</tbody>
        </table>
      </div>
      ${all > pairs.length ? html`<p class="inset quiet">The first ${pairs.length} of ${count(all)}.</p>` : nothing}`;
  }

  rejected(rejected) {
    return rejected.total
      ? html`
        <h2>Files left out</h2>
        <section class="card flush">
          <div class="scroll tall">
            <table>
              <thead><tr><th>File</th><th>Why</th></tr></thead>
              <tbody>${rejected.first.map((one) => html`<tr><td>${one.path}</td><td class="quiet">${one.reason}</td></tr>`)}</tbody>
            </table>
          </div>
          ${rejected.total > rejected.first.length ? html`<p class="inset quiet">The first ${rejected.first.length} of ${count(rejected.total)}.</p>` : nothing}
        </section>`
      : nothing;
  }
}

customElements.define('dataset-page', DatasetPage);
