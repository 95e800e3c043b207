// The level of a microphone, and a test sound for the speaker.
let context: AudioContext | undefined;
function audio(): AudioContext {
  context ??= new AudioContext();
  void context.resume();
  return context;
}

// Calls `tell` with a level of 0…1, ten times a second, until stopped.
export function meter(stream: MediaStream, tell: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0) {
    tell(0);
    return () => undefined;
  }
  const source = audio().createMediaStreamSource(stream);
  const analyser = audio().createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // -60 dB is silence, 0 dB is full.
    const decibels = 10 * Math.log10(power + 1e-9);
    tell(Math.max(0, Math.min(1, (decibels + 60) / 60)));
  }, 100);
  return () => {
    window.clearInterval(timer);
    source.disconnect();
  };
}

// Two friendly notes.
export function chime(): Promise<void> {
  const at = audio().currentTime;
  for (const [index, frequency] of [523.25, 659.25].entries()) {
    const tone = audio().createOscillator();
    const volume = audio().createGain();
    const start = at + index * 0.35;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.25, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
    tone.connect(volume).connect(audio().destination);
    tone.start(start);
    tone.stop(start + 0.65);
  }
  return new Promise((done) => window.setTimeout(done, 1100));
}
