// <card-scanner data-form data-field>: where the browser reads codes by itself, the camera fills the field and sends the form.
// Pictures stay in the page. Where it does not, there is the field alone.
interface Detected { rawValue: string }
interface Detector { detect(source: HTMLVideoElement): Promise<Detected[]> }
interface DetectorKind { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }

class CardScanner extends HTMLElement {
  private detector?: Detector;
  private stream?: MediaStream;
  private timer = 0;
  private readonly button = document.createElement("button");
  private readonly video = document.createElement("video");
  private readonly word = document.createElement("p");

  async connectedCallback(): Promise<void> {
    const kind = (window as unknown as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
    if (!kind || !navigator.mediaDevices) return;
    if (!(await kind.getSupportedFormats().catch((): string[] => [])).includes("qr_code")) return;
    this.detector = new kind({ formats: ["qr_code"] });
    this.button.type = "button";
    this.button.className = "btn btn-s";
    this.button.addEventListener("click", () => (this.stream ? this.stop() : void this.start()));
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.hidden = true;
    this.video.setAttribute("aria-label", this.dataset.view ?? "");
    this.word.className = "hint";
    this.word.setAttribute("role", "status");
    this.replaceChildren(this.button, this.word, this.video);
    this.stop();
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private async start(): Promise<void> {
    this.word.textContent = "";
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      this.word.textContent = this.dataset.refused ?? "";
      return;
    }
    this.button.textContent = this.dataset.stop ?? "";
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    await this.video.play().catch(() => undefined);
    this.look();
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.video.srcObject = null;
    this.video.hidden = true;
    this.button.textContent = this.dataset.start ?? "";
  }

  private look(): void {
    this.timer = window.setTimeout(async () => {
      if (!this.stream || !this.detector) return;
      const found = await this.detector.detect(this.video).catch((): Detected[] => []);
      if (!this.stream) return;
      if (found[0]) this.send(found[0].rawValue);
      else this.look();
    }, 200);
  }

  private send(code: string): void {
    this.stop();
    const form = document.getElementById(this.dataset.form ?? "");
    const field = document.getElementById(this.dataset.field ?? "");
    if (!(form instanceof HTMLFormElement) || !(field instanceof HTMLInputElement)) return;
    field.value = code;
    form.requestSubmit();
  }
}
customElements.define("card-scanner", CardScanner);
export {};
