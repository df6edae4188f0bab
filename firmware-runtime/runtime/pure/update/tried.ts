// Compares what the present program and a new one found in the same copy of a folder.
import type { TriedFigures } from './plan.ts'

/** Names of the figures that are not the same. */
export const differences = (present: TriedFigures, next: TriedFigures): readonly string[] =>
  Object.entries(present).flatMap(([name, figure]) =>
    next[name as keyof TriedFigures] === figure ? [] : [name],
  )

/** Size of an unpacked program against that of its archive; it is one third after a build. */
const unpackedTimes = 4
const reserveBytes = 64 * 1024 * 1024

/**
 * Bytes that have to be free before an update is prepared: the archive, the program, two copies of the ledger (the second one
 * is made by a migration), and a reserve that the lanes go on with.
 */
export const roomFor = (archiveBytes: number, ledgerBytes: number): number =>
  archiveBytes * (1 + unpackedTimes) + 2 * ledgerBytes + reserveBytes
