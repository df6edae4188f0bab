// What a day's tally answers in tests that have rows of the books alone.
// No payments and no count of a drawer stand beside them.

export const dayTallyOf = <B>(books: readonly B[]) => ({
  beganMs: null,
  pays: [],
  books,
  given: [],
  sinceCount: { uptoSeq: 0, takenFen: 0, given: [], pulses: {} },
})
