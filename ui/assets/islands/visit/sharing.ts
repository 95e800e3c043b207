// Sharing a screen: it goes where the camera's picture goes, so the media room knows nothing of it. The server says who shares, one at a
// time; the page that shares says every few seconds that it goes on. For tests the room shows data-sharing: none, own or other.
import type { Call } from "./call";
import { onClick, part, press, show } from "./dom";
import type { ShareDoor } from "./door";

export type Shared = { role: string; name: string; mine: boolean; client: string };
type Say = (key: string, values?: Record<string, string>) => string;
type Options = DisplayMediaStreamOptions & { selfBrowserSurface?: string; surfaceSwitching?: string; systemAudio?: string };

const RENEW = 8000;
// A tab or a window comes before the whole screen, which may show more than is meant; never sound.
const WANTED: Options = {
  video: { displaySurface: "browser", frameRate: { ideal: 15, max: 30 } },
  audio: false,
  selfBrowserSurface: "exclude",
  surfaceSwitching: "include",
  systemAudio: "exclude",
};

export class Sharing {
  private track?: MediaStreamTrack;
  private other?: Shared;
  private timer = 0;
  private asking = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly say: Say,
    private readonly door: ShareDoor,
    private readonly client: string,
    private readonly call: () => Call | undefined,
    // The room's own note, and what is told of camera and microphone.
    private readonly tell: (note: string, values?: Record<string, string>) => void,
  ) {
    if (!navigator.mediaDevices || !("getDisplayMedia" in navigator.mediaDevices)) part(root, "share")?.remove();
    onClick(root, "share", () => this.press());
    onClick(root, "share-stop", () => this.stop());
    onClick(root, "share-yes", () => {
      this.dialog?.close();
      void this.begin(this.other !== undefined);
    });
    onClick(root, "share-no", () => this.dialog?.close());
    onClick(root, "large", () => void this.large());
    document.addEventListener("fullscreenchange", this.grown);
  }

  get active(): boolean {
    return this.track !== undefined;
  }

  // How the server says it is now.
  hear(shared: Shared | null): void {
    const mine = shared?.mine === true && shared.client === this.client;
    if (this.track && !this.asking && !mine) this.end(shared ? "share-taken" : "share-ended", shared?.name);
    const before = this.other;
    this.other = shared && !mine ? shared : undefined;
    if (!this.track) this.root.dataset.sharing = this.other ? "other" : "none";
    const sign = part(this.root, "sharing-sign");
    const words = this.other ? this.say("share-other", { name: this.other.name }) : "";
    if (sign && sign.textContent !== words) sign.textContent = words;
    const picture = part(this.root, "remote");
    const named = (this.other ?? before)?.name ?? "";
    if (picture && named) picture.setAttribute("aria-label", this.say(this.other ? "screen-of" : "picture-of", { name: this.other ? named : this.root.dataset.other ?? named }));
    if (before && !this.other && !this.track) this.tell("share-ended", { name: before.name });
    this.shape();
    if (before?.client !== this.other?.client) void this.call()?.arrange();
  }

  // Ends what this page shares, and says so. Without words where the call itself goes.
  stop(silent = false): void {
    if (!this.track) return;
    this.door.unshare(this.client);
    this.end(silent ? "" : "share-ended");
  }

  private get dialog(): HTMLDialogElement | null {
    return part<HTMLDialogElement>(this.root, "share-dialog");
  }

  private press(): void {
    if (this.track) return this.stop();
    const line = part(this.root, "share-take-over");
    if (line) line.textContent = this.other ? this.say("share-take-over", { name: this.other.name }) : "";
    show(line, this.other !== undefined);
    // A question comes first where somebody would give way, and where other people's data may be on the screen.
    if (this.dialog && (this.other || this.root.dataset.role === "doctor")) this.dialog.showModal();
    else if (this.other) this.tell("share-refused-screen_shared", { name: this.other.name });
    else void this.begin(false);
  }

  private async begin(takeOver: boolean): Promise<void> {
    if (!this.call()) return this.tell("share-not-yet");
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia(WANTED);
    } catch {
      // Whoever closes the browser's question has decided.
      return;
    }
    const [track] = stream.getVideoTracks();
    for (const sound of stream.getAudioTracks()) sound.stop();
    if (!track) return;
    this.asking = true;
    const refusal = await this.door.share(this.client, takeOver).catch(() => "failed");
    this.asking = false;
    if (refusal) {
      track.stop();
      return this.tell(this.say(`share-refused-${refusal}`) ? `share-refused-${refusal}` : "share-refused", { name: this.other?.name ?? "" });
    }
    track.contentHint = "detail";
    // The browser's own button.
    track.addEventListener("ended", () => this.stop());
    this.track = track;
    this.other = undefined;
    await this.call()?.show(track);
    this.timer = window.setInterval(() => void this.renew(), RENEW);
    this.root.dataset.sharing = "own";
    press(part(this.root, "share"), true);
    show(part(this.root, "share-own"), true);
    const whole = (track.getSettings() as { displaySurface?: string }).displaySurface === "monitor";
    const line = part(this.root, "share-own-text");
    if (line) line.textContent = this.say(whole ? "share-own-screen" : "share-own");
    this.shape();
    this.tell("");
  }

  private async renew(): Promise<void> {
    if (this.track && !(await this.door.reshare(this.client).catch(() => true))) this.end("share-ended");
  }

  private end(note: string, name = ""): void {
    const track = this.track;
    if (!track) return;
    delete this.track;
    window.clearInterval(this.timer);
    track.stop();
    void this.call()?.show(undefined);
    this.root.dataset.sharing = this.other ? "other" : "none";
    const strip = part(this.root, "share-own");
    // The focus does not vanish with the button.
    if (strip?.contains(document.activeElement)) part(this.root, "share")?.focus();
    show(strip, false);
    const line = part(this.root, "share-own-text");
    if (line) line.textContent = "";
    press(part(this.root, "share"), false);
    this.shape();
    this.tell(note, { name });
  }

  private shape(): void {
    const large = part(this.root, "large");
    show(large, (this.root.dataset.sharing === "other" || this.root.dataset.shown === "yes") && document.fullscreenEnabled);
    if (large?.hidden && document.fullscreenElement && this.root.contains(document.fullscreenElement)) void document.exitFullscreen();
  }

  // What is shown, as large as the screen: the bar with its buttons comes along.
  private async large(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.root.requestFullscreen().catch(() => undefined);
  }

  private grown = (): void => press(part(this.root, "large"), document.fullscreenElement === this.root);
}
