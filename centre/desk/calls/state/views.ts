// The centre as a whole, and whether anything has changed since a page looked.

export interface StateView {
  /** Address for lots that want to join; empty: not known. */
  readonly door: string
  readonly lots: number
  /** Rows up to the cursors of the feeds. */
  readonly rows: number
  /** Of the last batch of any lot; null: none yet. */
  readonly heardMs: number | null
  /** Open requests for pairing, open matters, and those of them that make a sound. */
  readonly waiting: { readonly pairings: number; readonly matters: number; readonly loud: number }
  readonly database: {
    readonly version: string
    readonly bytes: number
    /** Partitions of the batches, oldest first. */
    readonly months: readonly { readonly name: string; readonly bytes: number }[]
  }
}

/** Each is another text whenever something of the person's lots has changed. */
export interface SeqView {
  /** Lots, keys, requests for pairing, rows set aside and matters: what a person waits for. */
  readonly seq: string
  /** What comes all the time: rows, their fold, heartbeats. */
  readonly moved: string
}

export interface StateCalls {
  'state.get': { args: object; answer: StateView }
  'state.seq': { args: object; answer: SeqView }
}
