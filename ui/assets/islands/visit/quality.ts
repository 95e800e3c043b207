// How the call is doing: counters for tests, a level for people, and rest for a line too thin for pictures.
import type { Call } from "./call";

export type Level = "good" | "fair" | "poor" | "unknown";
export type Report = { frames: number; audio: number; level: Level; rtt: number; loss: number; kbps: number };

type Totals = { frames: number; audio: number; lost: number; received: number; bytes: number };
const NONE: Totals = { frames: 0, audio: 0, lost: 0, received: 0, bytes: 0 };
const THIN = 150_000;
const LOSSY = 0.2;
// So many seconds in a row are no accident; after so long the picture is tried again.
const TOO_LONG = 5;
const REST = 30_000;
// So long the browser needs to find out that there is room again: until then only losses count.
const RAMP = 20_000;

export class Quality {
  private before: Totals = NONE;
  private base: Totals = NONE;
  private connection?: RTCPeerConnection;
  private thin = 0;
  private resting = false;
  private woke = Date.now();
  private waking = 0;
  private timer: number;

  constructor(private readonly call: Call, private readonly tell: (report: Report) => void, private readonly rest: (resting: boolean) => void) {
    this.timer = window.setInterval(() => void this.look(), 1000);
  }

  stop(): void {
    window.clearInterval(this.timer);
    window.clearTimeout(this.waking);
  }

  private async look(): Promise<void> {
    const connection = this.call.connection;
    if (!connection) return;
    if (connection !== this.connection) {
      // A reconnection counts from zero; the visit's totals go on.
      this.base = { ...this.base, frames: this.base.frames + this.before.frames, audio: this.base.audio + this.before.audio };
      this.before = NONE;
      this.connection = connection;
    }
    const now: Totals = { ...NONE };
    let rtt = 0;
    let room = 0;
    const stats = await connection.getStats();
    stats.forEach((entry) => {
      if (entry.type === "inbound-rtp") {
        now.lost += Number(entry.packetsLost ?? 0);
        now.received += Number(entry.packetsReceived ?? 0);
        now.bytes += Number(entry.bytesReceived ?? 0);
        if (entry.kind === "video") now.frames += Number(entry.framesDecoded ?? 0);
        if (entry.kind === "audio") now.audio += Number(entry.packetsReceived ?? 0);
      } else if (entry.type === "candidate-pair" && entry.nominated) {
        rtt = Math.max(rtt, Number(entry.currentRoundTripTime ?? 0) * 1000);
        room = Math.max(room, Number(entry.availableOutgoingBitrate ?? 0));
      }
    });
    const received = now.received - this.before.received;
    const lost = Math.max(0, now.lost - this.before.lost);
    const loss = received + lost > 0 ? lost / (received + lost) : 0;
    const kbps = ((now.bytes - this.before.bytes) * 8) / 1000;
    this.before = now;
    const narrow = room > 0 && room < THIN && Date.now() - this.woke > RAMP;
    this.spare(narrow || loss > LOSSY);
    const level: Level = received === 0 ? "unknown" : loss > 0.08 || rtt > 500 ? "poor" : loss > 0.02 || rtt > 250 ? "fair" : "good";
    this.tell({ frames: this.base.frames + now.frames, audio: this.base.audio + now.audio, level, rtt, loss, kbps });
  }

  // The picture comes back, at once.
  wake(): void {
    window.clearTimeout(this.waking);
    if (!this.resting) return;
    this.resting = false;
    this.thin = 0;
    this.woke = Date.now();
    this.rest(false);
  }

  // Below 150 kbit/s, or where a fifth is lost, the picture rests so that the voice stays clear; after a while it is tried again.
  private spare(bad: boolean): void {
    if (this.resting) return;
    this.thin = bad ? this.thin + 1 : 0;
    if (this.thin < TOO_LONG) return;
    this.resting = true;
    this.rest(true);
    this.waking = window.setTimeout(() => this.wake(), REST);
  }
}
