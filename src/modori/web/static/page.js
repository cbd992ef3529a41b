// Handing files over in pieces, watching the progress, copying drafts. Everything works without this, only less comfortably.
"use strict";

const PIECE = 4 * 1024 * 1024;
const PATIENCE = [500, 1000, 2000, 4000, 8000];
const UNITS = [["GB", 2 ** 30], ["MB", 2 ** 20], ["kB", 2 ** 10]];

requestAnimationFrame(() => setTimeout(() => document.documentElement.classList.add("painted"), 50));
document.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
document.querySelectorAll("form[data-upload]").forEach(handOver);
document.querySelectorAll("[data-progress]").forEach(watch);
document.querySelectorAll(".do-draft").forEach(copying);
const marked = document.getElementById("line");
if (marked) marked.closest(".source").scrollTop = marked.offsetTop - marked.closest(".source").offsetTop - 80;

function amount(bytes) {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) || ["B", 1];
  return `${(bytes / size).toFixed(size > 1 ? 1 : 0)} ${unit}`;
}

function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

// --- handing over ---------------------------------------------------------------------------------------------

function handOver(form) {
  const told = form.dataset;
  const drop = form.querySelector(".drop");
  const list = form.querySelector(".chosen");
  const sending = form.querySelector(".sending");
  const bar = sending.querySelector("progress");
  const said = sending.querySelector(".sent");
  const button = form.querySelector("button[type=submit]");
  let chosen = [];
  let leave = null;

  function show() {
    const rows = chosen.slice(0, 8).map(({ name, file }) => `${name} (${amount(file.size)})`);
    if (chosen.length > rows.length) rows.push(`+ ${chosen.length - rows.length}`);
    list.replaceChildren(...rows.map((row) => Object.assign(document.createElement("li"), { textContent: row })));
  }
  function choose(files) {
    chosen = files;
    show();
  }
  form.querySelectorAll("input[type=file]").forEach((input) => {
    input.addEventListener("change", () => {
      choose([...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
    });
  });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    choose((await Promise.all(entries.map((entry) => inside(entry, "")))).flat());
  });
  form.querySelector(".cancel").addEventListener("click", () => { if (leave) leave.abort(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!chosen.length) {
      list.replaceChildren(Object.assign(document.createElement("li"), { textContent: told.none }));
      return;
    }
    leave = new AbortController();
    button.disabled = true;
    sending.hidden = false;
    await send(leave.signal);
    button.disabled = false;
  });

  async function send(signal) {
    const total = chosen.reduce((sum, { file }) => sum + file.size, 0);
    const progress = (done) => {
      bar.value = total ? (100 * done) / total : 100;
      said.textContent = told.sent.replace("{done}", amount(done)).replace("{total}", amount(total));
    };
    let id = told.job;
    try {
      if (!id) id = await made(signal);
      let before = 0;
      for (const { name, file } of chosen) {
        await hand(`/jobs/${id}/files?name=${encodeURIComponent(name)}`, file, (done) => progress(before + done), signal);
        before += file.size;
      }
      await ask(`/jobs/${id}/begin`, { method: "POST", redirect: "manual", signal });
      location.assign(`/jobs/${id}`);
    } catch (wrong) {
      said.textContent = signal.aborted ? told.stopped : told.failed;
      if (signal.aborted && id && !told.job) await ask(`/jobs/${id}/delete`, { method: "POST", redirect: "manual" }).catch(() => {});
    }
  }

  async function made(signal) {
    const body = new URLSearchParams({ me: form.elements.me.value });
    return (await (await ask("/jobs", { method: "POST", body, signal })).json()).id;
  }

  async function hand(address, file, progress, signal) {
    let offset = told.job ? await arrived(address, 0, signal) : 0;
    let lost = 0;
    do {
      try {
        const piece = file.slice(offset, offset + PIECE);
        const answer = await fetch(address, {
          method: "PUT", body: piece, signal,
          headers: { "Upload-Offset": String(offset), "X-Modori-Check": told.check },
        });
        if (!answer.ok && answer.status !== 409) throw Object.assign(new Error(answer.status), { final: answer.status < 500 || answer.status === 507 });
        offset = (await answer.json()).offset;
        lost = 0;
        progress(offset);
      } catch (wrong) {
        if (signal.aborted || wrong.final || lost >= PATIENCE.length) throw wrong;
        said.textContent = told.again;
        await pause(PATIENCE[lost]);
        lost += 1;
        offset = await arrived(address, offset, signal);
      }
    } while (offset < file.size);
  }

  async function arrived(address, known, signal) {
    try {
      return (await (await fetch(address, { signal })).json()).offset;
    } catch (wrong) {
      if (signal.aborted) throw wrong;
      return known;
    }
  }

  async function ask(address, request) {
    const answer = await fetch(address, { ...request, headers: { "X-Modori-Check": told.check } });
    if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(answer.status);
    return answer;
  }
}

async function inside(entry, above) {
  const name = above + entry.name;
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ name, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const one of some) found.push(...await inside(one, `${name}/`));
  }
}

// --- watching ---------------------------------------------------------------------------------------------------

async function watch(part) {
  for (;;) {
    await pause(700);
    try {
      const told = await (await fetch(part.dataset.progress)).json();
      if (told.state !== "working") {
        location.reload();
        return;
      }
      part.querySelector("progress").value = told.share;
      for (const name of ["reading", "bytes", "left"]) part.querySelector(`.${name}`).textContent = told[name];
    } catch {
      await pause(3000);
    }
  }
}

// --- drafts -----------------------------------------------------------------------------------------------------

function copying(row) {
  const template = document.getElementById("copy");
  if (!template || !navigator.clipboard) return;
  const button = template.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(row.closest("details").querySelector("pre").textContent);
    button.textContent = button.dataset.copied;
  });
  row.prepend(button);
}
