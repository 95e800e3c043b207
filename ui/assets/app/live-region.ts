// <live-region src="/fragment" on="kind kind">: one EventSource for the page; news of a kind fetches the fragment again.
// every="30" fetches it each thirty seconds besides: for who has no stream (a guest, a screen in the hall), and as the heartbeat of an open
// page. The stream is opened only by pages that listen. After a lost connection everything is fetched again: news may have been missed.
type Listener = { kinds: string[]; refresh: (event?: MessageEvent) => void };
const listeners = new Set<Listener>();
let stream: EventSource | undefined;
let lost = false;
const heard = new Set<string>();

function open(): EventSource {
  if (stream) return stream;
  stream = new EventSource("/live");
  stream.onopen = () => {
    document.documentElement.dataset.live = "on";
    if (lost) for (const listener of listeners) listener.refresh();
    lost = false;
  };
  stream.onerror = () => {
    lost = true;
    document.documentElement.dataset.live = "lost";
  };
  stream.onmessage = (event: MessageEvent<string>) => {
    try {
      const kind = (JSON.parse(event.data) as { kind?: string }).kind;
      if (kind) tell(kind, event);
    } catch {
      // A comment or a keep-alive.
    }
  };
  return stream;
}

function tell(kind: string, event: MessageEvent): void {
  for (const listener of listeners) if (listener.kinds.includes(kind)) listener.refresh(event);
}

export function listen(kinds: string[], refresh: Listener["refresh"]): () => void {
  const listener = { kinds, refresh };
  listeners.add(listener);
  const source = open();
  for (const kind of kinds) {
    if (heard.has(kind)) continue;
    heard.add(kind);
    source.addEventListener(kind, (event) => tell(kind, event as MessageEvent));
  }
  return () => listeners.delete(listener);
}

class LiveRegion extends HTMLElement {
  private stop?: () => void;
  private pending = 0;
  private clock = 0;

  connectedCallback(): void {
    const every = Number(this.getAttribute("every") ?? 0);
    if (every > 0) this.clock = window.setInterval(() => void this.refresh(), every * 1000);
    const kinds = (this.getAttribute("on") ?? "").split(/\s+/).filter(Boolean);
    if (kinds.length > 0) this.stop = listen(kinds, () => this.later());
  }

  disconnectedCallback(): void {
    this.stop?.();
    window.clearInterval(this.clock);
  }

  // Several pieces of news at once are one fetch.
  private later(): void {
    if (this.pending) return;
    this.pending = window.setTimeout(() => {
      this.pending = 0;
      void this.refresh();
    }, 150);
  }

  private async refresh(): Promise<void> {
    const src = this.getAttribute("src");
    if (!src || this.contains(document.activeElement?.closest("input, textarea, select") ?? null)) return;
    try {
      // Another tab may have chosen another person's record; this page stays that of whom it was made for.
      const made = document.documentElement.dataset.for;
      const headers = { accept: "text/html", "x-fragment": "1", ...(made ? { "x-for": made } : {}) };
      const answer = await fetch(src, { headers, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const focused = document.activeElement?.id;
      // Our own page, escaped by the server's templates.
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = this.id ? page.getElementById(this.id) : null;
      this.replaceChildren(...(fresh ?? page.body).childNodes);
      if (focused) document.getElementById(focused)?.focus();
      this.dispatchEvent(new CustomEvent("refreshed", { bubbles: true }));
    } catch {
      // The next news, or the reconnection, tries again.
    }
  }
}
customElements.define("live-region", LiveRegion);
