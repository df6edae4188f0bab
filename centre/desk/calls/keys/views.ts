// Acts on the keys of a lot.

export interface KeyCalls {
  /** Revokes all keys of a lot: it has to ask again. */
  'keys.revoke': { args: { readonly lotId: string; readonly reason: string }; answer: null }
}
