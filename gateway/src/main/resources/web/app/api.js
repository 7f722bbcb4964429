// The gateway's HTTP API as the page uses it.

const TOKEN = 'tencrop-token';

/** An answer that is not what was asked for; the message is the problem's own. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function rememberToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

async function request(path, options = {}) {
  const headers = { Accept: 'application/json', ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, 'The gateway does not answer.');
  }
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Problem(answer.status, problem.detail ?? problem.title ?? `The gateway answered ${answer.status}.`);
}

export async function get(path, signal) {
  return (await request(path, { signal })).json();
}

/** The picture at the address. */
export async function picture(path) {
  return (await request(path, { headers: { Accept: 'image/png' } })).blob();
}

export async function post(path) {
  return (await request(path, { method: 'POST' })).json();
}

/** What is answered to a file. */
export async function sendFile(path, file) {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return (await request(path, { method: 'POST', headers, body: file })).json();
}

/** Saves what is at the address as a file. */
export async function download(path, name) {
  const content = await (await request(path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Follows an experiment until it has ended: tells each event's name and data, and goes on after the
 * last one when the connection was lost. EventSource could not send the token.
 */
export async function follow(id, tell, signal) {
  let lastId = '';
  while (!signal.aborted) {
    try {
      const answer = await request(`/api/v1/experiments/${id}/events`, {
        headers: { Accept: 'text/event-stream', 'Last-Event-ID': lastId },
        signal,
      });
      let ended = false;
      for await (const event of events(answer.body)) {
        lastId = event.id ?? lastId;
        const data = JSON.parse(event.data);
        ended ||= event.name === 'state' && isFinal(data.state);
        tell(event.name, data);
      }
      if (ended) {
        return;
      }
    } catch (error) {
      if (signal.aborted || (error instanceof Problem && error.status >= 400 && error.status < 500)) {
        return;
      }
    }
    await new Promise((resume) => setTimeout(resume, 1500));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    text += value.replaceAll('\r\n', '\n');
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const event = { data: '' };
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const content = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'id') event.id = content;
        if (field === 'event') event.name = content;
        if (field === 'data') event.data += content;
      }
      if (event.data) {
        yield event;
      }
    }
  }
}

export function isFinal(state) {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}
