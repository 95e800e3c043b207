// A bad network between a browser and the media port: it loses, delays, and can die.
import { createSocket } from "node:dgram";

export class Relay {
  /** `loss`: part of the datagrams, `delay`: milliseconds of each, both ways. */
  static async open({ loss = 0, delay = 0 } = {}) {
    const relay = new Relay();
    Object.assign(relay, { loss, delay, dead: false, target: undefined, passed: 0, lost: 0, ways: new Map() });
    relay.front = createSocket("udp4");
    // Big enough for a burst of a key frame of both sides.
    await new Promise((done) => relay.front.bind(0, "127.0.0.1", done));
    relay.front.on("message", (datagram, from) => relay.forth(datagram, from));
    relay.port = relay.front.address().port;
    return relay;
  }

  /** Where the media unit really is. */
  leadTo(port) {
    this.target = port;
  }

  /** From now on nothing passes. */
  die() {
    this.dead = true;
  }

  close() {
    this.front.close();
    for (const { socket } of this.ways.values()) socket.close();
  }

  forth(datagram, from) {
    const key = `${from.address}:${from.port}`;
    const way = this.ways.get(key) ?? this.open_way(key, from);
    this.pass(() => way.socket.send(datagram, this.target, "127.0.0.1"));
  }

  open_way(key, from) {
    const way = { socket: createSocket("udp4") };
    way.socket.on("message", (datagram) => this.pass(() => this.front.send(datagram, from.port, from.address)));
    way.socket.on("error", () => undefined);
    this.ways.set(key, way);
    return way;
  }

  pass(send) {
    if (this.dead || !this.target || Math.random() < this.loss) {
      this.lost += 1;
      return;
    }
    this.passed += 1;
    setTimeout(() => !this.dead && send(), this.delay);
  }
}

/** A port that the media unit may bind: it must be known before the hospital opens. */
export async function freeUdpPort() {
  const probe = createSocket("udp4");
  await new Promise((done) => probe.bind(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}
