// Enhancements only: every page works without this file.
const own = document.querySelector("script[data-govuk]");
const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const AUTOSAVE_AFTER = 10_000;
const UNKEPT = ["csrfmiddlewaretoken", "version", "revision"];

// Filters start folded on a small screen unless one is in use.
document.querySelectorAll("[data-portal-filter]").forEach((filter) => {
  if (matchMedia("(max-width: 40em)").matches && filter.dataset.inUse === "0") filter.open = false;
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

// What a form holds, as a string, leaving out what must never be kept: tokens, passwords, files.
function contentsOf(form) {
  const kept = [];
  for (const [name, value] of new FormData(form)) {
    const control = form.elements[name];
    const type = control && control.type;
    if (!UNKEPT.includes(name) && type !== "password" && typeof value === "string") kept.push([name, value]);
  }
  return JSON.stringify(kept);
}

function fill(form, kept) {
  const given = new Map();
  for (const [name, value] of JSON.parse(kept)) given.set(name, [...(given.get(name) || []), value]);
  for (const control of form.elements) {
    if (!control.name || ["hidden", "file", "password", "submit", "button"].includes(control.type)) continue;
    const values = given.get(control.name) || [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.tagName === "SELECT" && control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else if (values.length) control.value = values.shift();
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const keyOf = (form) => `portal-draft:${location.pathname}:${form.id || form.getAttribute("action") || "form"}`;
const store = {
  get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* a full or closed store loses nothing on the server */ } },
  drop(key) { try { sessionStorage.removeItem(key); } catch { /* as above */ } },
};

function offerBack(form) {
  const kept = store.get(keyOf(form));
  if (!kept || kept === contentsOf(form)) return store.drop(keyOf(form));
  const box = document.createElement("div");
  box.className = "portal-restore";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Text kept from before");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = "What you had typed on this page before you were signed out has been kept on this computer.";
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  const put = button("Put it back", "govuk-button", () => { fill(form, kept); box.remove(); });
  const drop = button("Throw it away", "govuk-button govuk-button--secondary", () => { store.drop(keyOf(form)); box.remove(); });
  group.append(put, drop);
  box.append(words, group);
  form.before(box);
}

function button(label, classes, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = classes;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function watch(form) {
  const autosaves = "autosave" in form.dataset;
  let saved = contentsOf(form);
  let leaving = false;
  let timer = 0;
  let stopped = false;
  let busy = false;
  const changed = () => contentsOf(form) !== saved;

  let line = form.querySelector("[data-autosave-status]");
  if (autosaves && !line) {
    line = document.createElement("p");
    line.className = "portal-saved";
    form.append(line);
  }
  if (line) {
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    line.classList.add("portal-saved");
  }
  const say = (words, kind = "") => {
    if (!line) return;
    line.textContent = words;
    line.classList.toggle("portal-saved--problem", kind === "problem");
    line.classList.toggle("portal-saved--done", kind === "done");
  };

  async function save() {
    timer = 0;
    if (stopped || busy || !changed()) return;
    busy = true;
    const sent = contentsOf(form);
    try {
      const answer = await fetch(form.dataset.autosaveUrl || form.action, {
        method: "POST",
        body: withoutFiles(form),
        headers: { "X-CSRFToken": (form.elements.csrfmiddlewaretoken || {}).value || "", "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.ok) {
        saved = sent;
        store.drop(keyOf(form));
        await takeVersion(answer);
        say(`Saved at ${clock()}`, "done");
      } else if (answer.status === 409) {
        stopped = true;
        store.set(keyOf(form), sent);
        say("Someone else has changed this since you opened it. Your text is kept on this computer: open the page again to see theirs.", "problem");
      } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        stopped = true;
        store.set(keyOf(form), sent);
        say("You have been signed out. Your text is kept on this computer: sign in again in this tab and come back to this page.", "problem");
      } else {
        store.set(keyOf(form), sent);
        say("Not saved just now. It will be tried again.", "problem");
        again();
      }
    } catch {
      store.set(keyOf(form), sent);
      say("No connection. Your text is kept on this computer and will be saved when you are back.", "problem");
      again();
    } finally {
      busy = false;
    }
    if (changed()) again();
  }

  async function takeVersion(answer) {
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return;
    const told = await answer.json();
    for (const name of ["version", "revision"]) {
      if (told[name] !== undefined && form.elements[name]) form.elements[name].value = told[name];
    }
  }

  const again = () => { if (autosaves && !timer && !stopped) timer = setTimeout(save, AUTOSAVE_AFTER); };
  form.addEventListener("input", () => {
    if (!changed()) return;
    if (stopped || !autosaves) store.set(keyOf(form), contentsOf(form));
    if (autosaves && !stopped && !timer) say("Not saved yet");
    again();
  });
  form.addEventListener("submit", () => { leaving = true; store.set(keyOf(form), contentsOf(form)); });
  addEventListener("beforeunload", (event) => {
    if (leaving || !changed()) return;
    if (autosaves || "warnUnsaved" in form.dataset) event.preventDefault();
  });
  if ("fresh" in form.dataset) store.drop(keyOf(form));
  if (store.get(keyOf(form))) offerBack(form);
}

function withoutFiles(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  return body;
}

// Forms that keep what is typed: form[data-autosave] (with data-autosave-url) and form[data-warn-unsaved].
document.querySelectorAll("form[data-autosave], form[data-warn-unsaved]").forEach(watch);

// A draft kept for a form that was then sent and accepted is no longer wanted.
if (document.querySelector(".govuk-notification-banner--success")) {
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith("portal-draft:")).forEach((key) => sessionStorage.removeItem(key));
  } catch { /* nothing kept */ }
}

// A plain form sent twice by a double click sends once; govuk-frontend does the same for its own buttons.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.querySelector("[data-prevent-double-click]") || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// Recovery codes and the like: take a copy without selecting.
document.querySelectorAll("[data-copy]").forEach((made) => {
  const source = document.getElementById(made.dataset.copy);
  if (!source || !navigator.clipboard) return;
  made.hidden = false;
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.innerText.trim());
    made.textContent = "Copied";
  });
});

// A list with a box in each row: choose all of the page at once, and see how many are chosen.
document.querySelectorAll("[data-pick-all]").forEach((line) => {
  const boxes = [...line.closest("form").querySelectorAll("input[name=pick]")];
  const button = line.querySelector("button");
  const say = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    button.textContent = chosen === boxes.length ? button.dataset.off : button.dataset.on;
    line.querySelector("[data-pick-count]").textContent = chosen ? `${chosen} chosen` : "";
  };
  line.hidden = false;
  button.addEventListener("click", () => {
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = on; });
    say();
  });
  boxes.forEach((box) => box.addEventListener("change", say));
  say();
});

// Last, so that a fault in it takes nothing away.
if (own) {
  const { initAll } = await import(own.dataset.govuk);
  initAll();
}
