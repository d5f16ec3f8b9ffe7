// My plan: choose, see the days, tick, move a missed day on, take it along. The plans were worked out when the guide was
// built; this shows one of them. Nothing leaves the browser.
import { button as plainButton, announce as announceIn, make } from "./dom.js";
import { dayOf, isoOf, read, today, weekdayOf, write } from "./plan-address.js";
import { calendar } from "./plan-calendar.js";
import { dated, decode, firstDay, nextFree, pathOf, placeOf, span } from "./plan-days.js";
import * as progress from "./plan-progress.js";
import { bringForward } from "./plan-ticks.js";
import { root } from "./site.js";

/** @typedef {import("./plan-address.js").Choice} Choice */
/** @typedef {import("./plan-days.js").Day} Day */
/** @typedef {{ id: string, do: string, why: string, minutes: number, output: string, at: string, name: string, to: string, levels: string[], after: number[] }} Task `after` by place in the list of the track */
/** @typedef {{ tasks: Task[], plans: Record<string, string[]> }} Track */

const files = new URL("data/plan/", import.meta.url);
const WHOLE = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** @param {string} id @param {string} words @param {() => void} does */
const button = (id, words, does) => plainButton(words, does, id ? { id } : {});

/** @param {string} name */
const fetched = async (name) => {
  const answer = await fetch(new URL(name, files));
  if (!answer.ok) throw new Error(name);
  return answer.json();
};

/** @param {number} day @param {Intl.DateTimeFormatOptions} form */
const dateWords = (day, form = { weekday: "long", day: "numeric", month: "long" }) => new Date(day * 86_400_000).toLocaleDateString("en-GB", { ...form, timeZone: "UTC" });

/** @param {number} count @param {string} one */
const some = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** @param {number} minutes */
const long = (minutes) => (minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`);

/** Save text as a file. @param {string} name @param {string} type @param {string} text */
const save = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

/** @param {HTMLElement} place */
const enhance = async (place) => {
  const [plans] = await Promise.all([fetched("plans.json"), bringForward()]);
  /** @type {Map<string, Promise<Track>>} */
  const tracks = new Map();
  /** @param {string} track @returns {Promise<Track>} */
  const trackOf = (track) => {
    const asked = tracks.get(track) ?? fetched(`plan-${track}.json`);
    tracks.set(track, asked);
    asked.catch(() => tracks.delete(track)); // asked for again at the next choice
    return asked;
  };

  // -- what is shown ------------------------------------------------------------------------------

  let mine = progress.ownPlan();
  const asked = location.search.length > 1;
  let { choice, notes } = read(asked ? location.search : (mine?.plan ?? ""), plans);
  /** A plan that came by a link is looked at; the reader's own stays as it is until they say so. */
  let visiting = asked && mine !== null && write(read(mine.plan, plans).choice) !== write(choice);
  /** @type {Track} */
  let track = { tasks: [], plans: {} };
  /** @type {Task[]} */
  let tasks = []; // those of the level
  /** @type {string[][][]} */
  let weeks = [];
  /** @type {Day[]} */
  let days = [];

  const moved = () => (mine && !visiting && write(read(mine.plan, plans).choice) === write(choice) ? mine.moved : {});
  const reader = () => `${plans.tracks.find((/** @type {string[]} */ [id]) => id === choice.track)[1]}, ${choice.level.toUpperCase()}`;
  const lengthWords = (/** @type {number} */ weeks) => (weeks ? some(weeks, "week") : "One evening");
  const address = () => new URL(`plan/mine/?${write(choice)}`, root).href;

  const status = make("p", { role: "status", class: "hp-plan-says" });
  /** @param {string} words */
  const announce = (words) => (status.textContent = words);
  const visit = make("p", { class: "hp-plan-visit" });
  const offer = make("p", { class: "hp-plan-visit" });
  offer.hidden = true;
  const sum = make("p", { class: "hp-plan-sum" });
  const out = make("div", {});

  /** Keep the plan as the reader's own; returns what went wrong, or "". @param {Record<string, number>} moves */
  const own = (moves = {}) => {
    mine = { plan: write(choice), moved: moves, moves: (mine?.moves ?? 0) + 1 };
    visiting = false;
    return progress.keepPlan(mine) ? "" : "This browser does not keep the plan (storage is off or full). Its address does: copy the link.";
  };

  // -- one task, one day --------------------------------------------------------------------------

  const unkept = make("span", { class: "hp-task", role: "status" });
  /** Say at the box that ticks will not be kept. @param {Element} item */
  const warn = (item) => {
    unkept.textContent = "";
    item.append(unkept);
    announceIn(unkept, "This browser does not keep ticks (storage is off or full). Print the page to keep them on paper.");
  };

  /** @param {string} id @param {Set<string>} done @param {Map<string, Task>} known */
  const line = (id, done, known) => {
    const task = known.get(id);
    if (!task) return "";
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `plan-check-${id}`, "data-hp-task": id }));
    box.checked = done.has(id);
    const item = make(
      "li",
      {},
      box,
      " ",
      make("label", { for: box.id }, task.do),
      make("span", { class: "hp-task" }, `${task.minutes} min · output: ${task.output} · `, make("a", { class: "hp-plan-name", href: new URL(pathOf(task), root).href }, task.name), make("span", { class: "hp-plan-go" }, `go/${task.at}`)),
    );
    if (task.why) item.append(make("span", { class: "hp-task hp-plan-why" }, `Why this: ${task.why}`));
    box.addEventListener("change", () => {
      if (!progress.tick(id, box.checked)) warn(item);
      count();
    });
    return item;
  };

  /** @param {Day} day @param {Set<string>} done @param {Map<string, Task>} known @param {Node[]} more */
  const dayBlock = (day, done, known, ...more) => {
    const minutes = day.tasks.reduce((all, id) => all + (known.get(id)?.minutes ?? 0), 0);
    const name = Number.isFinite(day.date) ? dateWords(day.date) : `Day ${day.number}`;
    return make(
      "section",
      { class: "hp-plan-day" },
      make("h3", {}, `${name} · ${long(minutes)}`, make("span", { class: "hp-plan-reader" }, ` · ${reader()}`)),
      make("div", {}, make("ul", {}, ...day.tasks.map((id) => line(id, done, known))), ...more),
    );
  };

  /** @param {Day} day @param {Set<string>} done */
  const isOpen = (day, done) => day.tasks.some((id) => !done.has(id));

  /** Done against expected, and the days to the interview. */
  const count = () => {
    const done = progress.ticked();
    const all = days.flatMap((day) => day.tasks);
    const due = days.filter((day) => day.date < today()).flatMap((day) => day.tasks);
    const parts = [`Done: ${all.filter((id) => done.has(id)).length} of ${some(all.length, "task")}.`];
    if (Number.isFinite(firstDay(choice))) parts.push(`Expected before today: ${due.length}, of which ${due.filter((id) => done.has(id)).length} are done.`);
    const left = dayOf(choice.end) - today();
    if (left > 0) parts.push(`${some(left, "day")} to the interview on ${dateWords(dayOf(choice.end))}.`);
    else if (left === 0) parts.push("The interview is today.");
    else if (left < 0) parts.push("The interview's date is past.");
    sum.textContent = parts.join(" ");
    if (keeping.open) void showCarried();
  };

  /** A missed day goes to the next free one. @param {Day} day */
  const moveButton = (day) => {
    const to = nextFree(days, choice, today());
    if (!Number.isFinite(to)) return make("p", {}, "No day is left to move this to.");
    return button("", `Move to ${to === today() ? "today" : dateWords(to)}`, () => {
      const wrong = own({ ...moved(), [day.number]: to });
      arrange();
      draw();
      announce(wrong || `Moved to ${dateWords(to)}.`);
      status.focus();
    });
  };

  /** Draw the plan; on paper in the order of the days, on screen today first. @param {boolean} paper */
  const draw = (paper = false) => {
    const done = progress.ticked();
    const known = new Map(tasks.map((task) => [task.id, task]));
    const now = today();
    const last = Math.max(...days.map((day) => day.date));
    const running = Number.isFinite(firstDay(choice)) && !paper;
    const first = running ? days.filter((day) => day.date === now || (day.date < now && isOpen(day, done))) : [];
    /** @type {Node[]} */
    const blocks = [];
    if (running) {
      blocks.push(make("h2", {}, `Today, ${dateWords(now)}`));
      const begins = firstDay(choice) - now;
      const ofToday = first.filter((day) => day.date === now);
      if (begins > 0) blocks.push(make("p", {}, `The plan begins in ${some(begins, "day")}.`));
      else if (now > last) blocks.push(make("p", {}, first.length ? "The plan's days are over; this is still open." : "The plan is done."));
      else if (!ofToday.length) blocks.push(make("p", {}, "Nothing is planned for today."));
      blocks.push(...ofToday.map((day) => dayBlock(day, done, known)));
      const missed = first.filter((day) => day.date < now);
      if (missed.length) blocks.push(make("h2", {}, "Missed"), ...missed.map((day) => dayBlock(day, done, known, moveButton(day))));
    }
    for (const week of new Set(days.map((day) => day.week))) {
      const all = days.filter((day) => day.week === week);
      const minutes = all.flatMap((day) => day.tasks).reduce((sum, id) => sum + (known.get(id)?.minutes ?? 0), 0);
      const rest = all.filter((day) => !first.includes(day)).sort((a, b) => a.date - b.date || a.number - b.number);
      if (!rest.length) continue;
      blocks.push(make("h2", {}, `${choice.weeks ? `Week ${week} of ${choice.weeks}` : "One evening"} · ${long(minutes)}`), ...rest.map((day) => dayBlock(day, done, known)));
    }
    const placed = new Set(days.flatMap((day) => day.tasks));
    const leftOut = tasks.filter((task) => !placed.has(task.id));
    if (leftOut.length) {
      const list = leftOut.map((task) => {
        const before = track.tasks[task.after.find((number) => leftOut.includes(track.tasks[number])) ?? -1];
        return make("li", {}, `${task.do} (${task.minutes} min; ${before ? `comes after a task that is left out: ${before.output}` : "no room"})`);
      });
      blocks.push(make("details", { class: "hp-plan-out" }, make("summary", {}, `Left out for want of time: ${some(leftOut.length, "task")}`), make("ul", {}, ...list)));
    }
    if (paper) blocks.unshift(make("p", {}, `${lengthWords(choice.weeks)}${choice.weeks ? ` at ${choice.hours} hours a week` : ""} · ${reader()} · short addresses begin with ${root.href}`));
    out.replaceChildren(...blocks);
    count();
    drawVisit();
  };

  const drawVisit = () => {
    visit.replaceChildren();
    visit.hidden = !visiting;
    if (!visiting) return;
    visit.append(
      "This plan came by a link. Your own is kept as it was; ticks are yours. ",
      button("plan-keep", "Make this my plan", () => {
        const wrong = own();
        draw();
        announce(wrong || "This is your plan now.");
      }),
      " ",
      button("plan-back", "Back to my plan", () => {
        if (mine) ({ choice } = read(mine.plan, plans));
        visiting = false;
        fill();
        void choose(false);
      }),
    );
  };

  /** Put the chosen plan's tasks on days. */
  const arrange = () => {
    tasks = track.tasks.filter((task) => task.levels.includes(choice.level));
    weeks = decode(track.plans[choice.level][placeOf(choice, plans)], tasks.map((task) => task.id));
    days = dated(weeks, choice, moved());
  };

  /** Whether the address carries ticks that were not yet added or left. */
  const carries = () => location.hash.startsWith("#t=");

  let turn = 0;
  /** Show what is chosen. @param {boolean} byHand the reader chose it here */
  const choose = async (byHand) => {
    const mineNow = ++turn;
    try {
      const found = await trackOf(choice.track);
      if (mineNow !== turn) return; // something else was chosen meanwhile
      track = found;
    } catch {
      announce("The tasks could not be loaded. Is there a network? Choose again to try once more.");
      return;
    }
    const wrong = byHand && !visiting ? own() : "";
    arrange();
    draw();
    if (byHand || asked) history.replaceState(null, "", `?${write(choice)}${carries() ? location.hash : ""}`);
    if (byHand) announce(wrong || warning());
  };

  /** What does not fit together in a choice, or "". */
  const warning = () => {
    const open = 7 - choice.skip.length;
    const study = weeks[0]?.length ?? 0;
    if (choice.start && choice.end && dayOf(choice.start) + span(choice) > dayOf(choice.end)) return "This plan ends after the interview: choose fewer weeks, or begin earlier.";
    if (!choice.start && choice.end && firstDay(choice) < today()) return "This plan would have begun before today: choose fewer weeks.";
    return choice.weeks && open < study ? `${some(study, "study day")} a week on ${some(open, "day")}: some days get two.` : "";
  };

  // -- the controls -------------------------------------------------------------------------------

  /** @param {string} name @param {string} words @param {[string, string][]} options */
  const select = (name, words, options) => make("label", {}, words, make("select", { name }, ...options.map(([value, text]) => make("option", { value }, text))));
  const form = /** @type {HTMLFormElement} */ (
    make(
      "form",
      { class: "hp-plan-form" },
      select("track", "Track", plans.tracks),
      select("level", "Level", plans.levels.map((/** @type {string} */ level) => [level, level.toUpperCase()])),
      select("weeks", "Time", plans.weeks.map((/** @type {number} */ weeks) => [String(weeks), lengthWords(weeks)])),
      select("hours", "Hours a week", plans.hours.map((/** @type {number} */ hours) => [String(hours), String(hours)])),
      make("label", {}, "First day", make("input", { type: "date", name: "start", min: "2020-01-01", max: "2099-12-31" })),
      make("label", {}, "Interview", make("input", { type: "date", name: "end", min: "2020-01-01", max: "2099-12-31" })),
      make("fieldset", {}, make("legend", {}, "Skip"), ...WEEKDAYS.map((day, index) => make("label", {}, make("input", { type: "checkbox", name: "skip", value: String(index + 1) }), day))),
    )
  );

  /** @param {string} name */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const skips = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=skip]")]);
  /** Put the choice into the controls. */
  const fill = () => {
    for (const name of /** @type {const} */ (["track", "level", "weeks", "hours", "start", "end"])) field(name).value = String(choice[name]);
    for (const box of skips()) box.checked = choice.skip.includes(box.value);
    field("hours").disabled = !choice.weeks;
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const query = new URLSearchParams(["track", "level", "weeks", "hours", "start", "end"].map((name) => [name, field(name).value]));
    const skip = skips().filter((box) => box.checked).map((box) => box.value);
    if (skip.length === 7) announce("One day of the week has to stay.");
    query.set("skip", skip.length === 7 ? choice.skip : skip.join(""));
    ({ choice } = read(query.toString(), plans));
    fill();
    void choose(true);
  });

  // -- take it along ------------------------------------------------------------------------------

  const copy = () =>
    void (navigator.clipboard?.writeText(address()) ?? Promise.reject(new Error("no clipboard"))).then(
      () => announce("Copied. Whoever opens the link sees this plan, with their own ticks."),
      () => announce(`Copy this: ${address()}`),
    );

  /** Hand the link to what the device shares with, in words that say whose plan it is. */
  const share = () => {
    const start = firstDay(choice);
    const parts = [`${lengthWords(choice.weeks)}${choice.weeks ? ` at ${choice.hours} hours a week` : ""}`];
    if (Number.isFinite(start)) parts.push(`from ${dateWords(start, WHOLE)}`);
    if (choice.end) parts.push(`interview on ${dateWords(dayOf(choice.end), WHOLE)}`);
    navigator.share({ title: document.title, text: `A plan for ${reader()}: ${parts.join(", ")}`, url: address() }).catch((/** @type {Error} */ wrong) => wrong.name === "AbortError" || announce(`Copy this: ${address()}`));
  };

  const takeCalendar = () => {
    const start = firstDay(choice);
    if (!Number.isFinite(start)) {
      announce("Set the first day or the interview's day first: a calendar needs dates.");
      field("start").focus();
      return;
    }
    const known = new Map(tasks.map((task) => [task.id, task]));
    const entries = days.map((day) => {
      const all = day.tasks.flatMap((id) => known.get(id) ?? []);
      return {
        id: `day-${day.number}`,
        date: day.date,
        title: `Study, ${long(all.reduce((sum, task) => sum + task.minutes, 0))} (${reader()})`,
        text: all.map((task) => `${task.do} (${task.minutes} min) Output: ${task.output}. ${new URL(`go/${task.at}/`, root).href}`).join("\n\n"),
      };
    });
    if (choice.end) entries.push({ id: "interview", date: dayOf(choice.end), title: "Interview", text: reader() });
    const key = `${choice.track}-${choice.level}-${choice.weeks ? `${choice.weeks}w-${choice.hours}h` : "evening"}`;
    const edition = dayOf(plans.edition);
    const sequence = edition - dayOf("2026-01-01") + (visiting ? 0 : (mine?.moves ?? 0));
    save(`plan-${key}.ics`, "text/calendar;charset=utf-8", calendar({ name: `My plan: ${reader()}`, key, edition, sequence, address: address(), entries }));
    announce(`${some(entries.length, "day")} as a calendar file. Import it again after a change: entries are replaced where your calendar goes by their names.`);
  };

  // -- ticks by link ------------------------------------------------------------------------------

  const carrying = () => import(new URL("plan-carry.js", import.meta.url).href);
  const carried = make("div", { class: "hp-plan-carried" });
  /** The reader's own plan with their ticks, also while they look at another. */
  const carriedLink = async () => (await carrying()).link(new URL(`plan/mine/?${visiting && mine ? write(read(mine.plan, plans).choice) : write(choice)}`, root).href);

  /** Show the link and its code as they are now; returns the link, or "" when that could not be loaded. */
  const showCarried = async () => {
    try {
      const link = await carriedLink();
      const code = (await carrying()).code(link);
      carried.replaceChildren(
        ...(code ? [code, make("p", {}, "Scan the code with the other device, or open the link there. It asks before it adds anything.")] : [make("p", {}, "The link is too long for a QR code. Copy it, or take the file.")]),
        make("p", {}, make("a", { href: link }, link)),
      );
      return link;
    } catch {
      carried.replaceChildren(make("p", {}, "The link could not be made. Is there a network? The file below needs none."));
      return "";
    }
  };

  const carry = async () => {
    const link = await showCarried();
    if (!link) return;
    await (navigator.clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"))).then(
      () => announce("Copied, with your ticks in it. Open it on the other device."),
      () => announce("Copy the link below the code."),
    );
  };

  /** Take the ticks out of the address, and the question off the page. */
  const settle = () => {
    history.replaceState(null, "", location.pathname + location.search);
    offer.hidden = true;
    offer.replaceChildren();
  };

  /** Say what a link with ticks would add, and ask. */
  const arrive = async () => {
    if (!carries()) return;
    let found;
    try {
      found = await (await carrying()).arrived(location.hash);
    } catch {
      announce("The ticks in this link could not be read. Is there a network? Load the page again.");
      return;
    }
    const takes = asked && !mine; // a plan is only taken where there is none
    const later = found.beyond ? ` ${some(found.beyond, "tick")} of a newer edition cannot be read here: load this page again for them.` : "";
    if (found.wrong || (!found.fresh && !takes)) {
      settle();
      announce(found.wrong || (found.count ? `This link carries ${some(found.count, "tick")}, and all of them are here already.` : "This link carries no ticks. Nothing was added.") + later);
      return;
    }
    const carried = [...(found.count ? [some(found.count, "tick")] : []), ...(asked ? [`a plan (${reader()})`] : [])].join(" and ");
    const fresh = found.count ? ` ${found.fresh} of the ticks ${found.fresh === 1 ? "is" : "are"} not here yet.` : "";
    offer.replaceChildren(
      `This link carries ${carried}.${fresh}${later} `,
      button("plan-join", "Add them to mine", () => {
        const before = progress.remembered();
        const wrong = !found.join() || (takes && own()) ? "This browser does not keep it (storage is off or full)." : "";
        settle();
        if (!wrong) {
          undo = before;
          undoing.hidden = false;
        }
        draw();
        announce(wrong || `Added: ${some(found.fresh, "tick")}${takes ? " and the plan" : ""}. What was here before is still here.`);
        status.focus();
      }),
      " ",
      button("plan-leave", "Leave them", () => {
        settle();
        announce("Nothing was added.");
        status.focus();
      }),
    );
    offer.hidden = false;
  };

  let undo = () => true;
  const undoing = button("plan-undo", "Undo", () => {
    announce(undo() ? "As it was before." : "This browser does not keep it (storage is off or full).");
    undoing.hidden = true;
    again();
  });
  undoing.hidden = true;

  /** Show what is stored now. */
  const again = () => {
    mine = progress.ownPlan();
    if (mine && !visiting) ({ choice } = read(mine.plan, plans));
    fill();
    void choose(false);
  };

  const importing = /** @type {HTMLInputElement} */ (make("input", { type: "file", id: "plan-import", accept: "application/json,.json" }));
  importing.addEventListener("change", async () => {
    const [file] = importing.files ?? [];
    if (!file) return;
    const before = progress.remembered();
    const text = file.size > progress.LARGEST ? "" : await file.text();
    const wrong = progress.imported(text);
    importing.value = "";
    if (!wrong) {
      undo = before;
      undoing.hidden = false;
      visiting = false;
      again();
    }
    announce(wrong || "Imported: ticks and scores are added to those here.");
    await bringForward();
  });

  const tools = make(
    "p",
    { class: "hp-plan-does" },
    button("plan-copy", "Copy link", copy),
    ..."share" in navigator ? [button("plan-share", "Share", share)] : [],
    button("plan-calendar", "Calendar file", takeCalendar),
    button("plan-print", "Print", () => print()),
  );
  const keeping = make(
    "details",
    { class: "hp-plan-keeps" },
    make("summary", {}, "Carry my progress to another device, or clear it"),
    make("p", {}, "Ticks, mock scores and your plan stay in this browser. A link takes ticks and plan along: they stand in its last part, which no browser sends to a server. A file takes the scores as well."),
    make("p", { class: "hp-plan-does" }, button("plan-carry", "Copy a link with my ticks", carry)),
    carried,
    make(
      "p",
      { class: "hp-plan-does" },
      button("plan-export", "Export my progress", () => save("the-hard-part-progress.json", "application/json", progress.exported())),
      make("label", {}, "Import from a file ", importing),
      button("plan-reset", "Clear everything", () => {
        undo = progress.forget();
        undoing.hidden = false;
        again();
        announce("Ticks, scores and the plan are cleared.");
        undoing.focus();
      }),
    ),
  );
  keeping.addEventListener("toggle", () => keeping.open && showCarried());
  status.tabIndex = -1;
  place.replaceChildren(offer, form, visit, sum, tools, status, undoing, out, keeping);
  place.classList.add("hp-plan-made");
  fill();
  await choose(false);
  announce([...notes, warning()].filter(Boolean).join(" "));
  await arrive();
  addEventListener("hashchange", arrive);

  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw());
  const refresh = () => {
    const done = progress.ticked();
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (out.querySelectorAll("[data-hp-task]"))) box.checked = done.has(box.dataset.hpTask ?? "");
    count();
  };
  addEventListener("storage", (event) => progress.isOfTicks(event) && refresh());
  addEventListener("pageshow", refresh);
};

const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-hp-script="plan"]'));
if (place) {
  enhance(place).catch(() => {
    const said = make("p", { role: "status" });
    place.replaceChildren(said);
    announceIn(said, "The plans could not be loaded. Is there a network? Load the page again, or take a ready-made plan below.");
  });
}
