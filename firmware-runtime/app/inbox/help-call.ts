// Calls for help at a lane that nobody has taken.
import { t } from '../../core/values/fault-text.ts'
import { defineMatter } from './matter.ts'

export const helpCall = defineMatter({
  reads: 'board.get',
  by: 'help.take',
  why: t('有人在车道旁等着回话', 'Somebody at the lane waits for an answer'),
  button: t('去车道', 'To the lane'),
  to: '/lane',
  rowsOf: ({ lanes }) =>
    lanes.flatMap(({ name, calls = [] }) =>
      calls.map(({ callId, atIso }) => ({
        key: callId,
        what: t(`${name.zh}有人求助`, `Somebody calls for help at ${name.en}`),
        sinceIso: atIso,
        isUrgent: true,
      })),
    ),
})
