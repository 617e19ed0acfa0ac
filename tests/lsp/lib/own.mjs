// The messages of our own, journey/…, in the same form as those of the protocol.
const uri = { type: 'string', format: 'lsp-uri' };
export const ownRequests = {};
export const ownNotifications = {};
