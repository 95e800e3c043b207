// Third parties beside the large picture: a tile each, made and removed as they come and go.
import type { Call, Seen } from "./call";
import { part } from "./dom";

export class Thirds {
  private readonly tiles = new Map<string, HTMLElement>();

  constructor(private readonly root: HTMLElement, private readonly say: (key: string, values?: Record<string, string>) => string) {}

  show(call: Call): void {
    const place = part(this.root, "thirds");
    if (!place) return;
    const wanted = new Map(call.thirds.map((seen) => [`${seen.role} ${seen.name}`, seen]));
    for (const [key, tile] of this.tiles) {
      if (wanted.has(key)) continue;
      tile.remove();
      this.tiles.delete(key);
    }
    for (const [key, seen] of wanted) {
      const tile = this.tiles.get(key) ?? this.tile(key, seen, place);
      play(tile.querySelector("video"), seen.picture);
      play(tile.querySelector("audio"), seen.sound);
    }
    this.root.dataset.thirds = String(this.tiles.size);
  }

  clear(): void {
    for (const tile of this.tiles.values()) tile.remove();
    this.tiles.clear();
    this.root.dataset.thirds = "0";
  }

  private tile(key: string, seen: Seen, place: HTMLElement): HTMLElement {
    const tile = document.createElement("figure");
    tile.className = "third";
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.setAttribute("aria-label", this.say("picture-of", { name: seen.name }));
    const audio = document.createElement("audio");
    const caption = document.createElement("figcaption");
    const name = document.createElement("span");
    name.dir = "auto";
    name.textContent = seen.name;
    const role = document.createElement("span");
    role.textContent = this.say(`role-${seen.role}`);
    caption.append(name, role);
    tile.append(video, audio, caption);
    place.append(tile);
    this.tiles.set(key, tile);
    return tile;
  }
}

function play(element: HTMLMediaElement | null, track: MediaStreamTrack | undefined): void {
  if (!element) return;
  const shown = (element.srcObject as MediaStream | null)?.getTracks()[0];
  if (shown === track) return;
  element.srcObject = track ? new MediaStream([track]) : null;
  if (track) void element.play().catch(() => undefined);
}
