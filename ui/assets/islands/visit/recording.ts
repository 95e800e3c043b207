// The sound of the visit, kept while everyone agrees: the sign that it happens, the question, the buttons. For the two of the visit
// news come over the socket; a third party's page asks how things stand.
import { part, show, words } from "./dom";
import type { News, RecordingSign, Socket } from "./socket";

export class Recording {
  private asked = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly say: ReturnType<typeof words>,
    socket?: Socket,
  ) {
    socket?.addEventListener("news", (event) => {
      const news = (event as CustomEvent<News>).detail;
      if (news.type === "recording") this.sign(news);
    });
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-recording]")) {
      button.addEventListener("click", () => void this.step(button));
    }
  }

  sign({ status, paused_by, end_reason, agreed }: RecordingSign): void {
    const { root } = this;
    const mine = root.dataset.role ?? "guest";
    root.dataset.recording = status;
    const line = part(root, "recording-sign");
    const text = this.say(`recording-${status === "paused" ? `paused-${paused_by}` : (end_reason ?? status)}`);
    if (line && line.textContent !== text) line.textContent = text;
    this.ask(mine === "guest" ? status !== "ended" && !agreed : mine === "patient" && !agreed && (status === "asked" || paused_by === "guest"));
    const on = status === "running" || paused_by === "guest";
    show(part(root, "recording-start"), status === "ended");
    show(part(root, "recording-stop"), status !== "ended");
    show(part(root, "recording-pause"), on && agreed);
    show(part(root, "recording-resume"), status === "paused" && paused_by === mine);
    // A third party may think better of it.
    show(part(root, "recording-withdraw"), mine === "guest" && agreed && status !== "ended");
    // Where it is heard, taken back and deleted.
    show(part(root, "recording-page"), status !== "asked");
  }

  // Whoever has said no is not asked again; nor is the question put twice while it stands.
  private ask(wanted: boolean): void {
    const question = part(this.root, "recording-ask");
    if (!question) return;
    const open = wanted && this.root.dataset.refused !== "yes";
    show(question, open);
    if (open && !this.asked) question.focus();
    this.asked = open;
  }

  private async step(button: HTMLButtonElement): Promise<void> {
    const step = button.dataset.recording;
    const { guest, visit, csrf } = this.root.dataset;
    const own = `/api/v1/visits/${visit}/recording`;
    const [url, body] = guest
      ? [`/api/v1/guests/${guest}/recording`, { agrees: step === "agree" }]
      : [step === "ask" ? own : `${own}/steps`, step === "ask" ? {} : { step }];
    if (guest) this.root.dataset.refused = step === "refuse" ? "yes" : "no";
    button.disabled = true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf ?? "" },
        body: JSON.stringify(body),
      });
      // Somebody was quicker: the sign says how it stands.
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      if (guest) show(part(this.root, "recording-ask"), false);
    } catch {
      const line = part(this.root, "status");
      if (line) line.textContent = this.say("recording-not-done");
    } finally {
      button.disabled = false;
    }
  }
}
