// What is shown in the room, and the lines of it beside the conversation: documents, photos, screens. The server tells the whole of it each
// time; what is new is said.
import { onClick, part, show } from "./dom";
import type { VisitPanel } from "./panel";
import type { News } from "./socket";

export type RoomNews = Extract<News, { type: "room" }>;
export type Happened = RoomNews["lines"][number];
type Say = (key: string, values?: Record<string, string>) => string;

export class Shows {
  private shown: string | null | undefined;
  private readonly lines = new Map<string, Happened>();
  private first = true;
  private chosen = false;

  constructor(private readonly root: HTMLElement, private readonly say: Say, private readonly tell: (note: string, values?: Record<string, string>) => void) {
    onClick(root, "shows", () => this.open());
    onClick(root, "shows-close", () => this.dialog?.close());
    // Who shows something sees it, and not the list it was chosen from.
    root.addEventListener("visit-panel", () => {
      if (!this.chosen || !this.dialog?.open || this.root.dataset.shown !== "yes") return;
      this.chosen = false;
      this.dialog.close();
    });
    root.addEventListener("submit", (event) => {
      this.chosen = (event.submitter as HTMLButtonElement | null)?.name === "document";
    }, true);
  }

  hear(news: RoomNews): void {
    const before = this.shown;
    this.shown = news.shown;
    this.root.dataset.shown = news.shown ? "yes" : "no";
    const place = part<VisitPanel>(this.root, "shown-panel");
    show(place, news.shown !== null);
    if (news.shown !== (before ?? null)) {
      if (news.shown && place) load(place, `/visits/${this.root.dataset.visit}/shown`);
      else place?.replaceChildren();
      if (news.shown) this.announce(news);
      else if (before) this.tell("shown-ended");
      if (news.shown && this.dialog?.open && this.chosen) {
        this.chosen = false;
        this.dialog.close();
      }
    }
    let fresh = false;
    for (const line of news.lines) {
      const known = this.lines.get(line.id);
      if (known && known.state === line.state) continue;
      this.lines.set(line.id, line);
      this.draw(line);
      fresh = true;
      // A photo is news to the other when it may be looked at, and to its sender when it has come in.
      const seen = line.kind === "photo" && (line.mine ? !known : line.state === "clean");
      if (seen && !this.first) this.tell(line.mine ? "photo-sent" : "photo-came");
    }
    if (fresh && !this.first && this.dialog?.open) void part<VisitPanel>(this.root, "shows-panel")?.load();
    this.root.dataset.photos = String([...this.lines.values()].filter((line) => line.kind === "photo" && line.state === "clean").length);
    this.first = false;
  }

  private get dialog(): HTMLDialogElement | null {
    return part<HTMLDialogElement>(this.root, "shows-dialog");
  }

  private open(): void {
    const panel = part<VisitPanel>(this.root, "shows-panel");
    if (panel) load(panel, panel.dataset.src ?? "");
    this.dialog?.showModal();
  }

  private announce(news: RoomNews): void {
    const line = news.lines.find((one) => one.id === news.shown);
    if (line) this.tell(line.mine ? "shown-own" : "shown-other");
  }

  // One line of the conversation, in the order of time: its id says when.
  private draw(line: Happened): void {
    const log = part(this.root, "chat-log");
    if (!log) return;
    part(this.root, "chat-empty")?.remove();
    const id = `happened-${line.id}`;
    const item = log.querySelector<HTMLElement>(`[data-happened="${id}"]`) ?? document.createElement("li");
    const fresh = !item.isConnected;
    item.className = "chat-note";
    item.dataset.happened = id;
    item.dataset.id = line.id;
    item.dataset.kind = line.kind;
    if (line.state) item.dataset.state = line.state;
    const kind = line.kind === "photo" && line.state !== "clean" ? `photo-${line.state}` : line.kind;
    const name = ["patient", "doctor"].includes(line.role) ? this.root.dataset.other ?? "" : this.say(`role-${line.role}`);
    const text = document.createElement("span");
    text.textContent = this.say(`line-${kind}${line.mine ? "-mine" : ""}`, { name });
    const time = document.createElement("time");
    time.dateTime = line.at;
    time.textContent = new Date(line.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
    item.replaceChildren(text, time);
    if (!fresh) return;
    const after = [...log.children].find((other) => ((other as HTMLElement).dataset.id ?? "~") > line.id);
    log.insertBefore(item, after ?? null);
  }
}

function load(panel: VisitPanel, src: string): void {
  panel.setAttribute("src", src);
  void panel.load();
}
