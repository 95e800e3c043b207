// <video-visit>: the room. Picture and sound of the other, oneself in a corner, words beside it; it survives a dropped
// network, a reload and a denied camera. For tests it shows data-state, data-frames, data-audio and data-messages.
import { Call, type CallState } from "./call";
import { Captions } from "./captions";
import { Chat } from "./chat";
import type { DeviceCheck } from "./check";
import { acquire, remembered, stop, type Media } from "./devices";
import { VisitDoor } from "./door";
import { onClick, part, press, show, words } from "./dom";
import type { VisitPanel } from "./panel";
import { Quality, type Report } from "./quality";
import { Recording } from "./recording";
import { Sharing } from "./sharing";
import { Shows } from "./shows";
import { Socket, type News } from "./socket";
import { Thirds } from "./thirds";

const CORNERS = ["bottom-end", "bottom-start", "top-start", "top-end"];

export class VideoVisit extends HTMLElement {
  private call?: Call;
  private quality?: Quality;
  private resting = false;
  private thirds?: Thirds;
  private sharing?: Sharing;
  private shows?: Shows;
  private socket?: Socket;
  private media: Media = { stream: new MediaStream(), camera: false, microphone: false };
  private client = crypto.randomUUID();
  private say = words(this);
  private clock = 0;

  connectedCallback(): void {
    this.say = words(this);
    this.socket = new Socket(this.dataset.socket ?? "", `bedside-unsent-${this.dataset.visit}`);
    this.socket.addEventListener("news", (event) => this.hear((event as CustomEvent<News>).detail));
    this.socket.addEventListener("down", () => this.line(false));
    this.socket.addEventListener("up", () => this.line(true));
    new Chat(this, this.socket, this.say);
    new Captions(this, this.socket, this.say);
    new Recording(this, this.say, this.socket);
    const tell = (note: string, values?: Record<string, string>): void => {
      this.note(note, values);
      this.tellMedia();
    };
    const door = new VisitDoor(this.dataset.visit ?? "", this.client, this.dataset.csrf ?? "");
    this.sharing = new Sharing(this, this.say, door, this.client, () => this.call, tell);
    this.shows = new Shows(this, this.say, (note, values) => this.note(note, values));
    this.socket.connect();
    this.controls();
    this.tick();
    window.addEventListener("pagehide", this.gone);
    if (this.dataset.mode === "chat" || this.dataset.mode === "in_person") this.state("chat");
    else if (this.wasHere()) void this.join();
    else this.state("check");
  }

  disconnectedCallback(): void {
    window.removeEventListener("pagehide", this.gone);
    window.clearInterval(this.clock);
    this.gone();
  }

  async join(): Promise<void> {
    const check = this.querySelector<DeviceCheck>("device-check");
    const picture = this.dataset.mode !== "audio";
    this.state("connecting");
    this.media = check?.take() ?? (await acquire(remembered() ?? { camera: picture, microphone: true }));
    this.mirror();
    this.here(true);
    const tcpOnly = new URLSearchParams(location.search).get("transport") === "tcp";
    this.call?.drop();
    const door = new VisitDoor(this.dataset.visit ?? "", this.client, this.dataset.csrf ?? "");
    const call = new Call(door, this.media, picture, tcpOnly);
    this.call = call;
    this.thirds = new Thirds(this, this.say);
    call.addEventListener("state", (event) => this.follow((event as CustomEvent<{ state: CallState; reason: string }>).detail));
    call.addEventListener("track", () => this.watch());
    this.quality?.stop();
    this.quality = new Quality(call, (report) => this.report(report), (resting) => void this.rest(resting));
    await call.start();
  }

  private controls(): void {
    onClick(this, "join", () => void this.join());
    onClick(this, "microphone", (button) => this.mute(button));
    onClick(this, "camera", () => void this.toggleCamera());
    onClick(this, "corner", () => this.moveSelf());
    onClick(this, "chat-toggle", () => this.toggleChat());
    onClick(this, "guests", () => this.showGuests());
    onClick(this, "guests-close", () => part<HTMLDialogElement>(this, "guests-dialog")?.close());
    onClick(this, "leave", () => this.askLeave());
    onClick(this, "leave-yes", () => this.leave());
    onClick(this, "leave-no", () => part<HTMLDialogElement>(this, "leave-dialog")?.close());
    onClick(this, "picture-back", () => this.quality?.wake());
    onClick(this, "unmute-speaker", () => void part<HTMLAudioElement>(this, "sound")?.play().then(() => this.watch()));
    this.addEventListener("heard", () => {
      if (this.dataset.chat !== "open") this.dataset.unread = String(Number(this.dataset.unread ?? 0) + 1);
    });
  }

  private hear(news: News): void {
    if (news.type === "presence") {
      this.dataset.otherPresence = news.other;
      const line = part(this, "presence");
      if (line) line.textContent = this.say(`presence-${news.other}`, { name: this.dataset.other ?? "" });
    } else if (news.type === "state" && news.status !== "open") {
      this.over(news.status);
    } else if (news.type === "joined" && !news.mine) {
      // Whoever comes learns whether we are seen and heard.
      this.tellMedia();
      void this.call?.arrange();
    } else if (news.type === "joined" && news.mine && news.client !== this.client && this.call) {
      this.sharing?.stop(true);
      this.call.drop();
      this.here(false);
      this.state("elsewhere");
    } else if (news.type === "room") {
      this.shows?.hear(news);
      this.sharing?.hear(news.sharing);
    } else if (news.type === "moved") {
      this.note("moved");
      this.call?.again();
    } else if (news.type === "guests") {
      void this.call?.arrange();
      this.renewGuests();
      if (!part<HTMLDialogElement>(this, "guests-dialog")?.open) this.note("guests-changed");
    } else if (news.type === "media" && !news.mine) {
      this.dataset.otherCamera = String(news.camera);
      show(part(this, "other-muted"), !news.microphone);
    }
  }

  private showGuests(): void {
    void part<VisitPanel>(this, "guests-panel")?.load();
    part<HTMLDialogElement>(this, "guests-dialog")?.showModal();
  }

  // A link is shown once: it stays until the dialog is opened again.
  private renewGuests(): void {
    const panel = part<VisitPanel>(this, "guests-panel");
    if (panel && !part(panel, "guest-link")) void panel.load();
  }

  // The state of the conversation's line stands beside the conversation; the room's status says what else happens.
  private line(up: boolean): void {
    show(part(this, "chat-down"), !up);
    this.note(up ? "" : "socket-down");
  }

  private follow({ state, reason }: { state: CallState; reason: string }): void {
    if (state === "ended") return void this.thirds?.clear();
    if (state === "refused") {
      const line = part(this, "refusal");
      if (line) line.textContent = this.say(`refused-${reason}`) || this.say("refused");
      this.sharing?.stop(true);
      this.here(false);
    }
    if (state === "connected") this.tellMedia();
    this.state(state);
  }

  private watch(): void {
    const remote = part<HTMLVideoElement>(this, "remote");
    const sound = part<HTMLAudioElement>(this, "sound");
    if (!remote || !sound || !this.call) return;
    this.thirds?.show(this.call);
    // Apart from the picture: a browser keeps an element silent while it waits for the first frame, and who has no camera sends none.
    if (remote.srcObject !== this.call.picture) remote.srcObject = this.call.picture;
    if (sound.srcObject !== this.call.sound) sound.srcObject = this.call.sound;
    void remote.play().catch(() => undefined);
    // A browser may want a gesture before it makes a sound.
    sound.play().then(
      () => show(part(this, "unmute-speaker"), false),
      () => show(part(this, "unmute-speaker"), true),
    );
  }

  private report(report: Report): void {
    this.dataset.frames = String(report.frames);
    this.dataset.audio = String(report.audio);
    this.dataset.transport = this.call?.transport ?? "";
    if (report.level === this.dataset.quality) return;
    this.dataset.quality = report.level;
    const line = part(this, "quality");
    if (line) line.textContent = this.say(`quality-${report.level}`, { name: this.dataset.other ?? "" });
  }

  private mute(button: HTMLButtonElement): void {
    const [track] = this.media.stream.getAudioTracks();
    if (!track) return this.note("no-microphone");
    track.enabled = !track.enabled;
    this.dataset.muted = String(!track.enabled);
    press(button, !track.enabled);
    this.note(track.enabled ? "unmuted" : "muted");
    this.tellMedia();
  }

  private async toggleCamera(): Promise<void> {
    const [track] = this.media.stream.getVideoTracks();
    if (track) {
      // Stopped, not only hidden: the lamp goes out.
      track.stop();
      this.media.stream.removeTrack(track);
      await this.call?.replace("video", null);
    } else {
      const wish = remembered();
      const fresh = await acquire({ camera: true, microphone: false, ...(wish?.cameraId ? { cameraId: wish.cameraId } : {}) });
      const [picture] = fresh.stream.getVideoTracks();
      if (!picture) return this.note("no-camera");
      this.media.stream.addTrack(picture);
      await this.call?.replace("video", picture);
    }
    this.mirror();
    this.tellMedia();
  }

  private async rest(resting: boolean): Promise<void> {
    this.resting = resting;
    await this.call?.rest(resting);
    this.note(resting ? "picture-rests" : "picture-back");
    show(part(this, "picture-back"), resting);
    this.tellMedia();
  }

  private mirror(): void {
    const [picture] = this.media.stream.getVideoTracks();
    const self = part<HTMLVideoElement>(this, "self");
    if (self) self.srcObject = picture ? this.media.stream : null;
    this.dataset.camera = picture ? "on" : "off";
    press(part(this, "camera"), !picture);
  }

  // A picture that rests is not seen, whatever it is told for: a new connection, or somebody who comes.
  private tellMedia(): void {
    const microphone = this.media.stream.getAudioTracks().some((track) => track.enabled);
    this.socket?.tell({ type: "media", camera: !this.resting && (this.dataset.camera === "on" || this.sharing?.active === true), microphone });
  }

  private moveSelf(): void {
    const at = CORNERS.indexOf(this.dataset.corner ?? CORNERS[0]!);
    this.dataset.corner = CORNERS[(at + 1) % CORNERS.length];
  }

  private toggleChat(): void {
    const open = this.dataset.chat === "open";
    this.dataset.chat = open ? "closed" : "open";
    this.dataset.unread = "0";
    part(this, "chat-toggle")?.setAttribute("aria-expanded", String(!open));
    if (!open) part<HTMLTextAreaElement>(this, "chat-text")?.focus();
  }

  private askLeave(): void {
    const dialog = part<HTMLDialogElement>(this, "leave-dialog");
    if (dialog) dialog.showModal();
    else this.leave();
  }

  private leave(): void {
    part<HTMLDialogElement>(this, "leave-dialog")?.close();
    this.sharing?.stop(true);
    this.call?.stop();
    this.finish();
    this.state("left");
    const after = this.dataset.after;
    if (after) location.assign(after);
  }

  private over(status: "ended" | "signed"): void {
    this.call?.drop();
    this.finish();
    this.state("over");
    // The summary is there as soon as it is signed.
    if (status === "signed" && this.dataset.summary) location.assign(this.dataset.summary);
  }

  private finish(): void {
    this.sharing?.stop(true);
    this.here(false);
    this.quality?.stop();
    stop(this.media.stream);
  }

  private gone = (): void => {
    this.sharing?.stop(true);
    this.quality?.stop();
    this.socket?.stop();
    stop(this.media.stream);
  };

  private state(state: string): void {
    if (this.dataset.state === state) return;
    this.dataset.state = state;
    for (const panel of this.querySelectorAll<HTMLElement>("[data-when]")) {
      panel.hidden = !(panel.dataset.when ?? "").split(" ").includes(state);
    }
    this.note(`state-${state}`);
  }

  private note(key: string, values: Record<string, string> = {}): void {
    const line = part(this, "status");
    if (line) line.textContent = key ? this.say(key, { name: this.dataset.other ?? "", ...values }) : "";
  }

  private tick(): void {
    const started = Date.parse(this.dataset.started ?? "");
    // The server's clock, not this machine's.
    const skew = Date.parse(this.dataset.now ?? "") - Date.now();
    const line = part(this, "clock");
    if (!line || Number.isNaN(started)) return;
    const draw = (): void => {
      const seconds = Math.max(0, Math.floor((Date.now() + (skew || 0) - started) / 1000));
      line.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    draw();
    this.clock = window.setInterval(draw, 1000);
  }

  private here(here: boolean): void {
    try {
      if (here) sessionStorage.setItem(`bedside-in-${this.dataset.visit}`, "1");
      else sessionStorage.removeItem(`bedside-in-${this.dataset.visit}`);
    } catch {
      // Then a reload asks again.
    }
  }

  private wasHere(): boolean {
    try {
      return sessionStorage.getItem(`bedside-in-${this.dataset.visit}`) === "1";
    } catch {
      return false;
    }
  }
}
