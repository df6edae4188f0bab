// The lists that a person brings as a table: a file is compared, then written whole in one transaction with its audit row, or
// not at all. It applies only to the list with which its difference was made.
import { createHash } from 'node:crypto'
import type { importCalls, ImportName } from '../../api/calls/imports.ts'
import type { ArgsOf } from '../../api/table.ts'
import type { ImportScene } from '../../core/imports/importer.ts'
import { importers } from '../../core/imports/table.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { LotAct } from './act-table.ts'
import type { ControlActs } from './control-acts.ts'
import { CouponCars } from './coupon-cars.ts'
import type { HandlersOf } from './dispatcher.ts'

/** SHA-256 in hex. */
export const digestOfList = (basis: string): string =>
  createHash('sha256').update(basis).digest('hex')

export function importHandlers(
  runtime: LotRuntime,
  config: LotConfig,
  acts: ControlActs,
): HandlersOf<keyof typeof importCalls> {
  const cars = new CouponCars(runtime, config.lotId, acts)
  const scene = (): ImportScene => ({
    lot: runtime.lot,
    config,
    nowMs: runtime.nowMs(),
    mint: (letter) => runtime.mint(letter),
    couponCodes: (count) => cars.newCodes(count),
  })
  const read = (name: ImportName, text: string) => {
    const { diff, basis, rows } = importers[name].read(text, scene())
    return { diff: { ...diff, digest: digestOfList(basis) }, rows }
  }
  const handlers = (Object.keys(importers) as ImportName[]).map((name) => {
    const { bad: code, moved } = importers[name]
    return {
      [`${name}.compare`]: ({ text }: { readonly text: string }) => read(name, text).diff,
      ...acts.table<`${ImportName}.import`>({
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
  return Object.assign({}, ...handlers) as HandlersOf<keyof typeof importCalls>
}
