// Every flag in --help and docs/cli.md is accepted by its command and read by its code; no other flag is accepted.
// An unknown flag is put last; the command must complain about that one and about no other.
import { describe, expect, it } from 'vitest'
import { flagsOf } from '#base/desk/commands/acts.ts'
import { commands } from '../../firmware-runtime/commands.ts'
import { testKinds } from '#devices/pure/lease/device-test.ts'
import { heldDevices } from '#devices/pure/lease/lease.ts'
import { tuneAims } from '#devices/pure/tune/verdict.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { loggedDevices } from '#base/pure/lot/logged-device.ts'
import { reportFormats } from '#survey/desk/worker/report-bytes.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { gridsOf } from '#survey/pure/field/grid.ts'
import { decisionRules } from '#survey/pure/decision.ts'
import { fieldAreas } from '#survey/pure/file/record.ts'
import { surveyParties } from '#survey/pure/file/sampling.ts'
import { readTree, treeOf } from '../tidy/tree.ts'
import { deadFlags } from './dead-flags.ts'

const unknown = '--no-such-flag'

/** Command and verbs of a usage line. */
const pathOf = (line: string): string => /^[a-z-]+(?: [a-z][a-z-]*(?= |$))*/.exec(line)?.[0] ?? ''

/** The forms of a command by the words that they begin with; a line with … adds to the one before it. */
function waysOf(usage: readonly string[]): Map<string, Map<string, string[]>> {
  const ways = new Map<string, Map<string, string[]>>()
  let before = new Map<string, string[]>()
  for (const line of usage) {
    const own = [...flagsOf(line)].map(([name, { kind }]) => {
      const words: string[] = kind === 'boolean' ? [`--${name}`] : [`--${name}`, 'x']
      return [name, words] as const
    })
    const known = [...(ways.get(pathOf(line)) ?? []), ...(line.includes(' … ') ? before : [])]
    before = new Map([...known, ...own])
    ways.set(pathOf(line), before)
  }
  return ways
}

const loaded = await Promise.all(
  commands.map(async ({ name, load }) => ({ name, command: await load() })),
)

/** The command's complaint, thrown or, by a simulator, printed; null without one. */
async function complaint(args: readonly string[]): Promise<string | null> {
  const [name = '', ...rest] = args
  const command = loaded.find((one) => one.name === name)?.command
  let text = ''
  const stdout = (more: string): void => void (text += more)
  const io = { stdout, stderr: () => undefined, json: true, onStop: () => undefined }
  try {
    await command?.run(rest, io)
    return name.endsWith('-sim') ? text : null
  } catch (error) {
    return error instanceof LaneFault ? `${error.code} ${error.message}` : String(error)
  }
}

const shown = loaded.flatMap(({ command }) => {
  const ways = [...waysOf(command.usage)]
  const all = new Map(ways.flatMap(([, flags]) => [...flags]))
  return ways.map(([path, flags]) => ({ path, flags, all }))
})

describe('flags that are shown', () => {
  it.each(shown.filter(({ flags }) => flags.size > 0))('$path', async ({ path, flags }) => {
    const said = await complaint([...path.split(' '), ...[...flags.values()].flat(), unknown])
    expect(said).toContain(unknown)
  })
  it('one that is not there is seen', async () => {
    const said = await complaint(['lot', 'check', '--data', 'x', '--dta', 'x', unknown])
    expect(said).toContain('--dta')
    expect(said).not.toContain(unknown)
  })
})

it.each(shown)('$path takes no flag that only another act of its command has', async (way) => {
  for (const [name, [flag = '', ...value]] of way.all) {
    if (way.flags.has(name)) continue
    expect(await complaint([...way.path.split(' '), flag, ...value])).toContain(`'${flag}`)
  }
})

it.each([
  ['capture save', 'device', loggedDevices],
  ['capture watch', 'device', loggedDevices],
  ['device take', 'device', heldDevices],
  ['device release', 'device', heldDevices],
  ['device test', 'what', [...testKinds, 'carrier']],
  ['rsu tune', 'aim', tuneAims],
  ['survey new', 'rule', decisionRules],
  ['survey new', 'grid', gridsOf(baseRules).map(({ id }) => id)],
  ['survey predict', 'grid', gridsOf(baseRules).map(({ id }) => id)],
  ['survey run', 'grid', gridsOf(baseRules).map(({ id }) => id)],
  ['survey readings', 'place', fieldAreas],
  ['survey draw', 'party', surveyParties],
  ['survey report', 'format', reportFormats],
])('%s --%s takes all that there is', (path, name, all) => {
  const usage = loaded.flatMap(({ command }) => command.usage)
  const line = usage.find((one) => pathOf(one) === path) ?? ''
  expect(flagsOf(line).get(name)?.shape).toBe(all.join('|'))
})

describe('the code behind each act', () => {
  const tree = readTree()
  /** Accepted without effect: the demo has no window, and scripts pass the flag because it was documented. */
  const known = ['firmware-runtime/harness/demo.ts: nothing reads --headless']
  it('reads every flag of its lines', () => {
    expect(deadFlags(tree)).toEqual(known)
  })
  it('leaves parsing to the acts: no command of the product or the harness does it itself', () => {
    const own = [...tree].filter(([path]) =>
      /^firmware-runtime\/(?:(?:\w+\/desk|base|runtime)\/commands|harness)\//.test(path),
    )
    const parses = own.filter(([, text]) => /(?<![\w.])flags\(/.test(text)).map(([path]) => path)
    const may = [
      'firmware-runtime/base/desk/commands/acts.ts',
      'firmware-runtime/base/commands/command.ts',
    ]
    expect(parses.filter((path) => !may.includes(path))).toEqual([])
    expect(parses).toContain(may[0])
  })
  it('or is found out', () => {
    const planted = [
      [
        'firmware-runtime/devices/desk/commands/rsu-tune.ts',
        'steps PLACE',
        'steps PLACE [--colour C]',
        'colour',
      ],
      [
        'firmware-runtime/ledger/desk/commands/list.ts',
        '[--full]',
        '[--full] [--colour C]',
        'colour',
      ],
      [
        'firmware-runtime/survey/desk/commands/link.ts',
        '[--ca FILE]',
        '[--ca FILE] [--dead]',
        'dead',
      ],
      [
        'firmware-runtime/survey/desk/commands/repair.ts',
        "NEW --by NAME']",
        "NEW [--colour C] --by NAME']",
        'colour',
      ],
    ] as const
    const changed = planted.map(([path, line, instead]) => {
      const text = tree.get(path) ?? ''
      expect(text).toContain(line)
      return [path, text.replace(line, instead)] as const
    })
    const found = deadFlags(treeOf({ ...Object.fromEntries([...tree, ...changed]) }))
    const said = planted.map(([path, , , name]) => `${path}: nothing reads --${name}`)
    expect(found.toSorted()).toEqual([...known, ...said].toSorted())
  })
})
