// Why the folder of a stopped lot does not answer a call; which rows it answers says the table (rows.ts, `rest`).
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { AtRest } from './rows.ts'
import { api, type ApiName } from './table.ts'

const reasons: Readonly<Record<Exclude<AtRest, 'folder'>, BilingualText>> = {
  lanes: t(
    '这是车道、设备和正在办理的事的现况,停着的时候没有',
    'it is what lanes, devices and running work are doing: a stopped lot has none of it',
  ),
  command: t(
    '有自己的命令读取文件夹:report、list status、backup look、rsu list、passport show、survey、profile、lot show',
    'a command of its own reads the folder: report, list status, backup look, rsu list, passport show, survey, acceptance list, profile, lot show',
  ),
}
const changes: BilingualText = t(
  '它会改动停车场,要由运行中的车道来做',
  'it changes the lot, which only its running lanes do',
)

/** Null: the folder answers it. */
export function whyNotAtRest(name: ApiName): BilingualText | null {
  const { rest } = api[name]
  if (rest === null) return changes
  return rest === 'folder' ? null : reasons[rest]
}

/** The rows that a folder answers by itself. */
export const restingRows: readonly ApiName[] = (Object.keys(api) as ApiName[]).filter(
  (name) => api[name].rest === 'folder',
)
