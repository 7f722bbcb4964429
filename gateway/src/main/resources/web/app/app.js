// The frame of the dashboard: which page is shown, and the question for the token.
import { html } from 'lit';
import { Piece } from './elements.js';
import { rememberToken } from './api.js';
import './comparison-page.js';
import './dataset-list.js';
import './dataset-page.js';
import './experiment-list.js';
import './experiment-page.js';

class TencropApp extends Piece {
  static properties = { route: { state: true }, locked: { state: true } };

  constructor() {
    super();
    this.locked = false;
    this.route = location.hash;
    window.addEventListener('hashchange', () => (this.route = location.hash));
    this.addEventListener('unauthorized', () => (this.locked = true));
  }

  render() {
    return html`
      <header>
        <a class="brand" href="#/">
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" /><rect x="5.5" y="5.5" width="5" height="5" /></svg>
          Tencrop
        </a>
        <nav>
          <a href="#/" aria-current=${!this.route.startsWith('#/datasets')}>Experiments</a>
          <a href="#/datasets" aria-current=${this.route.startsWith('#/datasets')}>Data sets</a>
          <a href="/q/swagger-ui">API</a>
        </nav>
      </header>
      <main>${this.locked ? this.question() : this.page()}</main>`;
  }

  page() {
    if (this.route === '#/datasets') {
      return html`<dataset-list></dataset-list>`;
    }
    const [, name, preparedId] = /^#\/datasets\/([^/]+)(?:\/([0-9a-f]{64}))?$/.exec(this.route) ?? [];
    if (name) {
      return html`<dataset-page .name=${decodeURIComponent(name)} .preparedId=${preparedId}></dataset-page>`;
    }
    const ids = /^#\/compare\/([0-9a-f,-]+)$/.exec(this.route)?.[1];
    if (ids) {
      return html`<comparison-page .ids=${ids}></comparison-page>`;
    }
    const id = /^#\/experiments\/([0-9a-f-]{36})$/.exec(this.route)?.[1];
    return id
      ? html`<experiment-page .experimentId=${id}></experiment-page>`
      : html`<experiment-list></experiment-list>`;
  }

  question() {
    return html`
      <form class="card token" @submit=${this.unlock}>
        <h1>Token</h1>
        <p>This gateway asks for its token, the value of TENCROP_TOKEN where it was started.</p>
        <input name="token" type="password" aria-label="Token" autocomplete="off" required>
        <button class="primary">Go on</button>
      </form>`;
  }

  unlock(event) {
    event.preventDefault();
    rememberToken(new FormData(event.target).get('token'));
    this.locked = false;
  }
}

customElements.define('tencrop-app', TencropApp);
