// Where the real occupancy traces are, if present: beside the checkout, never inside it.
// Their totals are those of contract.md section 4.
import { existsSync, readFileSync } from 'node:fs'
import { readTrace, type TraceRow } from '#simulators/traffic/trace.ts'

const folder = new URL('../../../../../shared/traces/', import.meta.url)

export const sharedTraces = [
  {
    file: 'oldenburg-theaterwall-74-spaces-2025q2.csv',
    profile: 'small',
    entries: 16_021,
    exits: 16_021,
    capacity: 74,
    insideStart: 0,
  },
  {
    file: 'bochum-massenberg-100-spaces-2025q2.csv',
    profile: 'garage',
    entries: 16_398,
    exits: 16_400,
    capacity: 100,
    insideStart: 5,
  },
  {
    file: 'bochum-stadionring-1400-spaces-2025-05.csv',
    profile: 'stadium',
    entries: 20_332,
    exits: 20_334,
    capacity: 1400,
    insideStart: 27,
  },
] as const

export const hasSharedTraces = sharedTraces.every((t) => existsSync(new URL(t.file, folder)))

export const sharedRows = (file: string): TraceRow[] =>
  readTrace(readFileSync(new URL(file, folder)), file)
