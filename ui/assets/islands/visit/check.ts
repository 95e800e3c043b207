// <device-check>: see yourself, watch the microphone move, hear a sound. In the waiting room and before the call.
import { onClick, part, parts, show, words } from "./dom";
import { acquire, browser, list, remember, remembered, stop, type Media, type Wish } from "./devices";
import { chime, meter } from "./sound";

export class DeviceCheck extends HTMLElement {
  media?: Media;
  private wish: Wish = { camera: true, microphone: true };
  private stopMeter?: () => void;
  private say = words(this);

  connectedCallback(): void {
    this.say = words(this);
    this.wish = remembered() ?? { camera: this.dataset.mode !== "audio", microphone: true };
    if (this.dataset.mode === "audio") this.wish.camera = false;
    onClick(this, "check-start", () => void this.run());
    onClick(this, "check-again", () => void this.run());
    onClick(this, "check-sound", (button) => void this.sound(button));
    onClick(this, "check-heard", () => this.heard(true));
    onClick(this, "check-not-heard", () => this.heard(false));
    part(this, "camera-choice")?.addEventListener("change", (event) => this.choose("cameraId", event));
    part(this, "microphone-choice")?.addEventListener("change", (event) => this.choose("microphoneId", event));
    navigator.mediaDevices?.addEventListener("devicechange", this.relist);
    // Where permission was given before, nobody needs to press a button to see oneself.
    void this.allowed().then((allowed) => (allowed ? this.run().then(() => undefined) : undefined));
  }

  disconnectedCallback(): void {
    navigator.mediaDevices?.removeEventListener("devicechange", this.relist);
    this.release();
  }

  // Hands the devices over: the check stops looking, the call goes on with the same stream.
  take(): Media | undefined {
    this.stopMeter?.();
    const media = this.media;
    delete this.media;
    return media;
  }

  release(): void {
    this.stopMeter?.();
    stop(this.media?.stream);
    delete this.media;
  }

  async run(): Promise<Media> {
    this.release();
    this.dataset.state = "asking";
    this.tell("asking");
    const media = await acquire(this.wish);
    this.media = media;
    this.dataset.state = "done";
    this.dataset.camera = String(media.camera);
    this.dataset.microphone = String(media.microphone);
    const preview = part<HTMLVideoElement>(this, "preview");
    if (preview) preview.srcObject = media.camera ? media.stream : null;
    show(preview, media.camera);
    show(part(this, "no-picture"), !media.camera);
    this.stopMeter = meter(media.stream, (level) => this.level(level));
    this.tell(media.camera && media.microphone ? "ready" : media.microphone ? "sound-only" : media.camera ? "picture-only" : "chat-only");
    this.help(media);
    show(part(this, "check-more"), true);
    show(part(this, "check-start"), false);
    remember(this.wish);
    await this.relist();
    this.dispatchEvent(new CustomEvent("checked", { bubbles: true }));
    return media;
  }

  private async allowed(): Promise<boolean> {
    if (this.hasAttribute("data-auto")) return true;
    const devices = [...(await list("audioinput")), ...(await list("videoinput"))];
    // Labels are told only to pages that may use the devices.
    return devices.some((device) => device.label !== "");
  }

  private relist = async (): Promise<void> => {
    for (const [kind, name, chosen] of [
      ["videoinput", "camera-choice", this.wish.cameraId],
      ["audioinput", "microphone-choice", this.wish.microphoneId],
    ] as const) {
      const select = part<HTMLSelectElement>(this, name);
      if (!select) continue;
      const devices = await list(kind);
      const used = chosen ?? this.media?.stream.getTracks().find((t) => `${t.kind}input` === kind)?.getSettings().deviceId;
      select.replaceChildren(
        ...devices.map((device, index) => new Option(device.label || `${index + 1}`, device.deviceId, false, device.deviceId === used)),
      );
      show(select.closest("[data-part=choice]"), devices.length > 1);
    }
  };

  private choose(which: "cameraId" | "microphoneId", event: Event): void {
    this.wish[which] = (event.target as HTMLSelectElement).value;
    void this.run();
  }

  private level(level: number): void {
    const bar = part<HTMLElement>(this, "level");
    bar?.style.setProperty("--level", level.toFixed(3));
    if (level > 0.35) this.dataset.heardVoice = "true";
  }

  private async sound(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    await chime();
    button.disabled = false;
    show(part(this, "check-question"), true);
  }

  private heard(heard: boolean): void {
    show(part(this, "check-question"), false);
    show(part(this, "help-speaker"), !heard);
    this.tell(heard ? "speaker-ready" : "speaker-silent");
  }

  private help(media: Media): void {
    const refused = media.refusal === "denied";
    show(part(this, "help-denied"), refused);
    for (const steps of parts(this, "help-browser")) steps.hidden = !refused || steps.dataset.browser !== browser();
    show(part(this, "help-busy"), media.refusal === "busy");
    show(part(this, "help-absent"), media.refusal === "absent");
    show(part(this, "help-insecure"), media.refusal === "insecure");
  }

  private tell(key: string): void {
    const line = part(this, "check-status");
    if (line) line.textContent = this.say(`check-${key}`);
  }
}
