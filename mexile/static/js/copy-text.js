// A button that copies what it stands beside. Without script, or where the browser has no clipboard, there is
// no button and the text can be marked by hand. Its words are attributes: `label`, and `done` once it is copied.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const text = this.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button words";
    button.textContent = this.getAttribute("label");
    const said = document.createElement("span");
    said.className = "quiet";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = this.getAttribute("done");
      } catch {
        getSelection().selectAllChildren(this.firstElementChild);
      }
    });
    this.append(button, " ", said);
  }
});
