// What one person alone may give back or write off, where the lot has nobody else who could approve it.
// A lot says its own amount (`aloneFenMax` of lot.json); what was done alone is looked at by another person later.
import type { Fen } from './fen.ts'

export const aloneFenStandard: Fen = 5_000
