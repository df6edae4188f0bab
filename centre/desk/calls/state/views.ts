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

export interface StateCalls {
  'state.get': { args: object; answer: StateView }
  /** `seq` is another text whenever something of the person's lots has changed. */
  'state.seq': { args: object; answer: { readonly seq: string } }
}
