// The bundle of the visit: the room itself, for its two people and for guests, the waiting room and the check of devices before it, the doctor's note and
// prescription beside it.
import "./visit.css";
import { DeviceCheck } from "./check";
import { NoteCommands } from "./commands";
import { VisitDraft } from "./draft";
import { GuestRoom } from "./guest";
import { NetworkCheck } from "./network";
import { PhotoSend } from "./photo";
import { VideoVisit } from "./visit";
import { VisitNote } from "./note";
import { VisitPanel } from "./panel";
import { WaitingRoom } from "./waiting";

customElements.define("device-check", DeviceCheck);
customElements.define("visit-draft", VisitDraft);
customElements.define("note-commands", NoteCommands);
customElements.define("guest-room", GuestRoom);
customElements.define("network-check", NetworkCheck);
customElements.define("photo-send", PhotoSend);
customElements.define("video-visit", VideoVisit);
customElements.define("visit-note", VisitNote);
customElements.define("visit-panel", VisitPanel);
customElements.define("waiting-room", WaitingRoom);
