// The messages of our own, journey/…, in the same form as those of the protocol.
const address = { type: 'string', format: 'lsp-uri' };
const text = { type: 'string' };
const nothing = { type: 'null' };
const version = { type: ['integer', 'null'] };
const object = (properties, optional = {}) => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});
const range = { $ref: '#/$defs/Range' };
const place = { $ref: '#/$defs/Position' };
const count = { type: 'integer', minimum: 0 };
const box = object({ line: count, column: count, height: count, width: count }); // on the screen, of a drawing in text
const format = { enum: ['html', 'svg', 'text', 'md', 'mermaid', 'json'] };

export const ownRequests = {
  // Answered when nothing is left to do: all diagnostics, metrics included, are known.
  'journey/settled': { direction: 'clientToServer', result: nothing, errorData: nothing },
  // The drawn map of a journey, and where in the files its parts are declared.
  'journey/preview': {
    direction: 'clientToServer',
    params: object({ textDocument: object({ uri: address }) }, { journey: text, position: place, format, width: { type: 'integer' } }),
    result: {
      anyOf: [
        nothing,
        object({
          uri: address,
          version,
          journey: text,
          title: text,
          format,
          content: text,
          places: { type: 'array', items: object({ uri: address, range, whole: range, id: text }, { box }) },
        }),
      ],
    },
    errorData: nothing,
  },
  // What the maps of a file come to.
  'journey/status': {
    direction: 'clientToServer',
    params: object({ textDocument: object({ uri: address }) }),
    result: {
      anyOf: [
        nothing,
        object({
          uri: address,
          version,
          journeys: {
            type: 'array',
            items: object({
              journey: text,
              title: text,
              range,
              stages: count,
              steps: count,
              numbers: { type: 'array', items: object({ title: text, words: text }, { target: text }) },
            }),
          },
        }),
      ],
    },
    errorData: nothing,
  },
};
export const ownNotifications = {
  // The drawing of a file that is open may look different now.
  'journey/previewChanged': { direction: 'serverToClient', params: object({ uri: address, version }) },
};
