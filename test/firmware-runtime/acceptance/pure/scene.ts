// Facts of a lot that passes every item: rows, frames, accesses and the platform's words as lanes and simulators write them.
// Cars are one of each combination, in card mode; online cars are paid, refused, asked for and refunded.
import actCounts from '#acceptance/pure/act-counts.json' with { type: 'json' }
import { combinations } from '#acceptance/pure/combinations.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { present } from '#base/pure/values/must.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { stopRow } from '#base/pure/rows/stop-row.ts'
import { basePack, rulesIn } from '#base/pure/rules/packs.ts'
import type { PackRule } from '#base/pure/rules/rule-pack.ts'
import { issuerOf } from './issuer-books.ts'
import { beats, closesHours, downloads } from './lot-hours.ts'
import { Scene, startMs } from './lot-scene.ts'

/** Rules that a pack must contain before the item is judged for a single lot. */
export const askedOfLot: Readonly<Record<string, PackRule>> = {
  R4: { thresholds: { lots: { value: 100, unit: 'count', basis: 'printed' } } },
}
/** Rules under which every item is judged. */
export const rules = rulesIn({ ...basePack, id: 'asked', over: 'guangxi', rules: askedOfLot })

export const itemOf = (id: string) =>
  present(
    acceptanceItems.find((one) => one.id === id),
    id,
  )

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const own of Object.values(Object.freeze(value))) frozen(own)
  return value
}
/** Facts that are made once, since making them costs more than judging them; a planted fault changes a copy. */
function once(make: () => AcceptanceFacts): () => AcceptanceFacts {
  let made: AcceptanceFacts | null = null
  return () => (made ??= frozen(make()))
}

/** A day of a lot that charges by card, and the bill of that day on the next. */
export const cardFacts = once(() => {
  const scene = new Scene()
  scene.boot(startMs)
  scene.answers('signIn', 200, 800)
  scene.answers('list', 200, 2_500)
  scene.signIn('exit')
  scene.signIn('entry')
  combinations.forEach((one, i) =>
    scene.cardCar(one, `4501229900000001${String(i).padStart(4, '0')}`),
  )
  scene.withoutObu()
  scene.withoutPlate()
  scene.refusedCar()
  scene.freeCar()
  scene.counts()
  downloads(scene)
  // The stored configuration is current: 304, without a body and not a refusal.
  scene.access('configDownload', 'R-same', 'etcOperator', { status: 304 })
  const billMs = startMs + dayMs
  for (const id of ['splitBill', 'bill'])
    scene.access(id, `R-${id}`, 'platform', { atIso: isoOf(billMs - 1_000) })
  for (const means of ['etc', 'split'] as const)
    scene.row({
      kind: 'book',
      atMs: billMs,
      body: {
        row: 'reconciled',
        means,
        day: '2026-03-02',
        expectedFen: 4_800,
        foundFen: 4_800,
        differences: 0,
        by: '',
      },
    })
  const paid = scene.rows.find(({ kind }) => kind === 'intent')
  scene.refunded(paid?.stayId ?? '')
  const [end, nowMs] = [startMs + 8 * dayMs, startMs + 9 * dayMs]
  closesHours(scene, startMs, end)
  beats(scene, startMs, end)
  // A quiet night, then a restart.
  scene.row(stopRow(end))
  scene.boot(end + 60_000)
  closesHours(scene, end - 3_600_000, nowMs)
  beats(scene, end + 60_000, nowMs)
  const facts = scene.facts({ rules, chargeMode: 'card', acts: actCounts })
  return { ...facts, issuer: issuerOf(facts) }
})

/** A day of a lot that charges online, with further cars. */
export function onlineWith(more: (scene: Scene) => void): AcceptanceFacts {
  const scene = new Scene()
  scene.boot(startMs)
  scene.signIn('exit')
  scene.onlineCar('paid')
  scene.onlineCar('refused')
  scene.onlineCar('paid', true)
  scene.withoutObu()
  scene.withoutPlate()
  scene.withoutAnswer()
  more(scene)
  downloads(scene)
  const nowMs = startMs + dayMs
  closesHours(scene, startMs, nowMs)
  beats(scene, startMs, nowMs)
  return scene.facts({ rules, chargeMode: 'online', nowMs })
}
export const onlineFacts = once(() => onlineWith(() => undefined))
