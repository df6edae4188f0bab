// Faults of a data folder as a whole at a start: its owner, and parts of a start that failed.
// Rows of the one table in faults.ts.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const folderFaults = {
  'LOT-08': {
    what: t(
      '数据目录里有真实停车场的账本,但 lot.json 不见了',
      'The data folder has the ledger of a real lot, and its lot.json is gone',
    ),
    means: t(
      '车道没有启动,也不会在这里启动演示;账本没有改动',
      'The lanes do not start, nor does a demo in its place; the ledger is untouched',
    ),
    todo: t(
      '把这个停车场的 lot.json 从备份放回数据目录,再启动;演示请用另外的文件夹',
      "Put this lot's lot.json back from a copy, then start again; a demo needs a folder of its own",
    ),
  },
  'LOT-09': {
    what: t(
      'lot.json 与账本不是同一个停车场的,或一个是演示、一个是正式',
      'lot.json and the ledger are of two lots, or one is of a demo and one of a real lot',
    ),
    means: t('没有启动,账本没有改动', 'Nothing was started, the ledger is untouched'),
    todo: t(
      '放回这本账本自己的 lot.json;另一个停车场或演示请用另外的文件夹',
      'Put back the lot.json of this ledger; another lot or a demo needs a folder of its own',
    ),
  },
  'SERVICE-01': {
    what: t('这台电脑没有这个用户', 'This machine has no such user'),
    means: t('没有安装服务,没有写入任何文件', 'No service was installed, no file was written'),
    todo: t('先建这个用户,或换一个用户名', 'Make that user first, or name another one'),
  },
  'SERVICE-02': {
    what: t(
      '这个用户用不了停车场的文件夹或程序',
      'That user may not use the folder of the lot or the program',
    ),
    means: t(
      '没有安装服务:车道用它一启动就会退出',
      'No service was installed: as that user the lanes would end at every start',
    ),
    todo: t(
      '把所示的文件夹交给这个用户(chown -R),程序放在它能读的地方,再安装',
      'Give that user the folder shown (chown -R), put the program where it may read it, then install',
    ),
  },
  'SERVICE-03': {
    what: t('这台电脑上的服务还没有办妥', 'The service of this machine is not complete'),
    means: t(
      '车道可能不会随电脑启动,或坏了电脑找不回账本',
      'The lanes may not begin with the machine, or a dead machine may take the ledger with it',
    ),
    todo: t('逐条运行列出的命令,再查一次', 'Run each command of left, then look again'),
  },
  'LOT-10': {
    what: t(
      '刷卡扣费的停车场没有写明扣费记录传到哪里',
      'A lot that charges cards does not say where its charges go',
    ),
    means: t('车道没有启动,没有扣任何卡', 'The lanes do not start, no card is charged'),
    todo: t(
      '在 lot.json 的 platform 填平台;还没接入平台就写 "later",记录先存着,接入后按时间顺序上传',
      'Give platform in lot.json, or say "later" before joining one: records are kept and sent afterwards, oldest first',
    ),
  },
} as const satisfies Record<string, FaultRow>
