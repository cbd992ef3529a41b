// Small comforts of the pages beside the examination. Everything works without them.
"use strict";

document.querySelectorAll("[data-copy]").forEach((output) => {
  if (!navigator.clipboard) return;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: output.dataset.copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(output.textContent);
    button.textContent = output.dataset.copied;
  });
  output.after(button);
});
