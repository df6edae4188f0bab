// Every member of lot.json and of the set-up's draft, missing, at its bounds and beyond: read unchanged, read
// differently, or refused with code and field. A form's value is followed into the lot file.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { setupDraft } from '#lane/calls/setup-draft.ts'
import { lotJsonSchema } from '#lane/lot/files/lot-schema.ts'
import { readDraft } from '#lane/desk/setup/draft-file.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { MemoryPorts } from '../firmware-runtime/lane/desk/setup/setup-kit.ts'
import {
  configOf,
  fullDraft,
  fullLot,
  openLot,
  otherwise,
  readAs,
  reusedLot,
  rowsOf,
  patrolDraft,
  streetDraft,
  streetLot,
  tariff,
} from './lots.ts'
import { orderLot, sentLot } from './half-lots.ts'
import { linesOf, pin } from './pin.ts'
import { missingMembers, variantsOf, type Shape } from './variants.ts'

const byMember = (variants: ReturnType<typeof variantsOf>, of: (value: unknown) => string) => {
  const found: Record<string, Record<string, string>> = {}
  for (const { at, is, value } of variants)
    (found[at.slice(1).replaceAll('/', '.')] ??= {})[is] = of(value)
  return found
}

it('each value of a lot file is taken or refused as it was', () => {
  const schema = lotJsonSchema() as Shape
  const lots = [fullLot(), openLot(), reusedLot(), streetLot(), sentLot(), orderLot()]
  expect(missingMembers(schema, lots), 'in no lot of the corpus').toEqual([])
  for (const lot of lots) expect(readAs(lot)).toBe('ok')
  const ofPlaces = variantsOf(schema, openLot()).filter(({ at }) => at.startsWith('/lanes/'))
  const ofStreets = variantsOf(schema, streetLot()).filter(({ at }) => at.startsWith('/streets'))
  pin(new URL('./kept/lot-values.txt', import.meta.url), {
    full: byMember(variantsOf(schema, fullLot()), readAs),
    places: byMember(ofPlaces, readAs),
    streets: byMember(ofStreets, readAs),
  })
})

/** The difference in the lot file, the incomplete rows, or the refusal of the draft. */
const madeFrom =
  (base: ReturnType<typeof linesOf>) =>
  (value: unknown): string => {
    try {
      const draft = readDraft(JSON.stringify(value), 'setup.json')
      const { config, rows } = judgeDraft(draft, new MemoryPorts())
      if (config === null) return rowsOf(rows)
      const others = otherwise(base, linesOf(config))
      return others === '' ? 'ok' : others
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return `${error.code} ${error.detail.field ?? ''}`
    }
  }

const madeOf = madeFrom(linesOf(configOf(fullDraft)))
const madeOfStreets = madeFrom(linesOf(configOf(streetDraft)))
const madeOfPatrol = madeFrom(linesOf(configOf(patrolDraft)))

it('each value of a form is taken, refused and written as it was', () => {
  const schema = z.toJSONSchema(setupDraft()) as Shape
  const made = [madeOf(fullDraft), madeOfStreets(streetDraft), madeOfPatrol(patrolDraft)]
  expect(made).toEqual(['ok', 'ok', 'ok'])
  const server = { to: 'sftp://lot@192.168.1.9:22/copies', hostKey: `SHA256:${'A'.repeat(43)}` }
  const more = { keep: server, tariff }
  const { platform } = fullDraft.charge ?? {}
  const byOrder = {
    ...fullDraft,
    charge: {
      mode: 'online',
      platform: typeof platform === 'object' ? { ...platform, interface: 'access' } : null,
    },
  }
  expect(
    missingMembers(schema, [fullDraft, more, streetDraft, patrolDraft, byOrder]),
    'in no draft of the corpus',
  ).toEqual([])
  const ofOpen = variantsOf(schema, streetDraft).filter(({ at }) => at.startsWith('/open'))
  const ofReaders = variantsOf(schema, patrolDraft).filter(({ at }) =>
    at.startsWith('/lot/lanes/0/reader'),
  )
  pin(new URL('./kept/draft-values.txt', import.meta.url), {
    values: byMember(variantsOf(schema, fullDraft), madeOf),
    server: madeOf({ ...fullDraft, keep: server }),
    noKey: madeOf({ ...fullDraft, keep: { to: server.to } }),
    tariff: madeOf({ ...fullDraft, tariff }),
    byOrder: madeOf(byOrder),
    open: byMember(ofOpen, madeOfStreets),
    readers: byMember(ofReaders, madeOfPatrol),
  })
})
