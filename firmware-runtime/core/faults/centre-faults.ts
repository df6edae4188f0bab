// Faults of the centre of many lots: its database, its doors and its desk.
import { t } from '../values/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most of them mean. */
const means = {
  CENTRE: t(
    '运营中心没有运行;停车场照常收费,记录留在各停车场,等运营中心恢复后补发',
    'The centre does not run; the car parks charge as always, keep their rows, and send them when the centre is back',
  ),
}

export const centreFaults = faultRows(means, {
  'CENTRE-04': {
    what: t(
      '数据库是更新版本的运营中心建的',
      'The database was made by a newer version of the centre',
    ),
    todo: t(
      '用那个版本或更新的程序打开;数据没有改动',
      'Open it with that version of the program or a newer one; nothing in it was changed',
    ),
  },
})
