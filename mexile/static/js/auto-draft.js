// <auto-draft> around a form that keeps drafts: what is typed goes to the server, sealed, a moment after the
// hand rests, and never stays in the browser, so that a lock, a lost connection or a closed lid loses nothing.
// The form's own hidden fields say where it belongs; the server gives it back when the page is opened again and
// forgets it when the form was taken. Files and passwords stay out.
const REST = 1500;

class AutoDraft extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.keep(), REST);
    });
    this.addEventListener("submit", () => this.rest());
    this.leave = () => { if (this.wait && document.visibilityState === "hidden") this.keep(); };
    document.addEventListener("visibilitychange", this.leave);
  }

  disconnectedCallback() {
    this.rest();
    document.removeEventListener("visibilitychange", this.leave);
  }

  rest() {
    clearTimeout(this.wait);
    this.wait = null;
  }

  typed() {
    const form = this.querySelector("form");
    const typed = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file], input[type=password]")) typed.delete(field.name);
    return new URLSearchParams(typed);
  }

  async keep() {
    this.rest();
    const url = this.getAttribute("url") ?? "/draft";
    try {
      const answer = await fetch(url, { method: "POST", body: this.typed(), credentials: "same-origin", keepalive: true });
      this.toggleAttribute("kept", answer.ok);
    } catch {
      this.removeAttribute("kept");
    }
  }
}

customElements.define("auto-draft", AutoDraft);
