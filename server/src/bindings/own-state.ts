import { isNothing } from "../trace/conditions.ts";
import { piecesOf } from "../trace/pieces.ts";
import type { Reading } from "../trace/reading.ts";
import type { TextPiece } from "../trace/texts.ts";
import { isHole, isModels } from "../trace/texts.ts";
import type { Value, ValueSet } from "../trace/values.ts";

/**
 * Is a write the program's own state (semantics 12)? It is where the program itself chose the path, the path lies where
 * programs keep such things, and what is written is no model's. `maybe` where one of these cannot be told.
 */
export type OwnState = "yes" | "maybe" | "no";

const RANK: readonly OwnState[] = ["no", "maybe", "yes"];

/** The weakest of several answers: a write to one of two files is own state if both are. */
export function leastSure(...answers: readonly OwnState[]): OwnState {
  return RANK.find((rank) => answers.includes(rank)) ?? "yes";
}

/** What is written, as far as it says something about whose it is. */
export type Content = ValueSet | "nothing" | "unknown";

/** Of a file: its path and what is written to it. A folder that is made holds nothing yet, and may lie anywhere. */
export function ownState(paths: ValueSet, content: Content, kind: "file" | "folder", reading: Reading): OwnState {
  // Nothing can be written where no path is given.
  const places = paths.filter((path) => !isNothing(path)).map((path) => ofPath(piecesOf(path), kind));
  const isSomewhere = places.some(({ answer }) => answer === "yes");
  // A default that lies with the program's state says of the variable that replaces it what it is for.
  const telling = isSomewhere ? places.filter(({ isConfigured }) => !isConfigured) : places;
  const where = leastSure(...telling.map(({ answer }) => answer));
  const isLog = places.length > 0 && places.every((place) => place.isLog);
  return leastSure(places.length === 0 ? "maybe" : where, ofContent(content, isLog, reading));
}

// ---- where

interface PathAnswer {
  readonly answer: OwnState;
  /** It begins with what the environment says. */
  readonly isConfigured: boolean;
  readonly isLog: boolean;
}

function ofPath(pieces: readonly TextPiece[], kind: "file" | "folder"): PathAnswer {
  const path = pieces.map((piece) => (isHole(piece) ? `<${piece.name ?? ""}>` : piece.text)).join("");
  const isPlaced = kind === "folder" || liesWithOwnState(path);
  const isConfigured = !isPlaced && CONFIGURED.test(path);
  return { answer: answer(), isConfigured, isLog: LOG.test(path) };

  function answer(): OwnState {
    if (pieces.some(isModels)) return "no";
    if (isPlaced) return pieces.every(isProgramsChoice) ? "yes" : "maybe";
    // Where it lies is decided by its start.
    const [start] = pieces;
    return start === undefined || isConfigured || !isProgramsChoice(start) ? "maybe" : "no";
  }
}

/** What a program chooses by itself, or whoever starts it: constants, the environment, folders of the system, clock and chance. */
const PROGRAMS_CHOICE =
  /^(?:python:(?:os#(?:environ|getenv|getcwd|sep\b)|(?:tempfile|time|datetime|uuid|platformdirs|appdirs)#|pathlib#Path\.(?:home|cwd)\(\))|node:os#|(?:global#|node:)process\b|global#(?:__dirname|__filename|import\.meta|Date|Math|String|crypto|performance)\b|node:(?:crypto#|path#(?:posix\.|win32\.)?(?:sep|delimiter)\b)|(?:uuid|nanoid|ulid|cuid|env-paths|xdg-basedir|tmp|tempy|electron)#)/;

function isProgramsChoice(piece: TextPiece): boolean {
  return !isHole(piece) || (piece.name !== undefined && PROGRAMS_CHOICE.test(piece.name));
}

const CONFIGURED = /^<(?:(?:global#|node:)process[.#]env|python:os#environ)\./;
const LOG = /(?:^|\/)logs?\/|\.log$/i;

/** Folders of the user, of the system, and of the program itself, at the start of a path. */
const HOME =
  /^(?:<(?:node:os#homedir\(\)|python:pathlib#Path\.home\(\)|python:os#environ\.(?:HOME|USERPROFILE|APPDATA|XDG_\w+)|python:(?:platformdirs|appdirs)#[^>]*|(?:global#|node:)process[.#]env\.(?:HOME|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_\w+)|(?:env-paths|xdg-basedir)#[^>]*|electron#app\.getPath\(\))>|~)\//;
const SYSTEM =
  /^(?:<(?:node:os#tmpdir\(\)|python:tempfile#[^>]*|(?:global#|node:)process[.#]env\.(?:TMPDIR|TEMP|TMP)|(?:tmp|tempy)#[^>]*)>|\/tmp|\/var\/(?:tmp|log|cache|lib|run)|\/run)\//;
const HIDDEN = /^(?:\.\/)?\.(?!git|vscode)[\w-]+\//;
/** Parts of a path that say what is kept there. */
const NAMED =
  /(?:^|\/)\.?(?:caches?|logs?|state|telemetry|te?mp)\/|(?:token|credential)s?[^/]*$|\.(?:log|lock|pid)$|env\.\w*(?:TOKEN|CREDENTIAL)\w*>$/i;
/** Folders in which a user keeps what is theirs, and settings of other programs. */
const OTHERS =
  /\/(?:Desktop|Documents|Downloads|Movies|Music|Pictures|Public|Videos)(?:\/|$)|\/\.(?:ssh|gnupg|aws|azure|kube|docker|git\w*|npmrc|netrc|bash\w*|zsh\w*|profile|claude|cursor|codex|vscode)\b|\/(?:Claude|LaunchAgents|autostart)\//;

function liesWithOwnState(path: string): boolean {
  return !OTHERS.test(path) && [HOME, SYSTEM, HIDDEN, NAMED].some((place) => place.test(path));
}

// ---- what

const DEEPEST = 4;

/** A log says what was asked for: that a model chose a part of it is no doing of the model's. */
function ofContent(content: Content, isLog: boolean, reading: Reading): OwnState {
  if (content === "nothing") return "yes";
  if (content === "unknown") return isLog ? "yes" : "maybe";
  const { models, unknown, data, program } = partsOf(content, reading);
  if (isLog) return models && !data && !program ? "maybe" : "yes";
  if (content.length === 0 || unknown || (models && data)) return "maybe";
  return models ? "no" : "yes";
}

/** Whether some of it is a model's, comes from where nobody knows, from somewhere else, or is the program's own words. */
function partsOf(content: ValueSet, reading: Reading) {
  const parts = { models: false, unknown: false, data: false, program: false };
  const visit = (value: Value, depth: number): void => {
    if (value.kind === "object" && depth > 0) {
      const { items, rest } = reading.items([value]);
      const fields = reading.fieldNames(value).map((name) => reading.ownField([value], name));
      for (const part of [...items.flat(), ...rest, ...fields.flat()]) visit(part, depth - 1);
      return;
    }
    const written = textOfData(value);
    if (written !== undefined && depth > 0) {
      parts.program = true;
      for (const part of written) visit(part, depth - 1);
      return;
    }
    for (const piece of piecesOf(value)) {
      if (isModels(piece)) parts.models = true;
      else if (isHole(piece) && (piece.name === undefined || JSON_TEXTS.includes(piece.name))) parts.unknown = true;
      else if (isProgramsChoice(piece)) parts.program ||= isHole(piece) || /\w/.test(piece.text);
      else parts.data = true;
    }
  };
  for (const value of content) visit(value, DEEPEST);
  return parts;
}

const JSON_TEXTS: readonly string[] = ["global#JSON.stringify()", "python:json#dumps()"];

/** What a text of JSON was made of. */
function textOfData(value: Value): ValueSet | undefined {
  if (value.kind !== "external" || !JSON_TEXTS.includes(value.path) || value.step?.kind !== "call") return undefined;
  return value.step.call?.argument(0);
}
