// Cars inside, of another system: each gets a stay that began when it entered. An import closes no stay; its undo
// closes those that it opened, without a charge.
import { readInsideCsv } from '../lot/inside-csv.ts'
import { closingRow } from '#ledger/pure/lot/stays-to-check.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { unusualPlates } from '#base/pure/plates/plate.ts'
import { defineImporter } from './importer.ts'

/** An older entry is more often a wrong date than a car; a person compares it before it is written. */
const insideDaysUsual = 30

export const inside = defineImporter({
  bad: 'INSIDE-01',
  moved: { code: 'INSIDE-02' },
  restored: (stayIds: readonly string[], { lot, nowMs, isInLane }) =>
    stayIds.flatMap((stayId) => {
      const stay = lot.stays.get(stayId)
      const isUsed = stay === undefined || stay.orders.length > 0 || stay.pass !== null
      return isUsed || isInLane(stayId) ? [] : [closingRow(stay, nowMs, nowMs)]
    }),
  read(text, { lot, config, nowMs, mint }) {
    const lanes = config.lanes.flatMap(({ id, direction }) => (direction === 'entry' ? [id] : []))
    const { cars, bad, ...beside } = readInsideCsv(text, { lanes, nowMs })
    const isOk = bad.length === 0
    const added = isOk ? cars.filter(({ plate }) => !lot.byPlate.has(plate)) : []
    const same = isOk ? cars.length - added.length : 0
    const stays = [...lot.stays.values()].toSorted((a, b) => a.enteredAtMs - b.enteredAtMs)
    const isOld = ({ enteredAtMs }: { readonly enteredAtMs: number }): boolean =>
      nowMs - enteredAtMs > insideDaysUsual * dayMs
    const old = added.filter(isOld)
    const diff = {
      bad,
      ...beside,
      added: added.map(({ plate, colour, enteredAtMs }) => ({
        plate,
        colour,
        enteredAtIso: isoOf(enteredAtMs),
      })),
      /** Plates that a person should check: of an unusual form (base/pure/plates/plate.ts), or inside for long. */
      unusual: [
        ...new Set([
          ...unusualPlates(added.map(({ plate }) => plate)),
          ...old.map((car) => car.plate),
        ]),
      ],
      /** Entered more than 30 days ago. */
      longInside: old.map(({ plate, enteredAtMs }) => ({
        plate,
        enteredAtIso: isoOf(enteredAtMs),
      })),
      /** In the file and inside already: their stays continue. */
      same,
      /** Inside, and not in the file. */
      missing: isOk ? lot.stays.size - same : 0,
    }
    const brought = { noEntry: false, photo: null, imported: true } as const
    return {
      diff,
      basis: stays.map(({ stayId }) => stayId).join(' '),
      rows: () =>
        added.map(({ plate, colour, enteredAtMs, laneId }) => {
          const body = { plate, colour, enteredAtMs, ...brought }
          return { kind: 'stayOpened', atMs: nowMs, laneId, stayId: mint('S'), body }
        }),
    }
  },
})
