// What this browser keeps: ticks, scores of mocks, the reader's own plan. Read with care, since anything may stand there;
// written out as one file, and read back from one.
import { keep, readStored, storageKey } from "./storage.js";

const [CHECKS, MOCKS, PLAN] = ["hp-checks", "hp-mocks", "hp-plan"];
const KEYS = [CHECKS, MOCKS, PLAN];
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST = 5000; // of anything in a list; more is no progress of a reader
export const LARGEST = 1_000_000; // bytes of a file

/** @typedef {{ plan: string, moved: Record<string, number>, moves: number }} Own the query of the plan, the days moved by their number, how often plan or days were changed */

/** @param {unknown} found @returns {Record<string, unknown>} */
const object = (found) => (found && typeof found === "object" && !Array.isArray(found) ? /** @type {Record<string, unknown>} */ (found) : {});

/** @param {unknown} found @returns {string[]} */
const checks = (found) => (Array.isArray(found) ? found.filter((id) => typeof id === "string" && id.length < 100 && ID.test(id)).slice(0, MOST) : []);

/** @param {unknown} found @returns {Record<string, { on: string, says: string }>} */
const mocks = (found) =>
  Object.fromEntries(
    Object.entries(object(found))
      .slice(0, MOST)
      .flatMap(([id, one]) => {
        const { on, says } = object(one);
        return ID.test(id) && typeof on === "string" && typeof says === "string" ? [[id, { on: on.slice(0, 100), says: says.slice(0, 1000) }]] : [];
      }),
  );

/** @param {unknown} found @returns {Own | null} */
const own = (found) => {
  const { plan, moved, moves } = object(found);
  if (typeof plan !== "string" || plan.length > 500) return null;
  const days = Object.entries(object(moved)).filter(([number, day]) => /^[1-9]\d?$/.test(number) && Number.isInteger(day) && Number(day) > 18_000 && Number(day) < 48_000);
  return { plan, moved: Object.fromEntries(days.map(([number, day]) => [number, Number(day)])), moves: Number.isInteger(moves) && Number(moves) >= 0 ? Math.min(Number(moves), 1e6) : 0 };
};

/** Whether an event of the storage is about ticks. @param {StorageEvent} event */
export const isOfTicks = (event) => event.key === null || event.key === storageKey(CHECKS);

/** Ids ticked so far, on any page. */
export const ticked = () => new Set(checks(readStored(CHECKS)));

/** Keep or drop a tick; false when this browser keeps none. @param {string} id @param {boolean} on */
export const tick = (id, on) => {
  const all = ticked();
  if (on) all.add(id);
  else all.delete(id);
  return keep(CHECKS, [...all]);
};

/** Join ticks to those here; false when this browser keeps none. @param {string[]} ids */
export const join = (ids) => keep(CHECKS, [...new Set([...ticked(), ...checks(ids)])]);

/** Let ticks of ids that are gone count for their successors. @param {Record<string, string>} successors */
export const forward = (successors) => {
  const all = [...ticked()];
  const moved = all.map((id) => (Object.hasOwn(successors, id) ? successors[id] : id));
  if (moved.every((id, at) => id === all[at]) || !keep(CHECKS, [...new Set(moved)])) return;
  dispatchEvent(new StorageEvent("storage", { key: storageKey(CHECKS) })); // the lists of this page hear of it as of another tab's
};

/** The reader's own plan, null when there is none. */
export const ownPlan = () => own(readStored(PLAN));

/** @param {Own} plan */
export const keepPlan = (plan) => keep(PLAN, plan);

/** All progress, as text for a file. */
export const exported = () => JSON.stringify({ guide: "the-hard-part", version: 1, checks: checks(readStored(CHECKS)), mocks: mocks(readStored(MOCKS)), plan: own(readStored(PLAN)) }, null, 1) + "\n";

/** Add what a file holds to what is here: ticks are joined, a plan takes the place of the one here. Returns what went wrong, or "". @param {string} text */
export const imported = (text) => {
  let found;
  try {
    found = object(JSON.parse(text));
  } catch {
    return "This file is not one that this page exports.";
  }
  if (found.guide !== "the-hard-part") return "This file is not one that this page exports.";
  if (found.version !== 1) return "This file was made by a newer version of the guide.";
  const plan = own(found.plan) ?? own(readStored(PLAN));
  const done =
    join(checks(found.checks)) && keep(MOCKS, { ...mocks(readStored(MOCKS)), ...mocks(found.mocks) }) && (!plan || keep(PLAN, plan));
  return done ? "" : "This browser does not keep it (storage is off or full).";
};

/** Forget everything; returns what puts it back. */
export const forget = () => {
  const undo = remembered();
  for (const key of KEYS) keep(key, null);
  return undo;
};

/** What puts things back as they are now. */
export const remembered = () => {
  const before = KEYS.map((key) => /** @type {const} */ ([key, readStored(key)]));
  return () => before.every(([key, value]) => keep(key, value));
};
