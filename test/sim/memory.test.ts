// The most that a simulation ever holds in memory: two weeks against a bare Node, and in `npm run test:full` a year
// against its first quarter. Live bytes a car are judged by flat-memory.test.ts; nothing here is a time.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { etcLane } from './etc-lane.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
/** Said at the exit: the high-water mark of the process, which leaves out what its parent held at the fork. */
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

describe.skipIf(process.platform !== 'linux')('memory of a simulation', () => {
  it('two weeks: at most 6 times a bare Node, where a new space of 64 MB makes it 7', async () => {
    const ours = await simulatedMb(14)
    const bare = bareMb()
    process.stdout.write(`two weeks ${ours.toFixed(0)} MB, bare Node ${bare.toFixed(0)} MB\n`)
    expect(ours / bare).toBeLessThan(6)
  }, 300_000)

  it.runIf(full)(
    'a year: at most a quarter more than its first quarter',
    async () => {
      const [quarter, year] = [await simulatedMb(91), await simulatedMb(364)]
      process.stdout.write(`quarter ${quarter.toFixed(0)} MB, year ${year.toFixed(0)} MB\n`)
      expect(year / quarter).toBeLessThan(1.25)
    },
    3_600_000,
  )
})
