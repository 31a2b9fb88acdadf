// Single-letter keys, outside fields only: an element with data-key="l" is focused (a field) or pressed
// (a link or a button). <body data-keys="off"> switches them off (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length !== 1 || event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("a, button")) target.click();
  else target.focus();
});
