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

// What a service wants for a password, as soon as the address names it.
document.querySelectorAll("[data-service]").forEach((box) => {
  const user = document.getElementById("user");
  const known = [...document.querySelectorAll("[data-domains]")];
  const server = document.getElementById("server");
  user.addEventListener("input", () => {
    const domain = `.${user.value.split("@").pop().trim().toLowerCase()}`;
    const found = known.find((one) => one.dataset.domains.split(" ").some((own) => domain.endsWith(`.${own}`)));
    box.hidden = !found;
    server.placeholder = found ? found.dataset.host : "";
    box.replaceChildren(...(found ? [...found.childNodes].map((node) => node.cloneNode(true)) : []));
  });
});

// Somebody elsewhere is being asked: say so, and do not ask twice.
document.querySelectorAll("[data-wait]").forEach((button) => {
  button.form.addEventListener("submit", () => {
    button.textContent = button.dataset.wait;
    button.setAttribute("aria-disabled", "true");
  });
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-disabled")) event.preventDefault();
  });
});
