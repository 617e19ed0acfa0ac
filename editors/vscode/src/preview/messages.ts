// What the preview's panel and its page say to each other. Only types: both sides are bundled for themselves.
import type { Patch } from "./patch";

export interface Journey {
  id: string;
  title: string;
}

/** What a button may ask for; the panel knows no other. */
export type Action = "export" | "lock" | "source" | "begin" | "problems" | "trust" | "restart" | "log" | "install" | "draw" | "close";

/** Something to say: above the map, or in its place while there is none. */
export interface Notice {
  /** For tests and styles: "empty", "waiting", "errors", "server", "gone", "nowhere", "large". */
  kind: string;
  title: string;
  text: string;
  /** Lines of a map, shown as such. */
  sample?: string;
  buttons: { label: string; action: Action }[];
}

/** What is shown, apart from the drawing itself. */
export interface About {
  uri: string;
  name: string;
  journey: string | undefined;
  journeys: Journey[];
  isLocked: boolean;
  isRestricted: boolean;
  /** "editor": as VS Code is. */
  theme: "editor" | "light" | "dark";
}

export type ToPage =
  | { do: "about"; about: About }
  /** A page of `journey build`, by what differs from the one before; `version` is that of the text. Answered by `painted`. */
  | { do: "show"; patch: Patch; version: number; turn: number }
  /** Of another file: nothing of the map before is kept. */
  | { do: "clear" }
  | { do: "mark"; id: string | null; scroll: boolean }
  | { do: "notice"; notice: Notice | null }
  /** The next drawing takes its time. */
  | { do: "busy"; isBusy: boolean };

export type FromPage =
  | { do: "ready" }
  | { do: "painted"; turn: number; at: number }
  | { do: "pick"; id: string }
  | { do: "choose"; journey: string }
  | { do: "act"; action: Action };

/** What the page keeps over a reload of the window. */
export interface Kept {
  uri: string;
  journey: string | undefined;
  isLocked: boolean;
  zoom: number | "fit";
  /** How far is scrolled: the page downwards, the map to the right and downwards. */
  top: number;
  mapLeft: number;
  mapTop: number;
}
