// <network-check>: tries each hop by itself, so that whoever helps knows which one fails.
import { onClick, part, show, words } from "./dom";

type State = "waiting" | "passes" | "fails" | "unoffered";
type Way = "udp" | "tcp" | "web";
type Tried = { answer: string; web: string[] };

const PATIENCE = 7000;

export class NetworkCheck extends HTMLElement {
  private say = words(this);
  private round = 0;

  connectedCallback(): void {
    this.say = words(this);
    onClick(this, "again", () => void this.run());
    void this.run();
  }

  disconnectedCallback(): void {
    this.round++;
  }

  private async run(): Promise<void> {
    const round = ++this.round;
    this.dataset.state = "trying";
    show(part(this, "again"), false);
    const verdict = part(this, "verdict");
    if (verdict) verdict.textContent = "";
    for (const hop of this.querySelectorAll<HTMLElement>("[data-hop]")) this.set(hop.dataset.hop ?? "", "waiting");
    const states = await Promise.all([
      this.hop("pages", pages),
      this.hop("live", live),
      ...(["udp", "tcp", "web"] as const).map((way) => this.hop(way, () => tryWay(way, this.dataset.csrf ?? ""))),
    ]);
    if (round !== this.round) return;
    const ways = states.slice(2);
    const passing = ways.filter((state) => state === "passes").length;
    const good = passing === 0 ? "none" : states[0] !== "passes" || states[1] !== "passes" ? "some" : ways.includes("fails") ? (passing === 1 ? "one" : "some") : "all";
    if (verdict) verdict.textContent = this.say(`verdict-${good}`);
    this.dataset.state = good;
    show(part(this, "again"), true);
  }

  private async hop(name: string, ask: () => Promise<State>): Promise<State> {
    const state = await ask().catch((): State => "fails");
    this.set(name, state);
    return state;
  }

  private set(name: string, state: State): void {
    const row = this.querySelector<HTMLElement>(`[data-hop="${name}"]`);
    if (!row) return;
    row.dataset.state = state;
    for (const line of row.querySelectorAll<HTMLElement>("[data-when]")) show(line, line.dataset.when === state);
  }
}

async function pages(): Promise<State> {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  return answer.ok ? "passes" : "fails";
}

function live(): Promise<State> {
  const url = new URL("/network/live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  return new Promise((done) => {
    const end = (state: State): void => {
      window.clearTimeout(timer);
      socket.onmessage = socket.onerror = socket.onclose = null;
      socket.close();
      done(state);
    };
    const timer = window.setTimeout(() => end("fails"), PATIENCE);
    socket.onmessage = () => end("passes");
    socket.onerror = socket.onclose = () => end("fails");
  });
}

// A connection of its own that is told of one way alone.
async function tryWay(way: Way, csrf: string): Promise<State> {
  const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  try {
    connection.addTransceiver("audio", { direction: "recvonly" });
    await connection.setLocalDescription(await connection.createOffer());
    const asked = await fetch("/api/v1/network-tries", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf },
      body: JSON.stringify({ offer: connection.localDescription?.sdp ?? "" }),
    });
    if (!asked.ok) return "fails";
    const { answer, web } = (await asked.json()) as Tried;
    const { sdp, ways } = only(answer, way, web);
    if (ways === 0) return "unoffered";
    await connection.setRemoteDescription({ type: "answer", sdp });
    return await connects(connection);
  } finally {
    connection.close();
  }
}

function connects(connection: RTCPeerConnection): Promise<State> {
  return new Promise((done) => {
    const timer = window.setTimeout(() => done("fails"), PATIENCE);
    connection.onconnectionstatechange = () => {
      if (!["connected", "failed"].includes(connection.connectionState)) return;
      window.clearTimeout(timer);
      done(connection.connectionState === "connected" ? "passes" : "fails");
    };
  });
}

function only(answer: string, way: Way, web: string[]): { sdp: string; ways: number } {
  let ways = 0;
  const lines = answer.split("\r\n").filter((line) => {
    const found = /^a=candidate:\S+ \d+ (\S+) \d+ (\S+) (\d+) /i.exec(line);
    if (!found) return true;
    const address = found[2]?.includes(":") ? `[${found[2]}]:${found[3]}` : `${found[2]}:${found[3]}`;
    const through: Way = found[1]?.toLowerCase() === "udp" ? "udp" : web.includes(address) ? "web" : "tcp";
    if (through === way) ways++;
    return through === way;
  });
  return { sdp: lines.join("\r\n"), ways };
}
