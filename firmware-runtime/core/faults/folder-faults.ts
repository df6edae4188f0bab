// Faults of a data folder as a whole at a start: its owner, and parts of a start that failed.
// Rows of the one table in faults.ts.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const folderFaults = {
  'LOT-08': {
    what: t(
      '数据目录里有真实停车场的账本,但 lot.json 不见了',
      'The data folder has the ledger of a real lot, but its lot.json is missing',
    ),
    means: t(
      '车道没有启动,也不会在这里启动演示;账本没有改动',
      'The lanes did not start, and no demo is started here; the ledger is unchanged',
    ),
    todo: t(
      '把这个停车场的 lot.json 从备份放回数据目录,再启动;演示请用另外的文件夹',
      "Restore this lot's lot.json from a backup to the data folder, then start again; use another folder for a demo",
    ),
  },
  'LOT-09': {
    what: t(
      'lot.json 与账本不是同一个停车场的,或一个是演示、一个是正式',
      'lot.json and the ledger belong to different lots, or one belongs to a demo and the other to a real lot',
    ),
    means: t('没有启动,账本没有改动', 'Nothing was started; the ledger is unchanged'),
    todo: t(
      '放回这本账本自己的 lot.json;另一个停车场或演示请用另外的文件夹',
      'Put back the lot.json that belongs to this ledger; use another folder for another lot or a demo',
    ),
  },
  'SERVICE-01': {
    what: t('这台电脑没有这个用户', 'This computer has no such user'),
    means: t('没有安装服务,没有写入任何文件', 'No service was installed and no file was written'),
    todo: t('先建这个用户,或换一个用户名', 'Create that user first, or use another user name'),
  },
  'SERVICE-02': {
    what: t(
      '这个用户用不了停车场的文件夹或程序',
      'That user has no access to the lot folder or to the program',
    ),
    means: t(
      '没有安装服务:车道用它一启动就会退出',
      'No service was installed: under that user the lanes would stop right after each start',
    ),
    todo: t(
      '把所示的文件夹交给这个用户(chown -R),程序放在它能读的地方,再安装',
      'Give the folder shown to that user (chown -R), put the program where that user can read it, then install',
    ),
  },
  'SERVICE-03': {
    what: t('这台电脑上的服务还没有办妥', 'The service on this computer is not set up completely'),
    means: t(
      '车道可能不会随电脑启动,或坏了电脑找不回账本',
      'The lanes may not start with the computer, or the ledger may be lost if the computer breaks',
    ),
    todo: t('逐条运行列出的命令,再查一次', 'Run the listed commands one by one, then check again'),
  },
  'SERVICE-04': {
    what: t(
      '这台电脑上的其他人能改动车道程序',
      'Other people of this computer may change the program of the lanes',
    ),
    means: t(
      '没有安装服务:服务以系统账户运行这个程序,谁能改它,谁就控制这台电脑',
      'No service was installed: the service runs this program as the system account, so whoever can change it controls the computer',
    ),
    todo: t(
      '用安装程序装到 C:\\Program Files,或由管理员收回所示文件夹的写权限,再运行 etc-lane install',
      'Install the program by its setup into C:\\Program Files, or let an administrator take away the write access to the folder shown; then run etc-lane install again',
    ),
  },
  'LOT-10': {
    what: t(
      '刷卡扣费的停车场没有写明扣费记录传到哪里',
      'The lot charges cards, but it does not say where the charge records are uploaded',
    ),
    means: t('车道没有启动,没有扣任何卡', 'The lanes did not start and no card was charged'),
    todo: t(
      '在 lot.json 的 platform 填平台;还没接入平台就写 "later",记录先存着,接入后按时间顺序上传',
      'Enter the platform in lot.json, or write "later" if you have not joined one: records are kept and uploaded afterwards, oldest first',
    ),
  },
} as const satisfies Record<string, FaultRow>
