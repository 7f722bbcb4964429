// Small pieces that several pages show.
import { LitElement, html } from 'lit';
import { state as stateName } from './format.js';

/** An element whose content takes part in the page's style sheet. */
export class Piece extends LitElement {
  createRenderRoot() {
    return this;
  }
}

const PALETTE = ['#3b7ddd', '#e07b39', '#2f9e78', '#c2528b', '#8a6fd1', '#b59a1f', '#4fa3b8', '#d1574f', '#6b8f3a', '#7c7f8a'];

/** The colour of an experiment's run, by its place in the spec; readable on light and dark. */
export const lineColor = (index) => PALETTE[index % PALETTE.length];

export const stateBadge = (state) => html`<span class="badge ${state.toLowerCase()}">${stateName(state)}</span>`;

export const progressBar = (share, state) => html`
  <span class="progress ${state.toLowerCase()}" role="progressbar" aria-valuenow=${Math.round(100 * share)} aria-valuemin="0" aria-valuemax="100">
    <span style="width:${(100 * share).toFixed(1)}%"></span>
  </span>`;
