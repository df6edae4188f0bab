// Hand-made signals and measurements for the tests of tuning: cars that come and are read, or not.
// Times are milliseconds of a clock that only the test moves.
import { measure, type Measurement } from '#devices/pure/tune/measure.ts'
import type { TuneSignal } from '#devices/pure/tune/signals.ts'

let frames = 0

export const frame = (
  atMs: number,
  name: string,
  obuId: string,
  direction: 'in' | 'out' = 'in',
): TuneSignal => ({
  type: 'frame',
  atMs,
  direction,
  frame: name,
  obuId,
  hex: `${name}${obuId}${frames++}`,
})

/** One try from B2 to C2: read, or broken off at B4. */
export function tryAt(atMs: number, obuId: string, ok = true, tookMs = 100): TuneSignal[] {
  const open = [frame(atMs, 'B2', obuId), frame(atMs + 2, 'C1', obuId, 'out')]
  if (!ok) return [...open, { type: 'unreadable', obuId, atMs: atMs + tookMs }]
  return [
    ...open,
    frame(atMs + tookMs - 2, 'B4', obuId),
    { type: 'read', obuId, atMs: atMs + tookMs - 1 },
    frame(atMs + tookMs, 'C2', obuId, 'out'),
  ]
}

export interface Drive {
  readonly passes: number
  readonly read: number
  /** Tries lost before the successful one, over all passages. */
  readonly retries?: number
  readonly neighbours?: number
  /** Time from the first to the last frame of each car that is read, in ms; left out: read once. */
  readonly visibleMs?: number
  readonly tookMs?: number
}

/** The measurement of a drive of cars one after another. */
export function driven(drive: Drive): Measurement {
  const { passes, read, retries = 0, neighbours = 0, visibleMs, tookMs = 100 } = drive
  const signals: TuneSignal[] = []
  const cars: string[] = []
  const gapMs = 10_000
  for (let i = 0; i < passes; i++) {
    const obuId = (0x0200_0000 + i).toString(16).padStart(8, '0').toUpperCase()
    cars.push(obuId)
    const atMs = i * gapMs
    if (i >= read) continue
    if (i < retries) signals.push(...tryAt(atMs, obuId, false))
    signals.push(...tryAt(atMs + 200, obuId, true, tookMs))
    if (visibleMs !== undefined)
      signals.push(...tryAt(atMs + 200 + visibleMs - tookMs, obuId, true, tookMs))
  }
  for (let i = 0; i < neighbours; i++)
    signals.push(...tryAt(i * gapMs + 5_000, `99${String(i).padStart(6, '0')}`))
  const toMs = Math.max(1, passes) * gapMs
  return measure(
    signals.toSorted((a, b) => a.atMs - b.atMs),
    { fromMs: 0, toMs, passesReported: passes, cars, field: [] },
  )
}
