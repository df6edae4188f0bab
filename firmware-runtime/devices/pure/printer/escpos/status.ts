// Status bytes of a receipt printer: answers to DLE EOT 1, 2 and 4, the answer to GS r 1, and unsolicited status. Fixed
// bits tell them apart; others are counted and ignored.
import type { PrinterTrouble } from '#base/pure/data/paper.ts'

/** In this order: online or not, the cause, paper. */
export const statusKinds = [1, 2, 4] as const
export type StatusKind = (typeof statusKinds)[number]

/** Real-time query: answered also by a printer that cannot print. */
export const askStatus = (kind: StatusKind): Uint8Array => Uint8Array.of(0x10, 0x04, kind)

type SaidByte = 'status' | 'printed' | 'unasked' | 'none'

/** Number of bytes after the first byte of an unsolicited status. */
export const unaskedBytes = 3

export function saidOf(byte: number): SaidByte {
  if ((byte & 0x93) === 0x12) return 'status'
  if ((byte & 0x93) === 0x10) return 'unasked'
  // Its two reserved bits must be clear too: noise taken for this answer would lose a receipt.
  return (byte & 0xf0) === 0 ? 'printed' : 'none'
}

export type StatusBytes = Readonly<Partial<Record<StatusKind, number>>>

export const isNearEnd = (bytes: StatusBytes): boolean => ((bytes[4] ?? 0) & 0x0c) !== 0

/** The cause before its consequence: a printer without paper is offline as well. */
export function troubleOf(bytes: StatusBytes): PrinterTrouble | null {
  const [first, cause, paper] = statusKinds.map((kind) => bytes[kind] ?? 0) as [
    number,
    number,
    number,
  ]
  if ((cause & 0x04) !== 0) return 'coverOpen'
  if ((paper & 0x60) !== 0 || (cause & 0x20) !== 0) return 'paperOut'
  if ((cause & 0x40) !== 0) return 'error'
  return (first & 0x08) === 0 ? null : 'offline'
}
