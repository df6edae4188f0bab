// Faults of the work beside the lanes.
// None of these faults stops the lanes.
import { t, type FaultRow } from '../values/fault-text.ts'

export const taskFaults = {
  'TASK-01': {
    what: t('一项后台任务没有做完', 'A task in the background was not finished'),
    means: t(
      '车道照常运行;这项任务按自己的间隔再做',
      'The lanes keep running; the task is done again at its own interval',
    ),
    todo: t(
      '按所示原因处理;提示一直不消失时,把所示内容交给技术支持',
      'Deal with the cause shown; if this message stays, give the text shown to support',
    ),
  },
  'TASK-02': {
    what: t('程序内部有一项工作意外出错', 'Work inside the program failed unexpectedly'),
    means: t(
      '车道照常运行;这项工作没有做完,也不会自动再做',
      'The lanes keep running; that work was not finished and is not done again by itself',
    ),
    todo: t(
      '把所示内容交给技术支持;下次启动后提示消失',
      'Give the text shown to support; the message is gone after the next start',
    ),
  },
} as const satisfies Record<string, FaultRow>
