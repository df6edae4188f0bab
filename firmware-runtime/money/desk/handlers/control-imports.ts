// The lists that a person brings as a table: a file is compared, then written whole in one transaction with its audit row, or
// not at all. It applies only to the list with which its difference was made. The last import of each list can be undone.
import { createHash } from 'node:crypto'
import type { ImportName } from '#lane/calls/imports.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { ImportScene, UndoScene } from '#lane/pure/imports/importer.ts'
import { importers } from '#lane/pure/imports/table.ts'
import { undoable } from '#ledger/pure/fold/last-imports.ts'
import type { LastImport } from '#ledger/pure/lot/lot-state.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import { CouponCars } from './coupon-cars.ts'
import type { HandlersOf } from '#base/desk/handlers/handlers.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** SHA-256 in hex. */
export const digestOfList = (basis: string): string =>
  createHash('sha256').update(basis).digest('hex')

const notLast = t(
  '这次导入已不能撤销:名单之后改过,或其中的都已用过,或已超过 7 天',
  'this import can no longer be undone: the list was changed since, all of it is in use, or it is older than 7 days',
)

type ImportCall = 'imports.last' | `${ImportName}.${'compare' | 'import' | 'undo'}`

export const importCalls = defineCalls((lot: Lot<'runtime' | 'config' | 'acts'>) => {
  const { runtime, config, acts } = lot
  const cars = new CouponCars(runtime, config.lotId, acts)
  const scene = (): ImportScene => ({
    lot: runtime.lot,
    config,
    nowMs: runtime.nowMs(),
    mint: (letter) => runtime.mint(letter),
    couponCodes: (count) => cars.newCodes(count),
  })
  const names = Object.keys(importers) as ImportName[]
  const lastOf = (name: ImportName) => undoable(runtime.lot, name, runtime.nowMs())
  /** The rows that undo it, the last one first; those that were used since the import are left out. */
  const undoRows = (name: ImportName, { former }: LastImport): readonly RowDraft[] => {
    const lanes = [...runtime.lanes.values()]
    const at: UndoScene = {
      lot: runtime.lot,
      nowMs: runtime.nowMs(),
      isInLane: (stayId) => lanes.some(({ state }) => state.car?.stayId === stayId),
    }
    return importers[name].restored(former.toReversed() as never, at)
  }
  const read = (name: ImportName, text: string) => {
    const { diff, basis, rows } = importers[name].read(text, scene())
    return { diff: { ...diff, digest: digestOfList(basis) }, rows }
  }
  const handlers = names.map((name) => {
    const { bad: code, moved } = importers[name]
    return {
      [`${name}.compare`]: ({ text }: { readonly text: string }) => read(name, text).diff,
      ...acts.table<`${ImportName}.import` | `${ImportName}.undo`>({
        [`${name}.undo`]: ({ importId }: ArgsOf<`${ImportName}.undo`>, act: LotAct) => {
          const last = lastOf(name)
          const rows = last?.importId === importId ? undoRows(name, last) : []
          if (last === null || rows.length === 0)
            throw new LaneFault(moved.code, { field: '/importId', value: importId, note: notLast })
          runtime.append([act.row(`${rows.length} of ${last.former.length}`), ...rows])
        },
        [`${name}.import`]: (args: ArgsOf<`${ImportName}.import`>, act: LotAct) => {
          const { diff, rows } = read(name, args.text)
          const [first] = diff.bad
          if (first !== undefined) {
            const { line, field, value, text: note } = first
            throw new LaneFault(code, { field: `line ${line} ${field}`, value, note })
          }
          if (diff.digest !== args.digest) {
            const { code: stale, ...why } = moved
            throw new LaneFault(stale, { field: '/digest', ...why })
          }
          const written = rows(args.takeBack)
          const whole = args.takeBack === undefined ? '' : ` takeBack ${args.takeBack}`
          runtime.append([act.row(`${written.length}${whole}`), ...written])
        },
      } as never),
    }
  })
  const last = () => ({
    rows: names.flatMap((name) => {
      const found = lastOf(name)
      if (found === null || undoRows(name, found).length === 0) return []
      const { importId, by, atMs, former } = found
      return { name, importId, by, atIso: isoOf(atMs), count: former.length }
    }),
  })
  return Object.assign({ 'imports.last': last }, ...handlers) as HandlersOf<ImportCall>
})
