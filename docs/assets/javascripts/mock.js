// Mock: a clock beside a prompt that asks its follow-ups at their minutes, records if it may, and keeps the score.
// It reads the prompt as it stands in the page, so that nothing is written twice. Nothing leaves the browser.
import { button, make } from "./dom.js";
import { keep, readStored } from "./storage.js";

const KEY = "hp-mocks";
/** The course of the hour as the page tells it: until which minute, and what it is for. @type {[number, string][]} */
const COURSE = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".hp-course [data-hp-until]"))].map((one) => [
  Number(one.dataset.hpUntil),
  (one.parentElement?.querySelector("a")?.textContent ?? "").trim(),
]);
const LAST = COURSE.at(-1)?.[0] ?? 50; // minutes; the rest of the hour belongs to the interviewer
const HEARD = ["unasked", "when asked", "not heard"];
const MARKS = ["hit", "partial", "miss"];

/** One question with a choice under it, in a line where the words are few. @param {string} name @param {(Node | string)[]} legend @param {[string, string][]} options value and words */
const choice = (name, legend, options) =>
  make(
    "fieldset",
    options.every(([value, words]) => value === words) ? { class: "hp-inline-choices" } : {},
    make("legend", {}, ...legend),
    ...options.map(([value, words]) => make("label", {}, make("input", { type: "radio", name, value }), make("span", {}, words))),
  );

/** What is chosen under a name, or "". @param {Element} within @param {string} name */
const chosen = (within, name) => /** @type {HTMLInputElement | null} */ (within.querySelector(`[name="${name}"]:checked`))?.value ?? "";

/** @param {number} seconds */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Scores kept so far, by prompt; what is not ours is ignored. @returns {Record<string, {on: string, says: string}>} */
const readScores = () => {
  const found = readStored(KEY);
  return found && typeof found === "object" && !Array.isArray(found) ? /** @type {any} */ (found) : {};
};

/** What an element says. @param {Element | null | undefined} element */
const words = (element) => (element?.textContent ?? "").trim();

/** The follow-ups of a prompt: minute, question, and what one listens for. @param {Element} sheet */
const followUps = (sheet) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("[data-hp-minute]"))].map((one) => ({
    minute: Number(one.dataset.hpMinute),
    question: (one.dataset.hpChanges ? "The requirement changes. " : "") + words(one.querySelector('[data-hp-part="asks"]')),
    listens: words(one.querySelector('[data-hp-part="listens"]')),
  }));

/** Each level with its hit, partial and miss. @param {Element} sheet @returns {string[][]} */
const levelBars = (sheet) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("[data-hp-level]"))].map((one) => [
    one.dataset.hpLevel ?? "",
    ...[...one.querySelectorAll("li")].map((line) => words(line).slice(words(line.querySelector("strong")).length).trim()),
  ]);

/** @param {HTMLElement} sheet the folded part of a prompt */
const enhance = (sheet) => {
  const id = sheet.dataset.hpPrompt ?? "";
  const heading = document.getElementById(id);
  if (!heading) return;
  const title = (heading.firstChild?.textContent ?? "").trim();
  const asks = followUps(sheet);
  const bars = levelBars(sheet);

  // What is said stays in its place while the rest changes: a region that comes together with its words is not read aloud.
  const stage = make("div");
  const status = make("p", { role: "status" });
  const panel = make("section", { class: "hp-mock", "aria-label": `Mock: ${title}` }, stage, status);
  sheet.before(panel);

  const idle = () => {
    panel.classList.add("hp-mock-idle");
    status.textContent = "";
    stage.replaceChildren(button(`Start a mock interview, ${LAST} min`, () => prepare()));
  };

  /** Put the panel away and stay at the place. */
  const away = () => {
    idle();
    panel.querySelector("button")?.focus();
  };

  const prepare = () => {
    const last = readScores()[id];
    const said = last && typeof last.on === "string" && typeof last.says === "string" ? [make("p", {}, `Last time, ${last.on}: ${last.says}`)] : [];
    panel.classList.remove("hp-mock-idle");
    const level = choice(`${id}-level`, ["Your level"], bars.map(([name]) => [name, name]));
    /** @type {HTMLInputElement} */ (level.querySelector('[value="L5"]')).checked = true;
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    stage.replaceChildren(
      make("p", {}, `${LAST} minutes by the clock. The follow-ups come at their minutes, one of them changes the requirement. A friend can read them to you, or you answer them alone. Nothing leaves this browser.`),
      ...said,
      level,
      make("label", {}, box, make("span", {}, "Record my voice: kept until this page is closed, unless you save it")),
      make("p", { class: "hp-mock-does" }, button("Begin", () => void begin(chosen(panel, `${id}-level`), box.checked)), button("Not now", away)),
    );
    /** @type {HTMLElement} */ (level.querySelector(":checked")).focus();
  };

  /** @param {string} level @param {boolean} record */
  const begin = async (level, record) => {
    const recording = record ? await voice(status) : null;
    const face = make("p", { class: "hp-mock-clock", role: "timer" }, "0:00");
    const course = make("ol", { class: "hp-mock-course" }, ...COURSE.map(([until, words]) => make("li", {}, `to ${until}: ${words}`)));
    // The question that is open is read aloud when it comes; those before it are not read again.
    const open = make("p", { class: "hp-mock-open", role: "status" });
    const before = make("ol");
    const asked = make("div", { hidden: "" }, make("p", {}, "Asked before:"), before);
    const waiting = [...asks];
    let gone = 0; // milliseconds before the last start
    let since = Date.now(); // 0 while it stands still
    const passed = () => (gone + (since ? Date.now() - since : 0)) / 1000;

    const ask = () => {
      const next = waiting.shift();
      if (!next) return;
      if (open.hasChildNodes()) before.append(make("li", {}, ...open.childNodes));
      asked.hidden = !before.hasChildNodes();
      open.replaceChildren(make("strong", {}, `Minute ${Math.floor(passed() / 60)}. `), next.question);
      if (!waiting.length && document.activeElement === further) hold.focus(); // what is hidden keeps no focus
      further.hidden = !waiting.length;
      now.scrollIntoView({ block: "nearest" });
    };
    const further = button("Next question now", ask);
    const hold = button("Pause", () => {
      gone = passed() * 1000;
      since = since ? 0 : Date.now();
      recording?.[since ? "resume" : "pause"]();
      hold.textContent = since ? "Pause" : "Resume";
    });
    const tick = () => {
      const seconds = passed();
      face.textContent = clock(seconds);
      const at = COURSE.findIndex(([until]) => seconds < until * 60);
      for (const [index, step] of [...course.children].entries()) {
        if (index === at) step.setAttribute("aria-current", "step");
        else step.removeAttribute("aria-current");
      }
      while (waiting.length && seconds >= waiting[0].minute * 60) ask();
      if (seconds >= LAST * 60) void stop();
    };
    /** @param {BeforeUnloadEvent} event */
    const leaving = (event) => event.preventDefault();
    const ticking = setInterval(tick, 250);
    addEventListener("beforeunload", leaving);
    const awake = await navigator.wakeLock?.request("screen").catch(() => null);

    let ended = false;
    const stop = async () => {
      if (ended) return;
      ended = true;
      clearInterval(ticking);
      removeEventListener("beforeunload", leaving);
      void awake?.release();
      score(level, Math.min(passed(), LAST * 60), await recording?.end());
    };
    const now = make("div", { class: "hp-mock-now" }, face, open, make("p", { class: "hp-mock-does" }, further, hold, button("Stop and score", () => void stop())));
    stage.replaceChildren(now, course, asked);
    hold.focus();
    tick();
  };

  /** @param {string} level @param {number} seconds @param {Blob | undefined} sound */
  const score = (level, seconds, sound) => {
    const upTo = bars.slice(0, bars.findIndex(([name]) => name === level) + 1);
    status.textContent = "";
    const form = make(
      "form",
      {},
      make("p", {}, `Stopped at ${clock(seconds)}. Mark what somebody could hear, not what you meant.`),
      ...asks.map(({ question, listens }, index) => choice(`${id}-ask-${index}`, [make("strong", {}, question), ` ${listens}`], HEARD.map((one) => [one, one]))),
      ...upTo.map(([name, ...texts]) => choice(`${id}-${name}`, [make("strong", {}, name)], MARKS.map((mark, index) => [mark, `${mark}: ${texts[index]}`]))),
    );
    /** @returns {string} what the marks say, or "" while a level is open */
    const verdict = () => {
      const marks = upTo.map(([name]) => [name, chosen(form, `${id}-${name}`)]);
      if (marks.some(([, mark]) => !mark)) return "";
      const open = marks.find(([, mark]) => mark !== "hit");
      const told = marks.map(([name, mark]) => `${name} ${mark}`).join(", ");
      return open ? `${told}. Open: ${open[0]}.` : `${told}. Every box of ${level} on this prompt.`;
    };
    form.addEventListener("change", () => {
      const says = verdict();
      if (!says) return;
      const on = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
      const kept = keep(KEY, { ...readScores(), [id]: { on, says } });
      status.textContent = kept ? says : `${says} This browser does not keep scores (storage is off or full): copy it.`;
    });
    const copy = button("Copy the score", () => {
      const heard = HEARD.map((one) => `${one} ${asks.filter((_, index) => chosen(form, `${id}-ask-${index}`) === one).length}`).join(", ");
      const text = `${title}, ${level}, ${clock(seconds)}\n${verdict() || "Levels not marked yet."}\nFollow-ups: ${heard}\n${new URL(`#${id}`, location.href).href}`;
      navigator.clipboard.writeText(text).then(
        () => (status.textContent = "Copied."),
        () => (status.textContent = text),
      );
    });
    const heardAgain = sound ? [make("audio", { controls: "", src: URL.createObjectURL(sound) }), make("a", { href: URL.createObjectURL(sound), download: `${id}.${sound.type.includes("mp4") ? "m4a" : "webm"}` }, "Save the recording")] : [];
    stage.replaceChildren(...heardAgain, form, make("p", { class: "hp-mock-does" }, copy, button("Close", away)));
    panel.setAttribute("tabindex", "-1");
    panel.focus();
  };

  idle();
};

/** Start recording, or say in `status` why not. @param {HTMLElement} status */
const voice = async (status) => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream);
    /** @type {Blob[]} */
    const pieces = [];
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.start(10_000);
    status.textContent = "Recording.";
    return {
      pause: () => recorder.pause(),
      resume: () => recorder.resume(),
      /** @returns {Promise<Blob>} */
      end: () =>
        new Promise((done) => {
          recorder.addEventListener("stop", () => {
            for (const track of stream.getTracks()) track.stop();
            done(new Blob(pieces, { type: recorder.mimeType }));
          });
          recorder.stop();
        }),
    };
  } catch {
    status.textContent = "No microphone here: it was refused, or there is none. Record with your phone; the clock runs.";
    return null;
  }
};

for (const sheet of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-hp-prompt]"))) enhance(sheet);
