// Booms that rose without a command, or stayed up over an empty lane.
import { t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const boom = defineMatter({
  reads: 'board.get',
  by: 'lane.open',
  why: t('杆抬着,车可以不交费就出去', 'While the boom is up, cars leave without paying'),
  button: t('去看道闸', 'See the boom'),
  to: '/lane',
  rowsOf: onBoard('boom', ({ reason }, { zh, en }) =>
    reason === 'leftUp'
      ? t(`${zh}没有车,道闸还抬着`, `The boom of ${en} is up over an empty lane`)
      : t(`${zh}的道闸没有命令就抬了起来`, `The boom of ${en} rose without a command`),
  ),
})
