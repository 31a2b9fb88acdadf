// <gentle-refresh data-wait="4" data-times="45">: asks for this same page every few seconds and takes over what
// stands in the same element there, until the page says that there is nothing more to wait for.
class GentleRefresh extends HTMLElement {
  connectedCallback() {
    this.left = Number(this.dataset.times ?? 0);
    this.next();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  next() {
    if (this.left-- > 0) this.timer = setTimeout(() => this.look(), Number(this.dataset.wait) * 1000);
  }

  async look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("gentle-refresh");
      if (fresh && fresh.innerHTML !== this.innerHTML) {
        this.innerHTML = fresh.innerHTML;
        document.title = page.title;
      }
      if (fresh && !fresh.dataset.times) return;
    } catch {
      // The network is away; the link on the page still works.
    }
    this.next();
  }
}

customElements.define("gentle-refresh", GentleRefresh);
