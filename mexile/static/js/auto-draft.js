// <auto-draft url="/draft" place="members.new"> around a form: what is typed is kept on the server (never in
// the browser), so that a lock, a lost connection or a closed lid loses nothing. Files and passwords stay out.
// The last words go with sendBeacon when the page is left.
const REST = 1500;

class AutoDraft extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.keep(), REST);
    });
    this.addEventListener("submit", () => { clearTimeout(this.wait); this.wait = null; });
    this.leave = () => { if (this.wait && document.visibilityState === "hidden") this.keep(true); };
    document.addEventListener("visibilitychange", this.leave);
  }

  disconnectedCallback() {
    clearTimeout(this.wait);
    document.removeEventListener("visibilitychange", this.leave);
  }

  body() {
    const form = this.querySelector("form");
    const typed = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file], input[type=password]")) typed.delete(field.name);
    typed.set("draft_place", this.getAttribute("place"));
    return new URLSearchParams(typed);
  }

  async keep(leaving = false) {
    clearTimeout(this.wait);
    this.wait = null;
    if (!this.querySelector("form")) return;
    const url = this.getAttribute("url");
    if (leaving) return navigator.sendBeacon(url, this.body());
    try {
      const answer = await fetch(url, { method: "POST", body: this.body(), credentials: "same-origin" });
      this.toggleAttribute("kept", answer.ok);
    } catch {
      this.removeAttribute("kept");
    }
  }
}

customElements.define("auto-draft", AutoDraft);
