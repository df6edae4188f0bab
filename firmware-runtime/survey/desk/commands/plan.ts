// `survey plan --lot FILE`: the plan of a survey's day from a lot file: rows, instruments, counts and assumed minutes. Writes
// nothing.
import { dirname } from 'node:path'
import { readLot } from '#lane/lot/files/lot-file.ts'
import { planOfLot } from '../../runs/planned-lanes.ts'
import { planSheet } from '../../pure/field/plan-sheet.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { readText } from '#base/process/read-file.ts'
import { act, printed } from '#base/desk/commands/acts.ts'

export const planAct = act(
  ['survey plan --lot FILE [--access wire|mobile] [--language zh|en]'],
  ({ lot: file, access = 'wire', language = 'zh' }, io) => {
    const lot = readLot(readText(file), file)
    const plan = planOfLot(lot, access, rulesHere(dirname(file), lot.provinceCode))
    if (io.json) return printed({ ok: true, file, access, ...plan })
    const sheet = planSheet(plan, language).map(({ title, lines }) => [title, ...lines].join('\n'))
    io.stdout(`${sheet.join('\n\n')}\n`)
    return 0
  },
)
