// What every page loads: small custom elements over pages that work without them.
import "./app/time-zone";
import "./app/hold-timer";
import "./app/live-region";
import "./app/combobox";
import "./app/slot-choice";
import "./app/document-upload";
import "./app/card-scanner";
import "./app/palette";
import "./app/keys";
import { enhance } from "./app/enhance";

document.documentElement.classList.add("js");
enhance();
