// The peak memory of a simulation: two weeks against a bare Node, and a year in
// `npm run test:full`. Live bytes per car are checked by flat-memory.test.ts; no time is measured.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { etcLane } from './etc-lane.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
/** Printed at exit: the peak of the process itself, without what its parent held at the fork. */
const peakAtExit = `data:text/javascript,import { readFileSync } from 'node:fs'; \
process.once('exit', () => console.error(/VmHWM:.*/.exec(readFileSync('/proc/self/status', 'utf8'))[0]))`

const mbOf = (said: string): number => Number(/VmHWM:\s+(\d+) kB/.exec(said)?.[1]) / 1024

function bareMb(): number {
  const said = "require('node:fs').readFileSync('/proc/self/status', 'utf8')"
  return mbOf(execFileSync(process.execPath, ['-p', said], { encoding: 'utf8' }))
}

async function simulatedMb(days: number): Promise<number> {
  const args = ['sim', '--seed', '3', '--lots', '1', '--faults', 'none', '--days', String(days)]
  const { code, stderr } = await etcLane(args, {}, [process.execPath, '--import', peakAtExit])
  expect(code, stderr).toBe(0)
  return mbOf(stderr)
}

/**
 * Multiples of a bare Node. With a new space of 64 MB they were 7 and 14; with 24,576 names per shelf the year is 10.
 */
const rows = [
  { what: 'two weeks', days: 14, timesMax: 6 },
  ...(full ? [{ what: 'a year', days: 364, timesMax: 9 }] : []),
]

describe.skipIf(process.platform !== 'linux')('memory of a simulation', () => {
  it.each(rows)('$what: at most $timesMax times a bare Node', async ({ what, days, timesMax }) => {
    const [ours, bare] = [await simulatedMb(days), bareMb()]
    process.stdout.write(`${what} ${ours.toFixed(0)} MB, bare Node ${bare.toFixed(0)} MB\n`)
    expect(ours / bare).toBeLessThan(timesMax)
  })
})
