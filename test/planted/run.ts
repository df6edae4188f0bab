// A short replay on a wire of own traffic, with the faults of a run and, where one is named, a bug.
// Arguments: data folder, run, and the name of a bug or nothing. Exit code as `etc-lane replay`.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { instantOf } from '../../firmware-runtime/core/values/instant.ts'
import { generateTraffic } from '../../firmware-runtime/simulators/traffic/generator.ts'
import type { Traffic } from '../../firmware-runtime/simulators/traffic/traffic.ts'
import { program, repository } from '../wire/kit/program.ts'
import { plantedBugs, runs, type PlantedBug, type RunName } from './bugs.ts'

const passages = 24

/** Replaces the one place; says so when the code has moved, and on loading that it is in. */
function plant(bug: PlantedBug): void {
  const path = join(repository, 'firmware-runtime', bug.file)
  const found = readFileSync(path, 'utf8').split(bug.find).length - 1
  if (found !== 1) throw new Error(`${bug.name}: found ${found} times in ${bug.file}, not once`)
  const wanted = pathToFileURL(path).href
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (url !== wanted) return loaded
      const source = String(
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source),
      )
      process.stderr.write(`planted: ${bug.name}\n`)
      return { ...loaded, source: source.replace(bug.find, () => bug.plant) }
    },
  })
}

/** The first cars of a morning, and as many of those inside as leave among them. */
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
const { charge, variant, platform, rsu } = runs[run as RunName]
const bug = plantedBugs.find((b) => b.name === bugName)
if (bugName !== undefined && bug === undefined) throw new Error(`no bug is called ${bugName}`)
if (bug !== undefined) plant(bug)
// The simulators are the program's, without the bug.
process.argv[1] = program
const { replayOnWire } = await import('../../firmware-runtime/cli/world/replay-wire.ts')
const result = await replayOnWire(
  {
    dir,
    charge,
    traffic: shortTraffic(),
    seed: 1,
    layout: '7.1.1',
    timing: 'instant',
    offline: 'other-payment',
    variant,
  },
  (text) => process.stderr.write(`${text}\n`),
  {
    async ready(world) {
      await world.platform?.admin('POST', '/faults', platform)
      await world.sims('exit').rsu?.admin('POST', '/faults', rsu)
    },
  },
)
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exitCode = result.ok ? 0 : 1
