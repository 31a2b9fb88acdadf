// <idle-lock seconds="900" url="/unlock?next=..."> blanks the page when nobody touched it for as long as the server allows,
// and goes to the page that opens with the password alone. The server locks by its own clock; this one only
// makes sure that what was on the screen does not stay on it. Typing and reading count as touching.
class IdleLock extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.getAttribute("seconds")) || 900;
    this.touched = Date.now();
    this.touch = () => { this.touched = Date.now(); };
    this.kinds = ["pointerdown", "keydown", "scroll"];
    for (const kind of this.kinds) addEventListener(kind, this.touch, { passive: true, capture: true });
    this.look = () => { if (Date.now() - this.touched >= this.seconds * 1000) this.lock(); };
    this.timer = setInterval(this.look, 1000);
    // A lid that was closed: the clock may have slept with it.
    document.addEventListener("visibilitychange", this.look);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
    for (const kind of this.kinds) removeEventListener(kind, this.touch, { capture: true });
  }

  async lock() {
    clearInterval(this.timer);
    for (const draft of document.querySelectorAll("auto-draft")) if (draft.wait) await draft.keep();
    document.body.hidden = true;
    location.replace(this.getAttribute("url"));
  }
}

customElements.define("idle-lock", IdleLock);
