// What is said, written down: the sign that it happens, the question to the patient, the buttons, and captions under the picture.
import { onClick, part, press, show, words } from "./dom";
import type { Caption, News, Socket } from "./socket";

type Sign = Extract<News, { type: "transcript" }>;

// So many lines stand under the picture; everything is on the page of the transcript.
const LINES = 3;

export class Captions {
  private shown = true;
  // Who the question on the screen names; a yes is to them alone.
  private askedTo: string | null = null;

  constructor(
    private readonly root: HTMLElement,
    socket: Socket,
    private readonly say: ReturnType<typeof words>,
  ) {
    socket.addEventListener("news", (event) => this.hear((event as CustomEvent<News>).detail));
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-step]")) {
      button.addEventListener("click", () => void this.step(button));
    }
    // Where there is a choice, or somebody outside to be named, asking comes second.
    onClick(root, "transcript-start", (button) => {
      if (!button.dataset.step) this.offer(true);
    });
    onClick(root, "transcript-offer-close", () => {
      this.offer(false);
      part(root, "transcript-start")?.focus();
    });
    part(root, "transcript-offer")?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.offer(false);
      part(root, "transcript-start")?.focus();
    });
    onClick(root, "captions-toggle", (button) => {
      this.shown = !this.shown;
      press(button, this.shown);
      this.draw();
    });
  }

  private offer(on: boolean): void {
    const offer = part(this.root, "transcript-offer");
    show(offer, on);
    if (on) offer?.focus();
  }

  private hear(news: News): void {
    if (news.type === "transcript") this.sign(news);
    if (news.type === "captions") for (const caption of news.items) this.add(caption);
  }

  private sign({ status, paused_by, end_reason, terms, sound_to }: Sign): void {
    const { root } = this;
    const mine = root.dataset.role ?? "";
    root.dataset.transcript = status;
    const line = part(root, "transcript-sign");
    const key = status === "running" || status === "asked" ? status : status === "paused" ? `paused-${paused_by}` : (end_reason ?? "");
    if (line) line.textContent = this.say(`transcript-${key}`, { name: root.dataset.other ?? "" });
    if (status !== "ended") this.offer(false);
    // Who is named is what the question says, not what the page was opened with.
    const named = part(root, "transcript-terms");
    if (named && terms) named.textContent = terms;
    if (status === "asked") this.askedTo = sound_to ?? null;
    const ask = part(root, "transcript-ask");
    if (ask) {
      const fresh = ask.hidden && status === "asked";
      show(ask, status === "asked");
      if (fresh) ask.focus();
    }
    // What is gone, or may be, does not stand under the picture when it goes on.
    if (status === "ended") part(root, "captions")?.replaceChildren();
    show(part(root, "transcript-start"), status === "ended");
    show(part(root, "transcript-stop"), status !== "ended");
    show(part(root, "transcript-pause"), status === "running");
    show(part(root, "transcript-resume"), status === "paused" && paused_by === mine);
    // Where it is read, taken back and deleted.
    show(part(root, "transcript-page"), true);
    show(part(root, "captions-toggle"), status === "running" || status === "paused");
    this.draw();
  }

  private add(caption: Caption): void {
    const list = part(this.root, "captions");
    if (!list || list.querySelector(`[data-number="${caption.number}"]`)) return;
    const line = document.createElement("li");
    line.dataset.number = String(caption.number);
    line.dataset.from = caption.from;
    const who = document.createElement("b");
    who.textContent = caption.mine ? this.say("chat-me") : (this.root.dataset.other ?? "");
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = caption.text || this.say("transcript-gap");
    line.append(who, " ", text);
    list.append(line);
    while (list.children.length > LINES) list.firstElementChild?.remove();
    this.root.dataset.captions = String(caption.number);
    document.dispatchEvent(new CustomEvent("visit-captions"));
    this.draw();
  }

  private draw(): void {
    const list = part(this.root, "captions");
    const on = ["running", "paused"].includes(this.root.dataset.transcript ?? "");
    show(list, on && this.shown && (list?.children.length ?? 0) > 0);
  }

  private async step(button: HTMLButtonElement): Promise<void> {
    const { step, language } = button.dataset;
    const url = `/api/v1/visits/${this.root.dataset.visit}/transcript`;
    const body = step === "ask" ? { language } : step === "agree" ? { step, asked_to: this.askedTo } : { step };
    button.disabled = true;
    try {
      const answer = await fetch(step === "ask" ? url : `${url}/steps`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": this.root.dataset.csrf ?? "" },
        body: JSON.stringify(body),
      });
      // Somebody was quicker: the sign says how it stands.
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    } catch {
      const line = part(this.root, "status");
      if (line) line.textContent = this.say("transcript-not-done");
    } finally {
      button.disabled = false;
    }
  }
}
