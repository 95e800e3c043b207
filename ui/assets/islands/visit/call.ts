// The call: one offer, one answer. When the network drops it offers again, with patience, until it is told to stop.
import { wait } from "./dom";
import type { Media } from "./devices";

export type CallState = "connecting" | "connected" | "reconnecting" | "refused" | "ended";
type Token = { token: string; url: string; expires_at: string };

// What the server will not change its mind about by being asked again.
const FINAL = new Set([400, 401, 403, 404, 409, 410, 422]);
const BITRATE = 1_200_000;

export class Call extends EventTarget {
  readonly picture = new MediaStream();
  readonly sound = new MediaStream();
  connection?: RTCPeerConnection;
  private stopped = false;
  private attempt = 0;
  private failures = 0;
  private grace = 0;

  constructor(
    private readonly visit: string,
    private readonly media: Media,
    private readonly withPicture: boolean,
    // Names this page, so that a second device of the same person can be told from a reconnection.
    private readonly client: string,
    private readonly csrf: string,
    private readonly tcpOnly: boolean,
  ) {
    super();
    window.addEventListener("online", this.soon);
  }

  async start(): Promise<void> {
    this.state(this.failures === 0 && this.attempt === 0 ? "connecting" : "reconnecting");
    const attempt = ++this.attempt;
    while (!this.stopped && attempt === this.attempt) {
      try {
        const refused = await this.offer(attempt);
        if (refused) this.end("refused", refused);
        return;
      } catch {
        await wait(Math.min(8000, 500 * 2 ** this.failures++) * (0.7 + Math.random() * 0.6));
      }
    }
  }

  stop(): void {
    if (this.stopped) return;
    void this.ask("DELETE", `/api/v1/visits/${this.visit}/media`, { client: this.client }, true).catch(() => undefined);
    this.end("ended");
  }

  // Someone else holds the seat, or the visit is over: no good-bye is owed.
  drop(): void {
    this.end("ended");
  }

  async replace(kind: "audio" | "video", track: MediaStreamTrack | null): Promise<void> {
    const line = this.connection?.getTransceivers().find((transceiver) => transceiver.receiver.track.kind === kind);
    await line?.sender.replaceTrack(track);
  }

  // Returns the reason when the server refuses for good; throws when it is worth another try.
  private async offer(attempt: number): Promise<string | undefined> {
    this.close();
    const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.connection = connection;
    connection.ontrack = (event) => this.hear(event.track);
    connection.oniceconnectionstatechange = () => this.follow(connection);
    const [sound] = this.media.stream.getAudioTracks();
    const [picture] = this.media.stream.getVideoTracks();
    connection.addTransceiver(sound ?? "audio", { direction: "sendrecv", streams: [this.media.stream] });
    if (this.withPicture) {
      const sendEncodings = [{ maxBitrate: BITRATE }];
      connection.addTransceiver(picture ?? "video", { direction: "sendrecv", streams: [this.media.stream], sendEncodings });
    }
    await connection.setLocalDescription(await connection.createOffer());
    const ticket = await this.ask("POST", `/api/v1/visits/${this.visit}/room-tokens`, {});
    if (!ticket.ok) return this.refusal(ticket);
    const { token, url } = (await ticket.json()) as Token;
    const sdp = connection.localDescription?.sdp ?? "";
    const answer = await this.ask("POST", url, { token, client: this.client, offer: sdp });
    if (!answer.ok) return this.refusal(answer);
    const { answer: described } = (await answer.json()) as { answer: string };
    if (attempt !== this.attempt || this.stopped) return undefined;
    await connection.setRemoteDescription({ type: "answer", sdp: this.tcpOnly ? withoutUdp(described) : described });
    // ICE itself gives up only after half a minute; a visit cannot wait that long for the first connection.
    window.setTimeout(() => {
      const pending = attempt === this.attempt && !this.stopped && !["connected", "completed"].includes(connection.iceConnectionState);
      if (pending) this.retry();
    }, 12_000);
    return undefined;
  }

  private async ask(method: string, url: string, body: unknown, keepalive = false): Promise<Response> {
    return fetch(url, {
      method,
      keepalive,
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": this.csrf },
      body: JSON.stringify(body),
    });
  }

  private async refusal(answer: Response): Promise<string> {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string };
    if (!FINAL.has(answer.status)) throw new Error(String(answer.status));
    return problem.code ?? String(answer.status);
  }

  private hear(track: MediaStreamTrack): void {
    const stream = track.kind === "audio" ? this.sound : this.picture;
    stream.getTracks().forEach((other) => stream.removeTrack(other));
    stream.addTrack(track);
    this.dispatchEvent(new Event("track"));
  }

  private follow(connection: RTCPeerConnection): void {
    if (connection !== this.connection || this.stopped) return;
    const state = connection.iceConnectionState;
    window.clearTimeout(this.grace);
    if (state === "connected" || state === "completed") {
      this.failures = 0;
      this.state("connected");
    } else if (state === "disconnected") {
      this.state("reconnecting");
      // Short holes close by themselves.
      this.grace = window.setTimeout(() => this.retry(), 2500);
    } else if (state === "failed") {
      this.retry();
    }
  }

  private soon = (): void => {
    if (!["connected", "completed"].includes(this.connection?.iceConnectionState ?? "")) this.retry();
  };

  private retry(): void {
    if (this.stopped) return;
    this.failures = Math.max(1, this.failures);
    void this.start();
  }

  private end(state: CallState, reason = ""): void {
    this.stopped = true;
    window.removeEventListener("online", this.soon);
    this.close();
    this.state(state, reason);
  }

  private close(): void {
    window.clearTimeout(this.grace);
    if (!this.connection) return;
    this.connection.ontrack = null;
    this.connection.oniceconnectionstatechange = null;
    this.connection.close();
    delete this.connection;
  }

  private state(state: CallState, reason = ""): void {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, reason } }));
  }
}

function withoutUdp(sdp: string): string {
  return sdp.split("\r\n").filter((line) => !/^a=candidate:\S+ \d+ udp /i.test(line)).join("\r\n");
}
