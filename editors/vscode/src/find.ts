// Where the program is: in the setting, in the folders of PATH, beside the extension.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";

export interface Place {
  path: string;
  from: "setting" | "PATH" | "extension";
}
export interface Search {
  /** What the setting says; empty where nothing is said. */
  said: string;
  /** The folder from which a relative path is meant. */
  folder: string;
  path: string;
  extension: string;
  windows: boolean;
}
/** The program, or the places that were looked at, in words, and a file that was there but may not be run. */
export type Found = { place: Place } | { looked: string[]; locked?: string };

const name = (search: Search) => (search.windows ? "journey.exe" : "journey");

type Kind = "program" | "locked" | "nothing";
function kind(path: string): Kind {
  try {
    if (!statSync(path).isFile()) return "nothing";
    accessSync(path, constants.X_OK);
    return "program";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "locked" : "nothing";
  }
}

function inPath(search: Search, program: string): string[] {
  return search.path.split(delimiter).filter(isAbsolute).map((folder) => join(folder, program));
}

/** A setting that names a place counts alone: another program than the one that was asked for would only puzzle. */
function candidates(search: Search): { places: Place[]; looked: string[] } {
  const bare = search.said !== "" && !/[/\\]/.test(search.said);
  if (search.said !== "" && !bare)
    return {
      places: [{ path: resolve(search.folder, search.said), from: "setting" }],
      looked: [`${resolve(search.folder, search.said)} (the setting journey.server.path)`],
    };
  const program = bare ? search.said : name(search);
  const beside = join(search.extension, "server", name(search));
  return {
    places: [
      ...inPath(search, program).map((path): Place => ({ path, from: bare ? "setting" : "PATH" })),
      ...(bare ? [] : [{ path: beside, from: "extension" } as Place]),
    ],
    looked: [`${program} in the folders of PATH (${search.path || "empty"})`, ...(bare ? [] : [beside])],
  };
}

export function find(search: Search): Found {
  const { places, looked } = candidates(search);
  let locked: string | undefined;
  for (const place of places) {
    const is = kind(place.path);
    if (is === "program") return { place };
    if (is === "locked") locked ??= place.path;
  }
  return locked === undefined ? { looked } : { looked, locked };
}
