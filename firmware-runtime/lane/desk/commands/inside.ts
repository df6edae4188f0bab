// `etc-lane inside list | import | template | recount`: the cars inside a running lot, an import from another system,
// and a recount by a file of the cars that are really there. Both show what they would do, and do it with --write.
import { readRecount } from '../../pure/lot/inside-csv.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { csvTextOf } from '#base/desk/commands/csv-file.ts'
import { broughtIn } from '#ledger/desk/commands/list-file.ts'

const recount = act(
  ['inside recount --data DIR --file F [--write] [--by NAME] [--reason TEXT] [--command-id ID]'],
  async ({ data, file, write, ...flags }, io) => {
    const client = lotReader(folderOf(data), io)
    const text = await csvTextOf(file)
    const { rows } = await client.call('inside.list', {})
    const { there, bad } = readRecount(text, new Set(rows.map(({ stayId }) => stayId)))
    const isOk = bad.length === 0
    const gone = rows.filter(({ plate, stayId }) => !there.has(plate ?? '') && !there.has(stayId))
    const known = new Set(rows.map(({ plate }) => plate))
    const notKnown = [...there].filter((one) => normalisePlate(one) !== null && !known.has(one))
    const written = write === true && isOk && gone.length > 0
    const ids = gone.map(({ stayId }) => stayId)
    if (written) await client.call('inside.recount', { gone: ids, ...whoOf(flags) })
    const found = { ok: isOk, written, inside: rows.length, gone, notKnown, bad }
    return printed(found, isOk)
  },
)

export const insideCommand = commandOf('inside', [...broughtIn('inside'), recount])
