// The visit's WebSocket: chat, presence and news. It reconnects; nothing said is lost, and nothing is said twice, because
// each message keeps its own id until the server has confirmed it. Every beat is answered: a line that has been silent for longer
// than two beats is taken as dead, for a browser may not learn for minutes that a network is gone.
import { wait } from "./dom";

export type Said = { id: string; client_id: string; from: "patient" | "doctor"; mine: boolean; text: string; sent_at: string };
export type Caption = { number: number; from: "patient" | "doctor"; mine: boolean; starts_ms: number; text: string };
export type RecordingSign = {
  status: "asked" | "running" | "paused" | "ended";
  paused_by: "patient" | "doctor" | "guest" | null;
  end_reason: string | null;
  agreed: boolean;
};
export type News =
  | ({ type: "message" } & Said)
  | { type: "history"; items: Said[] }
  | { type: "presence"; other: "present" | "away" | "gone" }
  | { type: "state"; status: "open" | "ended" | "signed" }
  | { type: "joined"; by: "patient" | "doctor"; client: string; mine: boolean }
  | { type: "media"; mine: boolean; camera: boolean; microphone: boolean }
  | {
      type: "transcript";
      status: "asked" | "running" | "paused" | "ended";
      paused_by: "patient" | "doctor" | null;
      end_reason: "refused" | "withdrawn" | "stopped" | "visit_over" | "failed" | "throttled" | "unreachable" | null;
      // While the question stands: what agreeing means.
      terms?: string;
      // And whom it names as being sent the sound.
      sound_to?: string;
    }
  | ({ type: "recording" } & RecordingSign)
  | { type: "captions"; items: Caption[] }
  | {
      type: "room";
      sharing: { role: string; name: string; mine: boolean; client: string } | null;
      shown: string | null;
      lines: { id: string; kind: "screen" | "document" | "photo"; role: string; mine: boolean; at: string; state: "quarantined" | "clean" | "refused" | null }[];
    }
  | { type: "moved" }
  | { type: "guests" }
  | { type: "beat" }
  | { type: "refused"; id?: string; reason: string };
type Waiting = { id: string; text: string };

const BEAT = 5000;
const SILENCE = 2 * BEAT + 2000;
// RFC 6455 section 7.4.1: closed without a closing handshake.
const LOST = 1006;

export class Socket extends EventTarget {
  private socket?: WebSocket;
  private open = false;
  private stopped = false;
  private failures = 0;
  private last = "";
  private waiting: Waiting[] = [];
  private beat = 0;
  private heard = 0;

  constructor(private readonly path: string, private readonly store: string) {
    super();
    try {
      this.waiting = JSON.parse(sessionStorage.getItem(store) ?? "[]") as Waiting[];
    } catch {
      this.waiting = [];
    }
    window.addEventListener("online", () => this.connect());
    window.addEventListener("offline", () => this.lose());
  }

  get unsent(): readonly Waiting[] {
    return this.waiting;
  }

  connect(): void {
    if (this.stopped || (this.socket && this.socket.readyState <= WebSocket.OPEN)) return;
    const url = new URL(this.path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    if (this.last) url.searchParams.set("after", this.last);
    const socket = new WebSocket(url);
    this.socket = socket;
    this.heard = Date.now();
    window.clearInterval(this.beat);
    this.beat = window.setInterval(() => this.watch(), BEAT);
    socket.onopen = () => this.up();
    socket.onmessage = (event: MessageEvent<string>) => {
      this.heard = Date.now();
      this.hear(JSON.parse(event.data) as News);
    };
    socket.onclose = (event) => void this.down(event.code);
  }

  // Says that this side is here, unless the other end has not been heard for too long.
  private watch(): void {
    if (Date.now() - this.heard > SILENCE) this.lose();
    else this.send({ type: "beat" });
  }

  // The line is dead, whatever the browser believes: closing it properly would wait for an answer that cannot come.
  private lose(): void {
    const socket = this.socket;
    if (!socket || this.stopped) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    delete this.socket;
    void this.down(LOST);
  }

  stop(): void {
    this.stopped = true;
    window.clearInterval(this.beat);
    this.socket?.close(1000);
  }

  say(text: string): Waiting {
    const message = { id: crypto.randomUUID(), text };
    this.waiting.push(message);
    this.keep();
    this.send({ type: "say", ...message });
    return message;
  }

  tell(news: Record<string, unknown>): void {
    this.send(news);
  }

  private send(value: Record<string, unknown>): void {
    if (this.open) this.socket?.send(JSON.stringify(value));
  }

  private up(): void {
    this.open = true;
    this.failures = 0;
    this.dispatchEvent(new Event("up"));
    for (const message of this.waiting) this.send({ type: "say", ...message });
  }

  private hear(news: News): void {
    if (news.type === "message") this.confirm(news);
    if (news.type === "history") news.items.forEach((item) => this.confirm(item));
    if (news.type === "refused" && news.id) {
      this.waiting = this.waiting.filter((message) => message.id !== news.id);
      this.keep();
    }
    this.dispatchEvent(new CustomEvent<News>("news", { detail: news }));
  }

  private confirm(said: Said): void {
    if (said.id > this.last) this.last = said.id;
    if (!said.mine) return;
    this.waiting = this.waiting.filter((message) => message.id !== said.client_id);
    this.keep();
  }

  private async down(code: number): Promise<void> {
    this.open = false;
    window.clearInterval(this.beat);
    this.dispatchEvent(new Event("down"));
    // 4xxx: the server has said why, and would say so again.
    if (this.stopped || (code >= 4000 && code < 5000)) return;
    await wait(Math.min(8000, 400 * 2 ** this.failures++) * (0.7 + Math.random() * 0.6));
    this.connect();
  }

  private keep(): void {
    try {
      sessionStorage.setItem(this.store, JSON.stringify(this.waiting));
    } catch {
      // Kept in memory alone.
    }
  }
}
