// Where the steps of a drawing stand in the text.

export interface Position {
  line: number;
  character: number;
}
export interface Range {
  start: Position;
  end: Position;
}
/** A step: its element in the drawing, its name in the text, and all that is said of it there. */
export interface Place {
  id: string;
  uri: string;
  range: Range;
  whole?: Range;
}

const isBefore = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.character < b.character);
const holds = (range: Range, at: Position) => !isBefore(at, range.start) && !isBefore(range.end, at);

/** A step's lines count whole: the cursor may stand in front of its first word, or behind its last. */
const linesOf = ({ start, end }: Range): Range => ({ start: { line: start.line, character: 0 }, end: { line: end.line, character: Infinity } });

/** The innermost of the places that hold a position of a file; of two steps on one line the one that holds the very place. */
export function placeAt(places: readonly Place[], uri: string, at: Position): Place | undefined {
  const here = places.filter((place) => place.uri === uri);
  const inner = (found: Place | undefined, place: Place, range: Range) =>
    holds(range, at) && (!found || !isBefore((place.whole ?? place.range).start, (found.whole ?? found.range).start)) ? place : found;
  let found: Place | undefined;
  for (const place of here) found = inner(found, place, place.whole ?? place.range);
  if (!found) for (const place of here) found = inner(found, place, linesOf(place.whole ?? place.range));
  return found;
}
