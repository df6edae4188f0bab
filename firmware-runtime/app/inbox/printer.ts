// Receipts that wait for a printer.
import { many, t } from '../../core/values/fault-text.ts'
import { defineMatter } from './matter.ts'

export const printer = defineMatter({
  reads: 'board.get',
  by: 'receipt.end',
  why: t('车主还没有拿到小票', 'Drivers have not got their receipts yet'),
  button: t('看小票', 'See the receipts'),
  to: '/day',
  rowsOf({ lanes }) {
    // A printer of the whole lot stands at each of its exits.
    const all = lanes.flatMap(({ printers = [] }) => printers)
    return [...new Map(all.map((one) => [one.id, one])).values()].flatMap(
      ({ id, waiting, sinceIso = null }) => {
        if (waiting === 0) return []
        const what = t(
          `打印机 ${id} 前有 ${waiting} 张小票没有打出`,
          `${many(waiting, 'receipt waits', 'receipts wait')} for printer ${id}`,
        )
        return [{ key: id, what, sinceIso }]
      },
    )
  },
})
