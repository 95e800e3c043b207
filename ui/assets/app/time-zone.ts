// Tells the server in which zone to show times. Read only while nobody is signed in: an account has its own zone.
class TimeZoneCookie extends HTMLElement {
  connectedCallback(): void {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || document.cookie.split("; ").includes(`tz=${zone}`)) return;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `tz=${zone}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }
}
customElements.define("time-zone-cookie", TimeZoneCookie);
export {};
