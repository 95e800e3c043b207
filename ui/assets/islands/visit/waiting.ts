// <waiting-room>: says every five seconds that the patient is still here, shows the place in the queue as it changes, and goes
// into the visit when the doctor opens the door. The place is kept by the server, so a reload loses nothing.
import { part, wait } from "./dom";

type Answer = { status: string; visit: string | null; queue_position: number | null; wait_min: number | null; wait_max: number | null; doctor: string };

export class WaitingRoom extends HTMLElement {
  private stopped = false;

  connectedCallback(): void {
    this.stopped = false;
    void this.live();
    document.addEventListener("refreshed", this.look);
  }

  disconnectedCallback(): void {
    this.stopped = true;
    document.removeEventListener("refreshed", this.look);
  }

  // The fragment was refreshed by news: it may hold the way in.
  private look = (): void => {
    const way = this.querySelector<HTMLAnchorElement>("a[data-enter]");
    if (way) location.assign(way.href);
  };

  private async live(): Promise<void> {
    let before = "";
    while (!this.stopped) {
      try {
        const answer = await fetch(this.dataset.beat ?? "", {
          method: "POST",
          credentials: "same-origin",
          headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": this.dataset.csrf ?? "" },
          body: "{}",
        });
        this.dataset.lost = "false";
        if (answer.ok) {
          const now = (await answer.json()) as Answer;
          if (now.visit && now.status === "in_consultation") return location.assign(`/visits/${now.visit}`);
          const said = JSON.stringify(now);
          if (before && said !== before) await this.refresh();
          before = said;
        } else if (answer.status < 500) {
          // Signed out, or no longer one's own: the page itself says what to do.
          return location.reload();
        }
      } catch {
        this.dataset.lost = "true";
      }
      await wait(5000);
    }
  }

  private async refresh(): Promise<void> {
    const region = part(this, "place");
    if (!region) return;
    const answer = await fetch(this.dataset.place ?? "", { credentials: "same-origin", headers: { accept: "text/html", "x-fragment": "1" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(region.id);
    if (fresh) region.replaceChildren(...document.importNode(fresh, true).childNodes);
    this.look();
  }
}
