// The call: one offer, one answer. When the network drops it offers again, by another way where one died, with patience, until it is told
// to stop. The conversation in writing has a line of its own and does not notice.
import { wait } from "./dom";
import type { Door, Line } from "./door";
import type { Media } from "./devices";
import { Pulse } from "./pulse";

export type CallState = "connecting" | "connected" | "reconnecting" | "refused" | "ended";
export type Seen = Line & { picture?: MediaStreamTrack; sound?: MediaStreamTrack };

// What the server will not change its mind about by being asked again.
const FINAL = new Set([400, 401, 403, 404, 409, 410, 422]);
const BITRATE = 1_200_000;
// Besides the other one of the two, so many third parties.
const THIRDS = 2;
// The first connection may take long; who was connected a moment ago waits for less.
const PATIENCE = 12_000;
const AGAIN = 5000;
// After UDP died, other ways come first for so long.
const SHY = 120_000;
const PEOPLE = ["patient", "doctor"];

export class Call extends EventTarget {
  readonly picture = new MediaStream();
  readonly sound = new MediaStream();
  connection?: RTCPeerConnection;
  thirds: Seen[] = [];
  // Sent instead of the camera.
  private screen?: MediaStreamTrack;
  private resting = false;
  private readonly tracks = new Map<string, MediaStreamTrack>();
  private pulse?: Pulse;
  private stopped = false;
  private attempt = 0;
  private failures = 0;
  private grace = 0;
  private once = false;
  private shyUntil = 0;
  private look = 0;

  constructor(private readonly door: Door, private readonly media: Media, private readonly withPicture: boolean, private readonly tcpOnly: boolean) {
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
        await wait(Math.min(8000, 400 * 2 ** Math.min(this.failures++, 8)) * (0.7 + Math.random() * 0.6));
      }
    }
  }

  // The room has moved to another node: the way is good, its end is new.
  again(): void {
    if (!this.stopped) void this.start();
  }

  stop(): void {
    if (this.stopped) return;
    this.door.leave();
    this.end("ended");
  }

  // Someone else holds the seat, or the visit is over: no good-bye is owed.
  drop(): void {
    this.end("ended");
  }

  get transport(): string {
    return this.pulse?.transport ?? "";
  }

  // A screen is sent instead of the camera, or the camera again.
  async show(screen: MediaStreamTrack | undefined): Promise<void> {
    if (screen) this.screen = screen;
    else delete this.screen;
    await this.replace("video", this.camera);
  }

  // No picture for a while, neither camera nor screen.
  async rest(resting: boolean): Promise<void> {
    this.resting = resting;
    await this.replace("video", this.camera);
  }

  private get camera(): MediaStreamTrack | null {
    return this.media.stream.getVideoTracks()[0] ?? null;
  }

  async replace(kind: "audio" | "video", given: MediaStreamTrack | null): Promise<void> {
    const track = kind === "audio" ? given : this.resting ? null : this.screen ?? given;
    const line = this.connection?.getTransceivers().find((transceiver) => transceiver.receiver.track.kind === kind);
    await line?.sender.replaceTrack(track);
  }

  // Asks who is on which line. The room needs a moment after the news of a guest.
  async arrange(): Promise<void> {
    const look = ++this.look;
    for (const pause of [0, 700, 2000]) {
      await wait(pause);
      if (this.stopped || look !== this.look) return;
      const lines = await this.door.lines().catch(() => undefined);
      if (lines && look === this.look) this.seat(lines);
    }
  }

  // Puts the other one of the two where the large picture is, and third parties beside it.
  seat(lines: Line[]): void {
    const people = new Map<string, Seen>();
    for (const line of lines) {
      const track = this.tracks.get(line.line);
      if (!track) continue;
      const key = `${line.role} ${line.name}`;
      const seen: Seen = people.get(key) ?? { ...line };
      if (track.kind === "audio") seen.sound = track;
      else seen.picture = track;
      people.set(key, seen);
    }
    const all = [...people.values()];
    // Who shares a screen comes first.
    const other = all.find((seen) => seen.shares) ?? all.find((seen) => PEOPLE.includes(seen.role)) ?? all[0];
    this.thirds = all.filter((seen) => seen !== other);
    if (other) {
      fill(this.picture, other.picture);
      fill(this.sound, other.sound);
    }
    this.dispatchEvent(new Event("track"));
  }

  // Returns the reason when the server refuses for good; throws when it is worth another try.
  private async offer(attempt: number): Promise<string | undefined> {
    this.close();
    const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.connection = connection;
    this.tracks.clear();
    connection.ontrack = (event) => this.hear(event.track, event.transceiver);
    connection.oniceconnectionstatechange = () => this.follow(connection);
    const [sound] = this.media.stream.getAudioTracks();
    const picture = this.screen ?? this.camera;
    connection.addTransceiver(sound ?? "audio", { direction: "sendrecv", streams: [this.media.stream] });
    if (this.withPicture) {
      const sendEncodings = [{ maxBitrate: BITRATE }];
      connection.addTransceiver(picture ?? "video", { direction: "sendrecv", streams: [this.media.stream], sendEncodings });
    }
    for (let third = 0; third < THIRDS; third++) {
      connection.addTransceiver("audio", { direction: "recvonly" });
      if (this.withPicture) connection.addTransceiver("video", { direction: "recvonly" });
    }
    await connection.setLocalDescription(await connection.createOffer());
    const answer = await this.door.knock(connection.localDescription?.sdp ?? "");
    if (!answer.ok) return this.refusal(answer);
    const { answer: described } = (await answer.json()) as { answer: string };
    if (attempt !== this.attempt || this.stopped) return undefined;
    const shy = this.tcpOnly || Date.now() < this.shyUntil;
    await connection.setRemoteDescription({ type: "answer", sdp: shy ? withoutUdp(described) : described });
    // ICE itself gives up only after half a minute; a visit cannot wait that long.
    const patience = this.once ? AGAIN : PATIENCE;
    window.setTimeout(() => {
      if (attempt !== this.attempt || this.stopped || isUp(connection)) return;
      // The other ways do not lead anywhere either: all of them, then.
      this.shyUntil = shy ? 0 : this.shyUntil;
      this.retry();
    }, patience);
    return undefined;
  }

  private async refusal(answer: Response): Promise<string> {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string };
    if (!FINAL.has(answer.status)) throw new Error(String(answer.status));
    return problem.code ?? String(answer.status);
  }

  // Until it is known who is on which line, the first of each kind is the other one.
  private hear(track: MediaStreamTrack, transceiver: RTCRtpTransceiver): void {
    this.tracks.set(transceiver.mid ?? "", track);
    const first = this.connection?.getTransceivers().find((line) => line.receiver.track.kind === track.kind);
    if (transceiver !== first) return;
    fill(track.kind === "audio" ? this.sound : this.picture, track);
    this.dispatchEvent(new Event("track"));
  }

  private follow(connection: RTCPeerConnection): void {
    if (connection !== this.connection || this.stopped) return;
    const state = connection.iceConnectionState;
    window.clearTimeout(this.grace);
    if (isUp(connection)) {
      this.failures = 0;
      this.once = true;
      this.pulse ??= new Pulse(connection, () => this.dead());
      this.state("connected");
      void this.arrange();
    } else if (state === "disconnected") {
      this.state("reconnecting");
      // Short holes close by themselves.
      this.grace = window.setTimeout(() => this.dead(), 2500);
    } else if (state === "failed") {
      this.dead();
    }
  }

  // The path is dead. Where it was UDP, something between here and there may not pass it any more.
  private dead(): void {
    if (this.pulse?.transport !== "tcp") this.shyUntil = Date.now() + SHY;
    this.retry();
  }

  private soon = (): void => {
    if (!this.connection || !isUp(this.connection)) this.retry();
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
    this.pulse?.stop();
    delete this.pulse;
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

function isUp(connection: RTCPeerConnection): boolean {
  return ["connected", "completed"].includes(connection.iceConnectionState);
}

// The same stream with another track: an element that shows it need not be told.
function fill(stream: MediaStream, track: MediaStreamTrack | undefined): void {
  for (const other of stream.getTracks()) if (other !== track) stream.removeTrack(other);
  if (track && !stream.getTracks().includes(track)) stream.addTrack(track);
}

function withoutUdp(sdp: string): string {
  return sdp.split("\r\n").filter((line) => !/^a=candidate:\S+ \d+ udp /i.test(line)).join("\r\n");
}
