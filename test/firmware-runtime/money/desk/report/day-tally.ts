// The day tally for tests that only have book rows: without payments
// and without a drawer count.

export const dayTallyOf = <B>(books: readonly B[]) => ({
  beganMs: null,
  pays: [],
  books,
  given: [],
  sinceCount: { uptoSeq: 0, takenFen: 0, given: [], pulses: {} },
})
