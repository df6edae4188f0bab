// Which batches are read for a stay. Its rows lie between its first and its last one, with those of other cars; a stay of
// weeks has too many between, and is read around the rows that are known: the first, the last, and those that moved money.

interface SeqRange {
  readonly fromSeq: number
  readonly toSeq: number
}

/** Rows before and after a known one. */
const around = 10_000
/** Packed bytes that are read for one stay: some 50,000 rows. */
export const readBytesMax = 8 * 1024 * 1024

/** Ranges around the known rows, within the stay, in order, without an overlap. */
export function rangesAround({ fromSeq, toSeq }: SeqRange, known: readonly number[]): SeqRange[] {
  const ranges: SeqRange[] = []
  const own = known.filter((seq) => seq >= fromSeq && seq <= toSeq)
  for (const seq of [fromSeq, ...own, toSeq].toSorted((a, b) => a - b)) {
    const next = { fromSeq: Math.max(fromSeq, seq - around), toSeq: Math.min(toSeq, seq + around) }
    const last = ranges.at(-1)
    if (last !== undefined && next.fromSeq <= last.toSeq + 1)
      ranges[ranges.length - 1] = { fromSeq: last.fromSeq, toSeq: Math.max(last.toSeq, next.toSeq) }
    else ranges.push(next)
  }
  return ranges
}

interface Sized extends SeqRange {
  readonly bytes: number
}

/** The batches nearest to known rows, as many as the bytes allow, in order. */
export function chosenBatches<B extends Sized>(
  batches: readonly B[],
  known: readonly number[],
  bytesMax: number,
): readonly B[] {
  const far = ({ fromSeq, toSeq }: SeqRange): number =>
    Math.min(...known.map((seq) => Math.max(0, fromSeq - seq, seq - toSeq)))
  let left = bytesMax
  const chosen: B[] = []
  for (const batch of batches.toSorted((a, b) => far(a) - far(b))) {
    if (batch.bytes > left) break
    left -= batch.bytes
    chosen.push(batch)
  }
  return chosen.toSorted((a, b) => a.fromSeq - b.fromSeq)
}

/** Rows of the stay's range that no batch holds. */
export const unreadOf = (stay: SeqRange, batches: readonly SeqRange[]): number =>
  batches.reduce(
    (left, { fromSeq, toSeq }) =>
      left - Math.max(0, Math.min(toSeq, stay.toSeq) - Math.max(fromSeq, stay.fromSeq) + 1),
    stay.toSeq - stay.fromSeq + 1,
  )
