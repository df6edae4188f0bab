// Faults of people's acts on cars, stays and records. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const actFaults = {
  'ACT-01': {
    what: t(
      '这个 commandId 属于先前另一个操作',
      'This commandId belongs to another command given before',
    ),
    means: t(
      '这次没有执行;先前那个操作照旧有效',
      'Nothing was done now; the earlier command stands',
    ),
    todo: t(
      '先看先前那个操作做了什么;还要做这个,就用新的 commandId(在窗口里:关掉表单再打开)',
      'See what the earlier command did; if this one is still wanted, give it an id of its own (in the window: close the form and open it again)',
    ),
  },
  'STAY-01': {
    what: t('这条停车记录现在不能由人工结束', 'This stay cannot be closed by a person now'),
    means: t('没有执行任何操作,记录照旧', 'Nothing was done, the stay goes on'),
    todo: t(
      '用 etc-lane stays list 查看待核对的记录',
      'See etc-lane stays list for those that can',
    ),
  },
  'STAY-02': {
    what: t(
      '没有这样一笔结果不明、且车辆已离开的扣费',
      'No charge of a car that is gone and whose result is unknown has this number',
    ),
    means: t('没有执行任何操作,账目照旧', 'Nothing was done, the books are as before'),
    todo: t(
      '用 etc-lane stays list 查看待核实的扣费;车还在车道时由车道自己核实',
      'See etc-lane stays list for those that are open; a lane settles what its own car owes',
    ),
  },
  'STAY-03': {
    what: t('没有这样一笔需人工退还的款项', 'No refund that people give back has this number'),
    means: t('没有执行任何操作,账目照旧', 'Nothing was done, the books are as before'),
    todo: t(
      '用 etc-lane stays list 查看需人工退还的款项',
      'See etc-lane stays list for those that are open',
    ),
  },
} as const satisfies Record<string, FaultRow>
