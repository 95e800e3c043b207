// Camera and microphone, as far as this person has them and allows them: both, sound alone, or nothing (then chat).
export type Refusal = "denied" | "absent" | "busy" | "insecure";
export type Media = { stream: MediaStream; camera: boolean; microphone: boolean; refusal?: Refusal };
export type Wish = { camera: boolean; microphone: boolean; cameraId?: string; microphoneId?: string };

const PICTURE: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export async function acquire(wish: Wish): Promise<Media> {
  if (!navigator.mediaDevices) return { stream: new MediaStream(), camera: false, microphone: false, refusal: "insecure" };
  const video = wish.camera ? { ...PICTURE, ...(wish.cameraId ? { deviceId: { exact: wish.cameraId } } : {}) } : false;
  const audio = wish.microphone ? { ...SOUND, ...(wish.microphoneId ? { deviceId: { exact: wish.microphoneId } } : {}) } : false;
  let refusal: Refusal | undefined;
  // Down the ladder: both, sound alone, picture alone, nothing. Nobody is kept out for want of a device.
  for (const ask of [{ audio, video }, { audio, video: false as const }, { audio: false as const, video }]) {
    if (!ask.audio && !ask.video) continue;
    try {
      const stream = await navigator.mediaDevices.getUserMedia(ask);
      const camera = stream.getVideoTracks().length > 0;
      const microphone = stream.getAudioTracks().length > 0;
      return { stream, camera, microphone, ...(refusal ? { refusal } : {}) };
    } catch (error) {
      refusal ??= reason(error);
      // A chosen device that is gone: any other will do.
      if (error instanceof DOMException && error.name === "OverconstrainedError" && (wish.cameraId || wish.microphoneId)) {
        return acquire({ camera: wish.camera, microphone: wish.microphone });
      }
    }
  }
  return { stream: new MediaStream(), camera: false, microphone: false, ...(refusal ? { refusal } : {}) };
}

function reason(error: unknown): Refusal {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "absent";
}

export async function list(kind: MediaDeviceKind): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (all ?? []).filter((device) => device.kind === kind && device.deviceId);
}

// Which help to show where permission was refused: the way back differs by browser.
export function browser(agent = navigator.userAgent): "safari" | "firefox" | "edge" | "chrome" | "other" {
  if (/Edg\//.test(agent)) return "edge";
  if (/Firefox\//.test(agent)) return "firefox";
  if (/Chrome\/|CriOS\//.test(agent)) return "chrome";
  if (/Safari\//.test(agent)) return "safari";
  return "other";
}

export function stop(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

// What was chosen in the waiting room holds in the visit room.
const KEY = "bedside-devices";
export function remember(wish: Wish): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(wish));
  } catch {
    // Private windows may refuse: then the check is asked again.
  }
}
export function remembered(): Wish | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text ? (JSON.parse(text) as Wish) : undefined;
  } catch {
    return undefined;
  }
}
