// Calls for help at a lane that nobody has taken.
import { t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const helpCall = defineMatter({
  reads: 'board.get',
  by: 'help.take',
  why: t('有人在车道旁等着回话', 'Somebody at the lane waits for an answer'),
  button: t('去车道', 'To the lane'),
  to: '/lane',
  rowsOf: onBoard('call', (_row, { zh, en }) =>
    t(`${zh}有人求助`, `Somebody calls for help at ${en}`),
  ),
})
