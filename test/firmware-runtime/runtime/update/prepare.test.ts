// A new version is prepared beside the lanes: fetched, unpacked, tried on a copy. What fails is refused and leaves nothing;
// ended at any step, it is done again by the next call; old versions go.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepPlan, keptPlan } from '#runtime/slots/plan-file.ts'
import { noSlots } from '#runtime/pure/update/slots.ts'
import { prepareSteps, prepareUpdate, type PrepareOptions } from '#runtime/update/prepare.ts'
import { folderOfFile, folderOfTest } from '../../../kit/own-folder.ts'
import { laterFault } from '../../../kit/refusals.ts'
import { publisherIn } from '../../../kit/signed-release.ts'
import { figuresOfSix, lotIn, trustIn } from '../../../kit/tried-lot.ts'
import { build, good, released, slotName, version } from './next-program.ts'

const publisher = publisherIn(folderOfFile('publisher-'))
const nowIso = () => '2026-11-30T12:00:00.000+08:00'

function lot(): { readonly dir: string; readonly rows: number; readonly headHash: string } {
  const dir = folderOfTest('lot-')
  const head = lotIn(dir)
  trustIn(dir, publisher.root)
  return { dir, ...head }
}
const json = (figures: object): string => `console.log(${JSON.stringify(JSON.stringify(figures))})`
/** Says what it would find, at once. */
const quickly = ({ rows, headHash }: { readonly rows: number; readonly headHash: string }) => ({
  main: json({ rows, headHash, ...figuresOfSix }),
})
const release = (next: Parameters<typeof released>[2] = {}): string =>
  released(publisher, folderOfTest('next-'), next)

const prepare = (dir: string, from: string, more: Partial<PrepareOptions> = {}) =>
  prepareUpdate({ dir, from, nowIso, say: () => undefined, ...more })

/** Everything in the folder of updates but whom to trust, as paths of folders and files of its top. */
const leftIn = (dir: string): readonly string[] =>
  readdirSync(join(dir, 'update'))
    .flatMap((name) =>
      name === 'slots'
        ? readdirSync(join(dir, 'update', name)).map((slot) => `slots/${slot}`)
        : [name],
    )
    .filter((name) => name !== 'trust.json')
    .toSorted()
const prepared = ['plan.json', `slots/${slotName}`]
const ledgerOf = (dir: string): Buffer => readFileSync(join(dir, 'ledger.db'))

const slots = (active: string | null, before: string | null): string => {
  const named = (name: string | null) =>
    name === null ? null : { name, version: '0.1.9', build: name }
  return JSON.stringify({ ...noSlots, active: named(active), before: named(before) })
}

describe('a new version', () => {
  it('is tried on a copy, and only its slot and the plan stay', async () => {
    const { dir, ...head } = lot()
    const before = ledgerOf(dir)
    const [from, steps]: [string, string[]] = [release(), []]
    const { is, plan } = await prepare(dir, from, { say: (step) => steps.push(step) })
    const figures = { ...head, ...figuresOfSix }
    const slot = { name: slotName, version, build }
    expect([is, steps]).toEqual(['newer', prepareSteps])
    expect(plan).toMatchObject({ from, wanted: null, step: { is: 'tried', slot, figures } })
    expect(keptPlan(dir)).toEqual(plan)
    expect(leftIn(dir)).toEqual(prepared)
    expect(ledgerOf(dir)).toEqual(before)
  })

  it('that is tried is not tried again', async () => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    const { plan } = await prepare(dir, from)
    const steps: string[] = []
    const again = await prepare(dir, from, { say: (step) => steps.push(step) })
    expect([again.plan, steps]).toEqual([plan, ['look']])
  })

  it('is not replaced once a person wants it', async () => {
    const { dir, ...head } = lot()
    const { plan } = await prepare(dir, release(quickly(head)))
    const wanted = { when: 'tonight', by: '李四', atIso: nowIso() } as const
    if (plan !== null) keepPlan(dir, { ...plan, wanted })
    const other = await prepare(dir, release({ main: `${quickly(head).main}\n` }))
    expect(other.plan).toMatchObject({ wanted, file: plan?.file })
  })

  it('that runs already keeps nobody from looking for another', async () => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    const { plan } = await prepare(dir, from)
    if (plan !== null)
      keepPlan(dir, { ...plan, wanted: { when: 'now', by: '李四', atIso: nowIso() } })
    writeFileSync(join(dir, 'update', 'slots.json'), slots(slotName, null))
    const steps: string[] = []
    await prepare(dir, from, { say: (step) => steps.push(step) })
    expect(steps).toEqual(['look'])
  })

  it('is made again where its slot was spoiled', async () => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    await prepare(dir, from)
    rmSync(join(dir, 'update', 'slots', slotName, 'node'))
    expect((await prepare(dir, from)).plan?.step.is).toBe('tried')
    expect(existsSync(join(dir, 'update', 'slots', slotName, 'node'))).toBe(true)
  })

  it('comes once where two ask for it', async () => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    writeFileSync(join(dir, 'update', 'prepare.lock'), `${process.ppid}\n\n\n`)
    await expect(prepare(dir, from)).rejects.toMatchObject({ code: 'LOCK-01' })
    writeFileSync(join(dir, 'update', 'prepare.lock'), '99999999\n\n\n')
    expect((await prepare(dir, from)).plan?.step.is).toBe('tried')
  })
})

const fault = (code: string): string =>
  `${json({ error: { code, message: 'planted', file: 'here' } })}; process.exit(2)`
const otherFigures = `
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (text) => write(text.replace(/"paidFen":(\\d+)/, (_, fen) => '"paidFen":' + (Number(fen) + 1)))
  ${good}`

const anyFigures = { rows: 0, headHash: '0'.repeat(64), ...figuresOfSix }

const refusals: readonly (readonly [string, string, Parameters<typeof released>[2], object])[] = [
  [
    'ends with a code of its own',
    'UPDATE-11',
    { main: fault('LEDGER-10') },
    { value: 'LEDGER-10' },
  ],
  ['finds a disk full', 'UPDATE-13', { main: fault('DATA-02') }, {}],
  ['throws', 'UPDATE-11', { main: `throw new Error('planted')` }, { value: 'exit 1' }],
  [
    'is killed',
    'UPDATE-11',
    { main: `process.kill(process.pid, 'SIGKILL')` },
    { value: 'SIGKILL' },
  ],
  ['aborts', 'UPDATE-11', { main: 'process.abort()' }, { value: 'SIGABRT' }],
  ['hangs', 'UPDATE-11', { main: 'setInterval(() => 0, 1000)' }, {}],
  [
    'hangs and ignores what ends programs',
    'UPDATE-11',
    { main: `process.on('SIGTERM', () => 0); for (;;);` },
    {},
  ],
  ['says nothing', 'UPDATE-11', { main: '' }, { value: 'exit 0' }],
  ['says no figures', 'UPDATE-11', { main: json({ rows: 3 }) }, { value: 'exit 0' }],
  [
    'says figures, and ends badly',
    'UPDATE-11',
    { main: `${json(anyFigures)}; process.exitCode = 3` },
    { value: 'exit 3' },
  ],
  ['says a great deal', 'UPDATE-11', { main: `console.log('x'.repeat(5_000_000))` }, {}],
  ['reads another sum', 'UPDATE-12', { main: otherFigures }, { value: 'paidFen 5700 → 5701' }],
  ['may not run', 'UPDATE-14', { nodeMode: 0o644 }, {}],
  ['is another version', 'UPDATE-10', { says: { version, build: 'abd' } }, { value: slotName }],
  ['says no version', 'UPDATE-10', { says: [] }, { value: slotName }],
]

describe('a new version is refused and nothing of it stays, that', () => {
  it.each(refusals)('%s: %s', async (name, code, next, detail) => {
    const { dir } = lot()
    const before = ledgerOf(dir)
    const ran = prepare(dir, release(next), {
      tryWithinMs: name.startsWith('hangs') ? 1_500 : 60_000,
    })
    expect(await laterFault(ran)).toMatchObject({ code, detail })
    expect(keptPlan(dir)?.step).toMatchObject({ is: 'refused', code, atIso: nowIso() })
    expect(leftIn(dir)).toEqual(['plan.json'])
    expect(ledgerOf(dir)).toEqual(before)
  })

  it.each<readonly [string, string, (place: string) => void]>([
    ['on a stick that was pulled out', 'UPDATE-23', (place) => rmSync(place, { recursive: true })],
    ['before its archive', 'UPDATE-05', (place) => rmSync(archiveIn(place))],
    ['in the middle of it', 'UPDATE-05', (place) => truncateSync(archiveIn(place), 300)],
    [
      'with a folder in its place',
      'UPDATE-05',
      (place) => {
        const file = archiveIn(place)
        rmSync(file)
        mkdirSync(file)
      },
    ],
  ])('ends %s: %s', async (_, code, pull) => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    const ran = prepare(dir, from, { say: (step) => (step === 'fetch' ? pull(from) : undefined) })
    expect(await laterFault(ran)).toMatchObject({ code })
    expect(keptPlan(dir)?.step).toMatchObject({ is: 'refused', code })
    expect(leftIn(dir)).toEqual(['plan.json'])
    expect((await prepare(dir, release(quickly(head)))).plan?.step.is).toBe('tried')
  })

  it('this program cannot read the ledger for: its own fault is the refusal', async () => {
    const { dir } = lot()
    writeFileSync(join(dir, 'tariff.json'), '{}')
    expect(await laterFault(prepare(dir, release()))).toMatchObject({ code: 'TARIFF-01' })
    expect(leftIn(dir)).toEqual(['plan.json'])
  })
})
const archiveIn = (place: string): string =>
  join(place, readdirSync(place).find((name) => name.endsWith('.tar.gz')) ?? '')

describe('ended without order', () => {
  class Killed extends Error {}

  it.each(prepareSteps)('before it goes to %s, it is done again', async (at) => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    const say = (step: string): void => {
      if (step === at) throw new Killed()
    }
    await expect(prepare(dir, from, { say })).rejects.toThrow(Killed)
    expect(keptPlan(dir)?.step.is ?? 'none').not.toBe('tried')
    expect((await prepare(dir, from)).plan?.step.is).toBe('tried')
    expect(leftIn(dir)).toEqual(prepared)
  })

  /** What a process that was killed in the middle of a step leaves. */
  const halves: readonly (readonly [string, (update: string, sum: string) => void])[] = [
    [
      'half of the archive',
      (update, sum) => writeFileSync(join(update, `${sum}.tar.gz.part`), 'half'),
    ],
    ['half of the plan', (update) => writeFileSync(join(update, 'plan.json.new'), '{"form')],
    [
      'half of the slot',
      (update) => mkdirSync(join(update, 'slots', `${slotName}.part`, 'dist'), { recursive: true }),
    ],
    [
      'a slot without a program',
      (update) => mkdirSync(join(update, 'slots', slotName), { recursive: true }),
    ],
    [
      'half of the copy',
      (update) => {
        mkdirSync(join(update, 'trial-copy', 'backup'), { recursive: true })
        writeFileSync(join(update, 'trial-copy', 'ledger.db'), 'half')
        writeFileSync(join(update, 'trial-copy', 'ledger.db-wal'), 'half')
      },
    ],
    [
      'half of what was dropped',
      (update) => mkdirSync(join(update, 'dropped', '0-old', 'dist'), { recursive: true }),
    ],
    [
      'archives that were dropped',
      (update, sum) => {
        mkdirSync(join(update, 'dropped'))
        writeFileSync(join(update, 'dropped', `0-${sum}.tar.gz.part`), 'half')
      },
    ],
    ['an empty folder of what was dropped', (update) => mkdirSync(join(update, 'dropped'))],
  ]
  it.each(halves)('with %s, it is done again', async (_, leave) => {
    const { dir, ...head } = lot()
    const from = release(quickly(head))
    const sum = execFileSync('sha256sum', [archiveIn(from)], { encoding: 'utf8' }).slice(0, 64)
    leave(join(dir, 'update'), sum)
    expect((await prepare(dir, from)).plan?.step.is).toBe('tried')
    expect(leftIn(dir).filter((name) => name !== 'plan.json.new')).toEqual(prepared)
  })
})

describe('of former versions', () => {
  const laid = (dir: string, names: readonly string[]): void => {
    for (const name of names)
      mkdirSync(join(dir, 'update', 'slots', name, 'dist'), { recursive: true })
  }

  it('the one that runs and the one before stay, others and archives go', async () => {
    const { dir, ...head } = lot()
    laid(dir, ['active', 'before', 'older', 'oldest.part'])
    writeFileSync(join(dir, 'update', 'slots.json'), slots('active', 'before'))
    writeFileSync(join(dir, 'update', `${'0'.repeat(64)}.tar.xz`), 'old')
    writeFileSync(join(dir, 'update', `${'1'.repeat(64)}.tar.gz`), 'old')
    await prepare(dir, release(quickly(head)))
    const kept = ['plan.json', `slots/${slotName}`, 'slots.json', 'slots/active', 'slots/before']
    expect(leftIn(dir)).toEqual(kept.toSorted())
  })

  it('none goes where nobody can say which one runs', async () => {
    const { dir } = lot()
    laid(dir, ['active', 'before'])
    writeFileSync(join(dir, 'update', 'slots.json'), '{"active"')
    expect(await laterFault(prepare(dir, release()))).toMatchObject({ code: 'UPDATE-07' })
    expect(leftIn(dir)).toEqual(['slots.json', 'slots/active', 'slots/before'])
  })

  it('the one that runs is not unpacked over', async () => {
    const { dir } = lot()
    laid(dir, [slotName])
    writeFileSync(join(dir, 'update', 'slots.json'), slots(slotName, null))
    expect(await laterFault(prepare(dir, release()))).toMatchObject({ code: 'UPDATE-10' })
    expect(existsSync(join(dir, 'update', 'slots', slotName, 'dist'))).toBe(true)
  })
})

describe('the plan that is kept', () => {
  it.each(['', '[]', '{"format":2}', '{"format":1,"from":"x","step":{"is":"wished"}}'])(
    'is refused as %j',
    async (text) => {
      const { dir } = lot()
      writeFileSync(join(dir, 'update', 'plan.json'), text)
      expect(await laterFault(prepare(dir, release()))).toMatchObject({ code: 'FILE-02' })
    },
  )
})
