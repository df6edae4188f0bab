// Facts of a lot that passes every item: rows, frames, accesses and the platform's words as lanes and simulators write them.
// Cars are one of each combination, in card mode; online cars are paid, refused, asked for and refunded.
import actCounts from '../../../firmware-runtime/acceptance/act-counts.json' with { type: 'json' }
import { combinations } from '../../../firmware-runtime/acceptance/combinations.ts'
import type { AcceptanceFacts } from '../../../firmware-runtime/acceptance/facts.ts'
import { dayMs } from '../../../firmware-runtime/core/values/instant.ts'
import type { DestinationName } from '../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { stopRow } from '../../../firmware-runtime/core/values/rows/stop-row.ts'
import { basePack, rulesIn } from '../../../firmware-runtime/core/values/rules/packs.ts'
import type { PackRule } from '../../../firmware-runtime/core/values/rules/rule-pack.ts'
import { issuer } from './issuer-books.ts'
import { Scene, startMs } from './lot-scene.ts'

const destinations: readonly DestinationName[] = ['platform', 'operator']

/** Rules that a pack must contain before the item is judged for a single lot. */
export const askedOfLot: Readonly<Record<string, PackRule>> = {
  R4: { thresholds: { lots: { value: 100, unit: 'count', basis: 'printed' } } },
}
/** Rules under which every item is judged. */
export const rules = rulesIn({ ...basePack, id: 'asked', over: 'guangxi', rules: askedOfLot })

/** A day of a lot that charges by card, and the bill of that day on the next. */
export function cardFacts(): AcceptanceFacts {
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
  scene.refused(scene.enters())
  for (const [id, destination] of [
    ['shiftDownload', 'operator'],
    ['configDownload', 'etcOperator'],
    ['shiftUpload', 'operator'],
    ['splitBill', 'platform'],
    ['bill', 'platform'],
  ] as const)
    scene.access(id, `R-${id}`, destination)
  // The stored configuration is current: 304, without a body and not a refusal.
  scene.access('configDownload', 'R-same', 'etcOperator', { status: 304 })
  for (const destination of destinations)
    for (const laneId of ['entry', 'exit'])
      scene.access('monitor', `R-${destination}-${laneId}`, destination, { laneId })
  for (const hour of ['08', '09']) {
    for (const op of ['batch:entry', 'batch:entry-plate'])
      scene.upload('b', null, op, 'operator', `B${op}${hour}`)
    for (const destination of destinations)
      for (const op of ['batch:exit', 'batch:exit-plate'])
        scene.upload('b', null, op, destination, `B${op}${hour}`)
  }
  for (const means of ['etc', 'split'] as const)
    scene.row({
      kind: 'book',
      atMs: startMs + dayMs,
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
  const end = startMs + 8 * dayMs
  // A quiet night, then a restart.
  scene.row(stopRow(end))
  scene.boot(end + 60_000)
  return scene.facts({ rules, chargeMode: 'card', issuer, acts: actCounts })
}

export function onlineFacts(): AcceptanceFacts {
  const scene = new Scene()
  scene.signIn('exit')
  scene.onlineCar('paid')
  scene.onlineCar('refused')
  scene.onlineCar('paid', true)
  scene.withoutObu()
  scene.withoutPlate()
  scene.withoutAnswer()
  return scene.facts({ rules, chargeMode: 'online' })
}
