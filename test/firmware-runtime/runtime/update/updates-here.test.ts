// Updates of a running lot over a real folder: where its lanes run, whom it trusts, what a window sees of a trial, and what
// is left when a person drops an update.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepPlan } from '#runtime/slots/plan-file.ts'
import { keepSlots, keptBack, slotsFile } from '#runtime/slots/slots-file.ts'
import { kept, noSlots, switched } from '#runtime/pure/update/slots.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import type { TrialWatch } from '#runtime/update/trial-watch.ts'
import { updatesHere } from '#runtime/update/updates-here.ts'
import { folderOfFile, folderOfTest } from '../../../kit/own-folder.ts'
import { faultOf, laterFault } from '../../../kit/refusals.ts'
import { sideTasks } from '../../../kit/side-tasks.ts'
import { publisherIn } from '../../../kit/signed-release.ts'
import { placeScript, slotOf, triedPlan } from '../../../kit/slot-program.ts'
import { lotOn, type Lot } from '../../lane/lot/lot-on.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'

const slot = slotOf('99.0.1')
const atIso = '2026-11-20T10:00:00.000+08:00'
const onTrial = switched(noSlots, slot, { atIso, headSeq: 3 })
const { root } = publisherIn(folderOfFile('publisher-'))

let dir: string
let lot: Lot
let looked: number
beforeEach(() => {
  dir = folderOfTest('here-')
  lot = lotOn([])
  looked = 0
})
afterEach(() => void vi.unstubAllEnvs())

type Parts = Partial<Parameters<typeof updatesHere>[1]>
const service = (more: Parts = {}) =>
  updatesHere({ runtime: lot.runtime, config: lotFile() } as unknown as Site, {
    dir,
    tasks: sideTasks(lot.clock),
    demo: null,
    program: {},
    look: () => void looked++,
    ...more,
  })

it.each<[string, Parts, string]>([
  ['the service of the computer', {}, 'lanes'],
  ['a demo', { demo: {} }, 'demo'],
  ['a demo that nothing begins again', { demo: {}, program: undefined }, 'demo'],
  ['lanes that nothing begins again', { program: undefined }, 'noService'],
])('%s', (_, parts, here) => {
  expect(service(parts).view()).toMatchObject({ here, trial: null, plan: null, last: null })
})

it('lanes in Studio', () => {
  Object.defineProperty(process.versions, 'electron', { value: '1', configurable: true })
  try {
    expect(service().view().here).toBe('studio')
  } finally {
    Reflect.deleteProperty(process.versions, 'electron')
  }
})

it.each([
  ['win32', undefined, 'noService'],
  ['win32', 'a-start', 'lanes'],
  ['linux', undefined, 'lanes'],
])('on %s, begun by the task: %s', (platform, boot, here) => {
  const real = process.platform
  vi.stubEnv('ETC_LANE_BOOT', boot)
  Object.defineProperty(process, 'platform', { value: platform })
  try {
    expect(service().view().here).toBe(here)
  } finally {
    Object.defineProperty(process, 'platform', { value: real })
  }
})

describe('whom it trusts', () => {
  const fileWith = (text: string): string => {
    const file = join(dir, 'root.json')
    writeFileSync(file, text)
    return file
  }
  it('is the file whose fingerprint was shown', async () => {
    const updates = service()
    expect(updates.view().trusted).toBeNull()
    const { fingerprint } = await updates.trustFile(root)
    expect(fingerprint).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){15}$/)
    updates.trust(root, fingerprint)
    expect(updates.view().trusted).toBe(fingerprint)
  })

  it.each<[string, string, () => string]>([
    ['a file that is gone', 'FILE-02', () => join(dir, 'gone.json')],
    ['a folder', 'FILE-02', () => dir],
    ['more than 1 MiB', 'FILE-02', () => fileWith(' '.repeat(2 ** 20 + 1))],
    ['an empty file', 'UPDATE-04', () => fileWith('')],
    ['half a file', 'UPDATE-04', () => fileWith(readFileSync(root, 'utf8').slice(0, 200))],
    [
      'a root whose signature does not fit',
      'UPDATE-02',
      () =>
        fileWith(
          readFileSync(root, 'utf8').replace(/"sig":\s*"../, (sig) => sig.slice(0, -2) + 'ff'),
        ),
    ],
  ])('is not %s: %s', async (_, code, of) => {
    const updates = service()
    expect(await laterFault(updates.trustFile(of()))).toMatchObject({ code })
    expect(updates.view().trusted).toBeNull()
  })

  it('is no file that changed after its fingerprint was shown, and none that was never shown', async () => {
    const updates = service()
    const file = fileWith(readFileSync(root, 'utf8'))
    const { fingerprint } = await updates.trustFile(file)
    fileWith(`${readFileSync(root, 'utf8')} `)
    expect(faultOf(() => updates.trust(file, fingerprint)).code).toBe('UPDATE-19')
    expect(faultOf(() => service().trust(root, fingerprint)).code).toBe('UPDATE-19')
    expect(updates.view().trusted).toBeNull()
  })
})

describe('a trial', () => {
  it('is shown as it is now, not as it was kept', () => {
    keepSlots(dir, onTrial)
    const seen = { ranMs: 60_000, passages: 2 }
    const trial = { figures: () => seen } as TrialWatch
    const updates = service({ trial })
    expect(updates.view().trial).toMatchObject(seen)
    seen.passages = 3
    expect(updates.view().trial).toMatchObject({
      version: slot.version,
      ranMs: 60_000,
      passages: 3,
    })
  })

  it('that ends by this look is over', () => {
    keepSlots(dir, onTrial)
    const figures = () => {
      keepSlots(dir, kept(onTrial, { atIso, installed: '0.1.0', rows: 9 }))
      return { ranMs: 86_400_000, passages: 20 }
    }
    expect(service({ trial: { figures } as TrialWatch }).view()).toMatchObject({
      trial: null,
      last: { is: 'kept' },
    })
  })

  it('of a version that another process watches is shown as it was kept', () => {
    keepSlots(dir, { ...onTrial, trial: { sinceIso: atIso, fromSeq: 3, ranMs: 7, passages: 1 } })
    expect(service().view().trial).toMatchObject({ ranMs: 7, passages: 1 })
  })

  it('is taken back by a wish that the lanes look at', () => {
    keepSlots(dir, onTrial)
    service().back({ by: '王', reason: '慢' })
    expect(keptBack(dir)).toMatchObject({ slot: slot.name, by: '王', reason: '慢' })
    expect(looked).toBe(1)
  })

  it('of a damaged file is its code', () => {
    keepSlots(dir, onTrial)
    writeFileSync(slotsFile(dir), '{')
    expect(faultOf(() => service().view()).code).toBe('UPDATE-07')
  })
})

it('an update that is dropped leaves nothing but what runs', () => {
  const own = slotOf('0.0.9')
  for (const one of [slot, own]) placeScript(dir, one, '0')
  keepSlots(dir, { ...noSlots, active: own })
  keepPlan(dir, triedPlan(slot))
  mkdirSync(join(dir, 'update', 'trial-copy'))
  const updates = service()
  expect(updates.view().plan).toMatchObject({ version: slot.version, step: 'tried' })
  updates.drop()
  expect(updates.view().plan).toBeNull()
  expect(looked).toBe(1)
  const isThere = (...names: string[]): boolean => existsSync(join(dir, 'update', ...names))
  expect([
    isThere('plan.json'),
    isThere('trial-copy'),
    isThere('slots', slot.name),
    isThere('slots', own.name),
  ]).toEqual([false, false, false, true])
})
