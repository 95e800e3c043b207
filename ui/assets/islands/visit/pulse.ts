// Whether anything arrives at all. A browser takes many seconds to see that a path is dead; the room's server answers every picture and
// every sound within a tenth of a second, so that silence says it sooner.
const LOOK = 500;
const SILENCE = 2500;
// Who sends nothing is answered only when the path itself is probed.
const QUIET_SILENCE = 9000;

export type Transport = "udp" | "tcp" | "";

export class Pulse {
  transport: Transport = "";
  private bytes = -1;
  private heard = Date.now();
  private looked = Date.now();
  private readonly timer: number;

  constructor(private readonly connection: RTCPeerConnection, private readonly dead: () => void) {
    this.timer = window.setInterval(() => void this.look(), LOOK);
  }

  stop(): void {
    window.clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const stats = await this.connection.getStats();
    const now = Date.now();
    const { bytes, transport } = arrived(stats);
    // A page in the background is woken seldom: then nothing is known of the time between.
    const slept = now - this.looked > 4 * LOOK;
    this.looked = now;
    if (transport) this.transport = transport;
    const up = ["connected", "disconnected"].includes(this.connection.connectionState);
    if (bytes !== this.bytes || slept || !up) {
      this.bytes = bytes;
      this.heard = now;
      return;
    }
    const sends = this.connection.getSenders().some((sender) => sender.track?.readyState === "live");
    if (now - this.heard < (sends ? SILENCE : QUIET_SILENCE)) return;
    this.stop();
    this.dead();
  }
}

function arrived(stats: RTCStatsReport): { bytes: number; transport: Transport } {
  let bytes = 0;
  let transport: Transport = "";
  stats.forEach((entry) => {
    if (entry.type !== "transport") return;
    bytes += Number(entry.bytesReceived ?? 0);
    const pair = stats.get(String(entry.selectedCandidatePairId)) as { remoteCandidateId?: string } | undefined;
    const remote = stats.get(pair?.remoteCandidateId ?? "") as { protocol?: Transport } | undefined;
    transport = remote?.protocol ?? transport;
  });
  return { bytes, transport };
}
