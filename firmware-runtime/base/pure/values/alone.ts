// Limit of refunds and write-offs by one person in a lot without a second person to approve them.
// The lot file may set its own limit (`aloneFenMax` of lot.json); another person later reviews acts done alone.
import type { Fen } from './fen.ts'

export const aloneFenStandard: Fen = 5_000
