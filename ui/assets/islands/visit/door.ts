// How a page asks to be let into the media room: a person of the visit with a ticket, a guest with the invitation in a cookie.
export type Line = { line: string; name: string; role: string; shares: boolean };
type Ticket = { token: string; url: string };

export interface Door {
  // An offer for an answer.
  knock(offer: string): Promise<Response>;
  // Whom this page hears and sees, line by line.
  lines(): Promise<Line[]>;
  // Said when the page goes, too.
  leave(): void;
}

// How a page says that it shares its screen.
export interface ShareDoor {
  // The reason of a refusal, or nothing.
  share(client: string, takeOver: boolean): Promise<string>;
  // False where it shares no longer, by the server's word.
  reshare(client: string): Promise<boolean>;
  unshare(client: string): void;
}

class Asking implements ShareDoor {
  constructor(private readonly csrf: string, private readonly place: string, private readonly mayTakeOver: boolean) {}

  async share(client: string, takeOver: boolean): Promise<string> {
    const answer = await this.ask("POST", `${this.place}/screen-share`, this.mayTakeOver ? { client, take_over: takeOver } : { client });
    if (answer.ok) return "";
    return ((await answer.json().catch(() => ({}))) as { code?: string }).code ?? "failed";
  }

  async reshare(client: string): Promise<boolean> {
    const answer = await this.ask("POST", `${this.place}/screen-share/renewal`, { client });
    return answer.ok || answer.status >= 500;
  }

  unshare(client: string): void {
    void this.ask("POST", `${this.place}/screen-share/ending`, { client }, true).catch(() => undefined);
  }

  protected async ask(method: string, url: string, body?: unknown, keepalive = false): Promise<Response> {
    return fetch(url, {
      method,
      keepalive,
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": this.csrf },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  protected async linesAt(url: string): Promise<Line[]> {
    const answer = await this.ask("GET", url);
    return answer.ok ? ((await answer.json()) as { lines: Line[] }).lines : [];
  }
}

export class VisitDoor extends Asking implements Door {
  // `client` names this page, so that a second device of the same person can be told from a reconnection.
  constructor(private readonly visit: string, private readonly client: string, csrf: string) {
    super(csrf, `/api/v1/visits/${visit}`, true);
  }

  async knock(offer: string): Promise<Response> {
    const ticket = await this.ask("POST", `/api/v1/visits/${this.visit}/room-tokens`, {});
    if (!ticket.ok) return ticket;
    const { token, url } = (await ticket.json()) as Ticket;
    return this.ask("POST", url, { token, client: this.client, offer });
  }

  lines(): Promise<Line[]> {
    return this.linesAt(`/api/v1/visits/${this.visit}/media`);
  }

  leave(): void {
    void this.ask("DELETE", `/api/v1/visits/${this.visit}/media`, { client: this.client }, true).catch(() => undefined);
  }
}

export class GuestDoor extends Asking implements Door {
  constructor(private readonly guest: string, csrf: string) {
    super(csrf, `/api/v1/guests/${guest}`, false);
  }

  knock(offer: string): Promise<Response> {
    return this.ask("POST", `/api/v1/guests/${this.guest}/media`, { offer });
  }

  lines(): Promise<Line[]> {
    return this.linesAt(`/api/v1/guests/${this.guest}/media`);
  }

  leave(): void {
    void this.ask("POST", `/api/v1/guests/${this.guest}/leaving`, {}, true).catch(() => undefined);
  }
}
