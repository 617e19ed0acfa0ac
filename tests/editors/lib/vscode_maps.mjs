// The project that the stories in VS Code are told of: two files, a metric, one slip of the fingers.
export const people = `persona ada "Ada" {
  role  "Runs a joinery"
  needs "A table before summer"
}

team sales "Sales"
team service "Service"

evidence talks "Talks with buyers" method interview

metric calm "Calm" computed-by "metrics/calm.lua"
`;
/** Shows a number that no map has by chance. */
export const calm = `---@type MetricFile
return { title = "Calm", unit = "points", better = "higher", compute = function() return 4711 end }
`;
export const trip = `use "people.journey"

journey trip "A table for the terrace" {
  persona  ada
  scenario "Summer is near"
  owner    sales
  reviewed 2026-10-01

  stage choosing "Choosing" {
    goal "Find one that fits"
    touchpoint shop "Looks in the shop" {
      via   in-person
      feels +1 "It smells of wood" from talks
    }
    touchpoint order "Orders by telephone" {
      via   phone
      feels -1 "Spells her name twice" from talks
      owner servce
    }
  }
  stage having "Having it" {
    goal "Eat outside"
    touchpoint delivery "Gets the table" {
      via   in-person
      feels +2 "It fits" from talks
    }
  }
}
`;
const stages = ["Hearing of it", "Choosing", "Buying", "Having it", "Talking of it"];
const touchpoint = (number) => `    touchpoint s${number} "Takes step ${number} of twenty-five" {
      via   ${["phone", "web", "in-person"][number % 3]}
      feels ${["-1", "0", "+1", "+2"][number % 4]} "As it was said in talks of ${number} buyers"
      thinks "What comes after this?"
    }
`;
/** A map of 25 steps. */
export const long = `journey long "From the first word to the last" {
${stages.map((title, at) => `  stage part-${at} "${title}" {\n${[1, 2, 3, 4, 5].map((step) => touchpoint(at * 5 + step)).join("")}  }\n`).join("")}}
`;
export const lineOf = (text, part) => text.slice(0, text.indexOf(part)).split("\n").length;
export const table = { "people.journey": people, "trip.journey": trip, "metrics/calm.lua": calm };
