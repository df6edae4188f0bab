// Faults of people's acts on cars, stays and records. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const actFaults = {
  'ACT-01': {
    what: t(
      '这个 commandId 属于先前另一个操作',
      'This commandId belongs to a different earlier command',
    ),
    means: t(
      '这次没有执行;先前那个操作照旧有效',
      'Nothing was done this time; the earlier command remains in effect',
    ),
    todo: t(
      '先看先前那个操作做了什么;还要做这个,就用新的 commandId(在窗口里:关掉表单再打开)',
      'See what the earlier command did; if you still want this one, give it a new commandId (in the window: close the form and open it again)',
    ),
  },
  'ACT-02': {
    what: t(
      '没有得到回答;查过了,这一次没有办成',
      'No answer came; it was checked, and this attempt was not carried out',
    ),
    means: t('钱没有动,闸也没有动', 'No money and no barrier was moved'),
    todo: t('再试一次', 'Try again'),
  },
  'STAY-01': {
    what: t('这条停车记录现在不能由人工结束', 'This stay cannot be closed by hand now'),
    means: t('没有执行任何操作,记录照旧', 'Nothing was done; the stay is unchanged'),
    todo: t(
      '用 etc-lane stays list 查看待核对的记录',
      'Run etc-lane stays list to see the stays that need checking',
    ),
  },
  'STAY-02': {
    what: t(
      '没有这样一笔结果不明、且车辆已离开的扣费',
      'No charge with this number has an unknown result and a car that has left',
    ),
    means: t('没有执行任何操作,账目照旧', 'Nothing was done; the accounts are unchanged'),
    todo: t(
      '用 etc-lane stays list 查看待核实的扣费;车还在车道时由车道自己核实',
      'Run etc-lane stays list to see the open charges; while the car is in the lane, the lane settles the charge itself',
    ),
  },
  'STAY-03': {
    what: t(
      '没有这样一笔需人工退还的款项',
      'There is no refund with this number to be given back by hand',
    ),
    means: t('没有执行任何操作,账目照旧', 'Nothing was done; the accounts are unchanged'),
    todo: t(
      '用 etc-lane stays list 查看需人工退还的款项',
      'Run etc-lane stays list to see the refunds to be given back by hand',
    ),
  },
} as const satisfies Record<string, FaultRow>
