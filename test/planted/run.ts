// A short replay over links with its own traffic, with the faults of a run and optionally a bug.
// Arguments: data folder, run, and the name of a bug or nothing. Exit code as `etc-lane replay`.
import { instantTimes } from '#lane/pure/lane.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { generateTraffic } from '#simulators/traffic/generator.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'
import { program } from '../wire/kit/program.ts'
import { plantedBugs, runs, type RunName } from './bugs.ts'
import { plant } from './plant.ts'

const passages = 24

/** The first cars of a morning, and as many cars inside as leave among them. */
function shortTraffic(): Traffic {
  const fromMs = instantOf(2026, 3, 2, 16 * 3_600_000)
  const day = generateTraffic({ profile: 'small', fromMs, days: 1, seed: 3 })
  return {
    ...day,
    *events() {
      let left = passages
      for (const event of day.events()) {
        if (left-- === 0) return
        yield event
      }
    },
  }
}

const [dir = '', run = '', bugName] = process.argv.slice(2)
const { charge, offline, variant, platform, rsu } = runs[run as RunName]
const bug = plantedBugs.find((b) => b.name === bugName)
if (bugName !== undefined && bug === undefined) throw new Error(`no bug is called ${bugName}`)
if (bug !== undefined) plant(bug)
// The simulators are the program's, without the bug.
process.argv[1] = program
const { replayOverLinks } = await import('#harness/lot/replay-links.ts')
const result = await replayOverLinks(
  {
    dir,
    charge,
    traffic: shortTraffic(),
    seed: 1,
    layout: '7.1.1',
    timing: 'instant',
    // A busy machine must not turn a debit into another payment, which would hide the bug.
    times: instantTimes,
    offline,
    variant,
  },
  (text) => process.stderr.write(`${text}\n`),
  {
    async ready(harness) {
      await harness.platform?.admin('POST', '/faults', platform)
      await harness.sims('exit').rsu?.admin('POST', '/faults', rsu)
    },
    async left(harness) {
      for (const sim of [harness.platform, harness.sims('exit').rsu]) {
        const told = await sim?.admin<{ faults: { at: string; hits: number }[] }>('GET', '/faults')
        for (const { at, hits } of told?.faults ?? [])
          process.stderr.write(hits > 0 ? `struck: ${at}\n` : `never struck: ${at}\n`)
      }
    },
  },
)
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exitCode = result.ok ? 0 : 1
