// Faults of an outage rehearsal. Rows of the one table in faults.ts.
// Codes are never reused.
import { t, type FaultRow } from '../values/fault-text.ts'

export const rehearsalFaults = {
  'REHEARSE-01': {
    what: t('现在不能开始断网演练', 'The network outage rehearsal cannot start now'),
    means: t('没有切断任何东西,车道照常工作', 'Nothing was cut off; the lanes work as usual'),
    todo: t(
      '等车道没有车、没有结果未知的扣费后再开始',
      'Start it when no car is in a lane and no charge has an unknown result',
    ),
  },
  'REHEARSE-02': {
    what: t('没有可以切断的对象', 'There is nothing to cut off'),
    means: t('没有切断任何东西,车道照常工作', 'Nothing was cut off; the lanes work as usual'),
    todo: t(
      '选择这个停车场有的、现在正常的对象',
      'Choose something that this lot has and that is working now',
    ),
  },
  'REHEARSE-03': {
    what: t('没有正在进行的断网演练', 'No network outage rehearsal is running'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t('需要时重新开始一次', 'Start a new one if you need it'),
  },
  'REHEARSE-04': {
    what: t('断网演练没有通过', 'The network outage rehearsal was not passed'),
    means: t(
      '切断已恢复;说明里是等了多久、少收和多收多少',
      'The connection is restored; the note says how long cars waited and how much was charged too little or too much',
    ),
    todo: t(
      '在账本里查看演练期间的车,改好后再演练一次;没有车来的,选有车的时候再做',
      'Look in the ledger at the cars during the rehearsal, correct the cause and rehearse again; if no car came, choose a busier time',
    ),
  },
} as const satisfies Record<string, FaultRow>
