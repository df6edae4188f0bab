// `etc-lane ledger stamp`: a time stamp over the newest row, which binds all rows before it from outside the folder. Run each
// night by a scheduler, beside running lanes or not; nothing is written to the ledger.
import { stampHead } from '#lane/folder/head-stamps.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { folderOf } from '#base/desk/commands/client.ts'

export const stamp = act(
  ['ledger stamp --data DIR --tsa URL [--tsa-ca FILE]'],
  async ({ data, tsa, 'tsa-ca': tsaCa }) =>
    printed({ ok: true, ...(await stampHead(folderOf(data), { tsa, tsaCa })) }),
)
