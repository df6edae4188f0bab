// `etc-lane support`: makes the support file of a lot, whether its lanes run or not, and opens one: its cars, and why one
// of them paid what it paid. Nothing but the file is needed to open it.
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import type { SupportFileView } from '../calls/support.ts'
import type { ArgsOf } from '../api/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { carsOf, openSupport, type OpenedSupport } from '#base/pure/values/support-file.ts'
import { supportOfBroken } from '../host/support-at-rest.ts'
import { supportDigest } from '../host/support-here.ts'
import { readText } from '#base/process/read-file.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { needed, type CliIo } from '#base/commands/command.ts'

const fileBytesMax = 128 * 1024 * 1024

/** Faults of a folder that cannot be opened: then the file says which. */
const isBroken = ({ code }: LaneFault): boolean => /^(?:LOT|LEDGER|FILE|TARIFF)-/.test(code)

async function made(
  dir: string,
  asked: ArgsOf<'support.file'>,
  io: CliIo,
): Promise<SupportFileView> {
  try {
    return await lotReader(dir, io).call('support.file', asked)
  } catch (error) {
    if (!(error instanceof LaneFault) || !isBroken(error)) throw error
    return supportOfBroken(dir, error, asked)
  }
}

async function opened(file: string): Promise<OpenedSupport> {
  const found = await openSupport(readText(file, fileBytesMax), supportDigest)
  if (found.ok) return found
  const { code, field, value } = found
  throw new LaneFault(code, { file, field, value })
}

const support = act(
  [
    'support --data DIR --out FILE [--from ISO] [--to ISO]',
    'support --open FILE [--stay ID | --amount FEN]',
  ],
  async ({ data, out, from, to, open, stay: stayId, amount: amountFen }, io) => {
    if (open !== undefined) {
      const { head, cars } = await opened(open)
      const found = carsOf({ cars }, { stayId, amountFen })
      const isAsked = (stayId ?? amountFen) !== undefined
      if (isAsked && found.length === 0) {
        const [field, value] =
          stayId === undefined ? ['--amount', `${amountFen}`] : ['--stay', stayId]
        throw new LaneFault('SUPPORT-04', { file: open, field, value })
      }
      const isOne = isAsked && found.length === 1
      const rows = isOne ? found : found.map(({ why: _why, ...car }) => car)
      return printed({ ok: true, ...head, cars: rows })
    }
    const dir = folderOf(data)
    const file = needed(out, 'out')
    mustBeNew(file)
    const { text } = await made(dir, { from, to }, io)
    exportFile(file, text)
    const { head } = await opened(file)
    return printed({ ok: true, file, ...head })
  },
)

export const supportCommand = commandOf('support', [support])
