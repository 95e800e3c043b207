// <guest-room>: the room for a third party without an account. The check of devices, the wait until the doctor lets in, the call.
import { Call, type CallState } from "./call";
import type { DeviceCheck } from "./check";
import { acquire, remembered, stop, type Media } from "./devices";
import { GuestDoor } from "./door";
import { onClick, part, press, show, wait, words } from "./dom";
import { Recording } from "./recording";
import type { RecordingSign } from "./socket";
import { Sharing, type Shared } from "./sharing";
import { Thirds } from "./thirds";

type Standing = {
  standing: "invited" | "waiting" | "admitted" | "revoked" | "expired";
  open: boolean;
  recording: RecordingSign | null;
  may_share: boolean;
  sharing: Shared | null;
};

const LOOK = 1500;

export class GuestRoom extends HTMLElement {
  private call?: Call;
  private thirds?: Thirds;
  private recording?: Recording;
  private sharing?: Sharing;
  private media: Media = { stream: new MediaStream(), camera: false, microphone: false };
  private say = words(this);
  private stopped = false;

  connectedCallback(): void {
    this.say = words(this);
    this.thirds = new Thirds(this, this.say);
    this.recording = new Recording(this, this.say);
    const door = new GuestDoor(this.dataset.guest ?? "", this.dataset.csrf ?? "");
    this.sharing = new Sharing(this, this.say, door, crypto.randomUUID(), () => this.call, (note, values) => this.note(note, values));
    onClick(this, "join", () => void this.come());
    onClick(this, "microphone", (button) => this.mute(button));
    onClick(this, "camera", (button) => this.hide(button));
    onClick(this, "leave", () => this.leave());
    window.addEventListener("pagehide", this.gone);
  }

  disconnectedCallback(): void {
    window.removeEventListener("pagehide", this.gone);
    this.gone();
  }

  private async come(): Promise<void> {
    const camera = this.dataset.mode !== "audio";
    const check = this.querySelector<DeviceCheck>("device-check");
    this.state("waiting");
    this.media = check?.take() ?? (await acquire(remembered() ?? { camera, microphone: true }));
    const self = part<HTMLVideoElement>(this, "self");
    if (self) self.srcObject = this.media.camera ? this.media.stream : null;
    this.dataset.camera = this.media.camera ? "on" : "off";
    await this.follow();
  }

  // Asks how things stand: let in, taken back, or over.
  private async follow(): Promise<void> {
    const url = `/api/v1/guests/${this.dataset.guest}`;
    while (!this.stopped) {
      const answer = await fetch(url, { credentials: "same-origin", headers: { accept: "application/json" } }).catch(() => undefined);
      if (answer?.status === 404) return this.end("over");
      if (answer?.ok) {
        const { standing, open, recording, may_share, sharing } = (await answer.json()) as Standing;
        if (standing === "admitted" && recording) this.recording?.sign(recording);
        if (standing === "revoked" || standing === "expired") return this.end("revoked");
        if (!open) return this.end("over");
        if (standing === "admitted") {
          if (this.call) void this.call.arrange();
          else this.join();
          if (!may_share) this.sharing?.stop();
          show(part(this, "share"), may_share);
          this.sharing?.hear(sharing);
        }
      }
      await wait(LOOK);
    }
  }

  private join(): void {
    const door = new GuestDoor(this.dataset.guest ?? "", this.dataset.csrf ?? "");
    const tcpOnly = new URLSearchParams(location.search).get("transport") === "tcp";
    const call = new Call(door, this.media, this.dataset.mode !== "audio", tcpOnly);
    this.call = call;
    call.addEventListener("state", (event) => {
      const { state } = (event as CustomEvent<{ state: CallState }>).detail;
      if (state !== "ended" && !this.stopped) this.state(state);
    });
    call.addEventListener("track", () => this.watch(call));
    void call.start();
  }

  private watch(call: Call): void {
    this.thirds?.show(call);
    for (const [name, stream] of [["remote", call.picture], ["sound", call.sound]] as const) {
      const element = part<HTMLMediaElement & HTMLElement>(this, name);
      if (!element) continue;
      if (element.srcObject !== stream) element.srcObject = stream;
      void element.play().catch(() => undefined);
    }
  }

  private mute(button: HTMLButtonElement): void {
    const [track] = this.media.stream.getAudioTracks();
    if (!track) return;
    track.enabled = !track.enabled;
    press(button, !track.enabled);
  }

  private hide(button: HTMLButtonElement): void {
    const [track] = this.media.stream.getVideoTracks();
    if (!track) return;
    track.enabled = !track.enabled;
    this.dataset.camera = track.enabled ? "on" : "off";
    press(button, !track.enabled);
  }

  private leave(): void {
    this.sharing?.stop(true);
    this.call?.stop();
    this.end("left");
  }

  private end(state: "over" | "revoked" | "left"): void {
    this.stopped = true;
    this.sharing?.stop(true);
    this.call?.drop();
    this.thirds?.clear();
    stop(this.media.stream);
    this.state(state);
  }

  private gone = (): void => {
    this.stopped = true;
    this.sharing?.stop(true);
    this.call?.stop();
    stop(this.media.stream);
  };

  private note(key: string, values: Record<string, string> = {}): void {
    const line = part(this, "status");
    if (line) line.textContent = key ? this.say(key, values) : "";
  }

  private state(state: string): void {
    this.dataset.state = state;
    for (const panel of this.querySelectorAll<HTMLElement>("[data-when]")) {
      show(panel, (panel.dataset.when ?? "").split(" ").includes(state));
    }
    for (const name of ["wait", "end", "status"]) {
      const line = part(this, name);
      if (line) line.textContent = this.say(state);
    }
  }
}
