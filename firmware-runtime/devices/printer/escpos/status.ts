// The bytes a receipt printer says: answers to DLE EOT 1, 2 and 4, the answer to GS r 1, and status unasked.
// Fixed bits tell them apart; what fits none is counted and left.
import type { PrinterTrouble } from '../../../core/print/paper.ts'

/** In this order: online or not, why it is not, paper. */
export const statusKinds = [1, 2, 4] as const
export type StatusKind = (typeof statusKinds)[number]

/** Asked in real time: answered also by a printer that does not print. */
export const askStatus = (kind: StatusKind): Uint8Array => Uint8Array.of(0x10, 0x04, kind)

type SaidByte = 'status' | 'printed' | 'unasked' | 'none'

/** What follows the first byte of status unasked. */
export const unaskedBytes = 3

export function saidOf(byte: number): SaidByte {
  if ((byte & 0x93) === 0x12) return 'status'
  if ((byte & 0x93) === 0x10) return 'unasked'
  // Its two reserved bits are clear too: noise that is taken for it would lose a receipt.
  return (byte & 0xf0) === 0 ? 'printed' : 'none'
}

export type StatusBytes = Readonly<Partial<Record<StatusKind, number>>>

export function isNearEnd(bytes: StatusBytes): boolean {
  return ((bytes[4] ?? 0) & 0x0c) !== 0
}

/** The cause stands before its consequence: without paper a printer is offline too. */
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
