// The conversation beside the call. Text is shown as text, never as markup.
import { part } from "./dom";
import type { News, Said, Socket } from "./socket";

export class Chat {
  private readonly log: HTMLElement | null;
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly root: HTMLElement, private readonly socket: Socket, private readonly say: (key: string) => string) {
    this.log = part(root, "chat-log");
    const form = part<HTMLFormElement>(root, "chat-form");
    const box = part<HTMLTextAreaElement>(root, "chat-text");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = box?.value.trim() ?? "";
      if (!box || text === "") return;
      this.show({ id: "", client_id: socket.say(text).id, from: this.me(), mine: true, text, sent_at: new Date().toISOString() });
      box.value = "";
      box.focus();
    });
    box?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form?.requestSubmit();
      }
    });
    for (const message of socket.unsent) {
      this.show({ id: "", client_id: message.id, from: this.me(), mine: true, text: message.text, sent_at: new Date().toISOString() });
    }
    socket.addEventListener("news", (event) => this.hear((event as CustomEvent<News>).detail));
  }

  private me(): Said["from"] {
    return this.root.dataset.role === "doctor" ? "doctor" : "patient";
  }

  private hear(news: News): void {
    if (news.type === "message") this.show(news);
    if (news.type === "history") for (const item of news.items) this.show(item);
    if (news.type === "refused" && news.id) this.refuse(news.id, news.reason);
  }

  private show(said: Said): void {
    const key = said.mine ? `mine-${said.client_id}` : said.id;
    const line = this.shown.get(key) ?? this.line(said, key);
    line.dataset.sent = String(said.id !== "");
    if (said.id !== "") {
      line.dataset.id = said.id;
      this.order(line);
    }
    this.root.dataset.messages = String(this.shown.size);
  }

  private line(said: Said, key: string): HTMLElement {
    const line = document.createElement("li");
    line.className = said.mine ? "chat-line chat-mine" : "chat-line";
    const who = document.createElement("span");
    who.className = "chat-who";
    who.textContent = said.mine ? this.say("chat-me") : this.root.dataset.other ?? "";
    const text = document.createElement("p");
    text.dir = "auto";
    text.textContent = said.text;
    const time = document.createElement("time");
    time.dateTime = said.sent_at;
    time.textContent = new Date(said.sent_at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
    line.append(who, text, time);
    this.shown.set(key, line);
    this.log?.append(line);
    part(this.root, "chat-empty")?.remove();
    line.scrollIntoView({ block: "nearest" });
    if (!said.mine) this.root.dispatchEvent(new CustomEvent("heard"));
    return line;
  }

  // The server's order stands; what is not yet confirmed waits at the end.
  private order(line: HTMLElement): void {
    const id = line.dataset.id ?? "";
    const after = [...(this.log?.children ?? [])].find((other) => {
      const theirs = (other as HTMLElement).dataset.id;
      return other !== line && (theirs === undefined || theirs > id);
    });
    if (after && after !== line.nextElementSibling) this.log?.insertBefore(line, after);
  }

  private refuse(clientId: string, reason: string): void {
    const line = this.shown.get(`mine-${clientId}`);
    if (!line) return;
    const why = document.createElement("span");
    why.className = "chat-refused";
    why.textContent = this.say(`chat-refused-${reason}`) || this.say("chat-refused");
    line.append(why);
  }
}
