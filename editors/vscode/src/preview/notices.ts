// What a preview says when there is no map to show, or when the map isn't the whole truth.
import type { State } from "../server";
import type { Notice } from "./messages";

const sample = `journey "Onboarding" {
  stage "First week" {
    touchpoint "Signs the order" via email feels +1
    touchpoint "Fills in forms"  via web   feels -2
  }
}`;

export const noJourney = (name: string): Notice => ({
  kind: "empty",
  title: "No journey yet",
  text: `${name} declares none. Begin with a journey, a stage in it, and what the client does there, step by step:`,
  sample,
  buttons: [{ label: "Begin a Map", action: "begin" }],
});

export const lostJourney: Notice = {
  kind: "errors",
  title: "",
  text: "No journey can be made out in the text as it stands. This is the last good map.",
  buttons: [{ label: "Show Problems", action: "problems" }],
};

export const errors = (count: number): Notice => ({
  kind: "errors",
  title: "",
  text: count === 1 ? "There is an error in this file: what it touches may be missing here." : `There are ${count} errors in this file: what they touch may be missing here.`,
  buttons: [{ label: "Show Problems", action: "problems" }],
});

export const deleted = (name: string): Notice => ({
  kind: "gone",
  title: "",
  text: `${name} isn't there any more. What is drawn is the text that its editor still has; saving brings the file back.`,
  buttons: [],
});

export const gone = (name: string): Notice => ({
  kind: "gone",
  title: "",
  text: `${name} isn't there any more. This is its last map.`,
  buttons: [{ label: "Close Preview", action: "close" }],
});

export const unreadable = (name: string, why: string): Notice => ({
  kind: "gone",
  title: `${name} can't be read`,
  text: why,
  buttons: [{ label: "Close Preview", action: "close" }],
});

export const nowhere: Notice = {
  kind: "nowhere",
  title: "This file is not on a disk",
  text: "The map is drawn by the program journey, which reads files of a disk. Open a copy of the folder on this machine to see it.",
  buttons: [],
};

export const large = (hasMap: boolean): Notice => ({
  kind: "large",
  title: hasMap ? "" : "A very large map",
  text: hasMap ? "The text may have changed since. A map of this size isn't drawn while you type." : "Drawing it takes a while, so it isn't drawn while you type.",
  buttons: [{ label: hasMap ? "Draw Again" : "Draw Now", action: "draw" }],
});

export const failed = (why: string): Notice => ({
  kind: "server",
  title: "The map could not be drawn",
  text: why,
  buttons: [
    { label: "Restart Server", action: "restart" },
    { label: "Show Log", action: "log" },
  ],
});

/** Why the server can't draw; null where it can. */
export function server(state: State): Notice | null {
  switch (state.is) {
    case "running":
      return null;
    case "virtual":
      return nowhere;
    case "starting":
      return { kind: "waiting", title: "", text: "The journey server is starting …", buttons: [] };
    case "off":
      return { kind: "server", title: "The journey server is stopped", text: "", buttons: [{ label: "Start Server", action: "restart" }] };
    case "trouble":
      return {
        kind: "server",
        title: state.what,
        text: state.detail,
        buttons: [
          { label: state.trouble === "dying" ? "Restart Server" : "Try Again", action: "restart" },
          ...(state.trouble === "missing" || state.trouble === "old" ? [{ label: "How to Install", action: "install" as const }] : []),
          { label: "Show Log", action: "log" },
        ],
      };
  }
}
