// Printers that do not print, and receipts that wait for one.
import { many, t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const printer = defineMatter({
  reads: 'board.get',
  by: 'receipt.end',
  why: t('车主拿不到小票', 'Drivers do not get their receipts'),
  button: t('看小票', 'See the receipts'),
  to: '/day?row=',
  rowsOf: onBoard('printer', ({ printer: { id, waiting } = { id: '', waiting: 0 } }) =>
    waiting === 0
      ? t(`打印机 ${id} 不能打印`, `Printer ${id} does not print`)
      : t(
          `打印机 ${id} 前有 ${waiting} 张小票没有打出`,
          `${many(waiting, 'receipt waits', 'receipts wait')} for printer ${id}`,
        ),
  ),
})
