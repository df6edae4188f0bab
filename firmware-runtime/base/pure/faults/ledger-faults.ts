// Faults of the data folder: the files of the ledger, the disk, the nightly backup and photos, its owner, and parts of a
// start that failed. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = { LEDGER: t('车道停用 ETC', 'ETC stays off in the lanes') }

const noService = t('服务没有装;车道照常运行', 'No service was installed; the lanes keep running')

export const ledgerFaults = faultRows(means, {
  'LEDGER-01': {
    what: t('账本来自更新的版本', 'The ledger comes from a newer version'),
    means: t('车道没有启动,账本未改动', 'The lanes did not start; the ledger is unchanged'),
    todo: t('安装同样新的版本', 'Install a version that is as new as the ledger'),
  },
  'LEDGER-02': {
    what: t(
      '账本文件丢失,但账本头、密钥、备份或缓存还在',
      'The ledger file is missing, but its head, key, backups or cache still exist',
    ),
    means: t(
      '车道停用 ETC,绝不另起空账本',
      'ETC stays off in the lanes; an empty ledger is never started in its place',
    ),
    todo: t('从备份恢复 ledger.db', 'Restore ledger.db from a backup'),
  },
  'LEDGER-03': {
    what: t(
      '账本头或备份比账本新,有记录丢失',
      'The ledger head or a backup is newer than the ledger: records are lost',
    ),
    todo: t('从备份恢复,或联系支持人员', 'Restore it from a backup, or call support'),
  },
  'LEDGER-04': {
    what: t('账本的校验链断开', 'The hash chain of the ledger is broken'),
    todo: t(
      '从备份恢复,保留损坏的文件备查',
      'Restore it from a backup and keep the damaged file for examination',
    ),
  },
  'LEDGER-05': {
    what: t('账本文件打不开或已损坏', 'The ledger file cannot be opened or is damaged'),
    todo: t('从备份恢复 ledger.db', 'Restore ledger.db from a backup'),
  },
  'LEDGER-06': {
    what: t('账本写入出错,结果未知', 'Writing to the ledger failed; the result is not known'),
    means: t(
      '车道重启并核对账本后再放行',
      'The lanes restart and check the ledger before cars are let through',
    ),
    todo: t('检查磁盘;反复出现时更换磁盘', 'Check the disk; replace it if this happens again'),
  },
  'LEDGER-07': {
    what: t('账本里有一个签名检查点不成立', 'A signed checkpoint of the ledger is not valid'),
    means: t(
      '车道照常运行,但到该行为止的账本可能被改写过',
      'The lanes keep running, but the ledger up to that row may have been rewritten',
    ),
    todo: t(
      '保留数据目录备查,与平台账单和备份比对,并联系支持人员',
      'Keep the data folder as it is, compare it with the platform bills and a backup, and call support',
    ),
  },
  'LEDGER-08': {
    what: t('账本头文件缺失或读不出', 'The head file of the ledger is missing or cannot be read'),
    means: t(
      '车道照常启动并重建账本头,但末尾的记录若已丢失则看不出来',
      'The lanes start and rebuild the head, but records lost at the end would not be noticed',
    ),
    todo: t(
      '与平台账单和备份比对,再启动车道',
      'Compare the ledger with the platform bills and a backup, then start the lanes',
    ),
  },
  'LEDGER-09': {
    what: t(
      '账本文件在运行中被删除、替换、截短或覆盖',
      'A ledger file was deleted, replaced, truncated or overwritten while the lanes were running',
    ),
    means: t(
      '立即停止收费;此后写入的记录可能已丢失',
      'Charging stops at once; records written since then may be lost',
    ),
    todo: t(
      '不要再启动,保留整个数据目录,从备份恢复并与平台账单比对',
      'Do not start again. Keep the whole data folder, restore from a backup and compare with the platform bills',
    ),
  },
  'LEDGER-10': {
    what: t(
      '账本里有一行不是本程序能读懂的记录',
      'This program cannot understand a row of the ledger',
    ),
    means: t(
      '车道没有启动,账本没有改动;磁盘和校验链没有问题',
      'The lanes did not start and the ledger is unchanged; the disk and the hash chain are in order',
    ),
    todo: t(
      '用写这一行的版本启动;或保留数据目录,联系支持人员并告知行号',
      'Start the version that wrote that row; or keep the data folder and tell support the row number',
    ),
  },
  'LEDGER-11': {
    what: t(
      '账本来自较早的版本,还不能这样查询',
      'The ledger comes from an older version and cannot be queried like this yet',
    ),
    means: t('账本没有改动,车道不受影响', 'The ledger is unchanged; the lanes are not affected'),
    todo: t(
      '先启动一次停车场,启动时账本会升级;或用写它的版本查询',
      'Start the lot once, which upgrades the ledger; or query it with the version that wrote it',
    ),
  },
  'LEDGER-12': {
    what: t('账本文件现在看不到', 'The ledger files cannot be reached'),
    means: t(
      '立即停止收费;已写入的记录不受影响',
      'Charging stops at once; the records written before are not affected',
    ),
    todo: t(
      '恢复数据目录所在的磁盘或网络文件夹,车道会自动重新启动',
      'Bring back the disk or network folder of the data folder; the lanes restart by themselves',
    ),
  },
  'UPKEEP-01': {
    what: t('磁盘剩余空间不足', 'The disk is running out of space'),
    means: t(
      '车道照常运行,最旧的照片提前清除;磁盘写满后 ETC 停止扣费',
      'The lanes keep running and the oldest photos are deleted early; when the disk is full, ETC charging stops',
    ),
    todo: t('腾出磁盘空间或换更大的磁盘', 'Free disk space or fit a larger disk'),
  },
  'UPKEEP-02': {
    what: t('账本的夜间备份失败', 'The nightly backup of the ledger failed'),
    means: t(
      '车道照常运行,之前的备份还在,一小时后再试',
      'The lanes keep running and earlier backups are kept; it is tried again in an hour',
    ),
    todo: t(
      '按所示代码处理,再看系统页上的上次备份',
      'Deal with the code shown, then check the last backup on the system page',
    ),
  },
  'UPKEEP-03': {
    what: t('过期的文件删不掉', 'An expired file cannot be deleted'),
    means: t(
      '车道照常运行,磁盘会渐渐写满',
      'The lanes keep running, but the disk will gradually fill up',
    ),
    todo: t(
      '检查所示文件的权限,或手动删除',
      'Check the access rights of the file shown, or delete it by hand',
    ),
  },
  'UPKEEP-04': {
    what: t('照片快到设定的容量', 'The photos have almost reached the space set for them'),
    means: t(
      '车道照常运行;满了以后最旧的照片先清除,不等到期,最近 7 天的不动',
      'The lanes keep running; when it is full, the oldest photos are deleted early, but never those of the last 7 days',
    ),
    todo: t(
      '照片要保留满一年:在开通的最后一步放宽照片容量,或换更大的磁盘',
      'To keep photos for a full year, allow more space for photos in the last step of the set-up, or fit a larger disk',
    ),
  },
  'UPKEEP-05': {
    what: t('照目前的用量,磁盘不久就会写满', 'At the present rate the disk will soon be full'),
    means: t(
      '车道照常运行;到那时最旧的照片提前清除,真正写满后 ETC 停止扣费',
      'The lanes keep running; the oldest photos are then deleted early, and ETC charging stops once the disk is really full',
    ),
    todo: t(
      '在所示天数内腾出磁盘空间,换更大的磁盘,或少留一些照片和备份',
      'Within the days shown, free disk space, fit a larger disk, or keep fewer photos and backups',
    ),
  },
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
      '把所示的文件夹交给这个用户,程序放在它能读的地方,再安装',
      'Give the folder shown to that user, put the program where that user can read it, then install',
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
      '没有安装服务:服务以系统账户运行这个程序,能改它的人就能控制这台电脑',
      'No service was installed: the service runs this program as the system account, so a person who can change it controls the computer',
    ),
    todo: t(
      '用安装程序装到 C:\\Program Files,或由管理员收回所示文件夹的写权限,再装一次服务',
      'Install the program by its setup into C:\\Program Files, or let an administrator take away the write access to the folder shown; then install the service again',
    ),
    command: 'install --data DIR',
  },
  'SERVICE-05': {
    what: t(
      '这台电脑没有可以输入管理员密码的窗口',
      'This computer shows no prompt for the password of an administrator',
    ),
    means: noService,
    todo: t(
      '在停车场那台电脑的桌面上打开 Studio 再装;桌面没有授权窗口时,由管理员登录后再装',
      'Open Studio on the desktop of the computer of the car park and install there; where that desktop has no such prompt, sign in as an administrator first',
    ),
    command: 'install --data DIR',
  },
  'SERVICE-06': {
    what: t('这台电脑上没有车道程序', 'The program of the lanes is not on this computer'),
    means: noService,
    todo: t(
      '先安装车道程序的安装包(etc-lane),再装服务',
      'Install the package of the lanes (etc-lane) first, then the service',
    ),
  },
  'SERVICE-07': {
    what: t('管理员没有同意', 'The administrator did not agree'),
    means: noService,
    todo: t(
      '再按一次,在系统的窗口里输入管理员密码',
      'Press again, and enter the password of an administrator in the window of the system',
    ),
  },
  'SERVICE-08': {
    what: t('服务没有装好', 'The service was not installed completely'),
    means: t(
      '车道照常运行;这台电脑重启后,它们不会自己启动',
      'The lanes keep running; after a restart of this computer they do not begin by themselves',
    ),
    todo: t(
      '按所示的原因处理后再装一次;还不行就请技术支持看“这台电脑”',
      'Remove the cause shown and install again; if that does not help, let support look at This computer',
    ),
    command: 'doctor --service --data DIR',
  },
  'SERVICE-09': {
    what: t('演示停车场不装成服务', 'No service is made of a demo'),
    means: noService,
    todo: t('在真正的停车场里装', 'Install it for a real car park'),
  },
  'SERVICE-20': {
    what: t(
      '这台电脑的另一个服务已经在启动这些车道,用的是另一个文件夹',
      'Another service of this computer starts these lanes already, from another folder',
    ),
    means: t(
      '没有改动服务:同一组车道不能有两个服务',
      'No service was changed: the same lanes never have two services',
    ),
    todo: t(
      '看清哪个文件夹的账本在用;要换成这个文件夹,先卸掉所示文件夹的服务',
      'Find out which folder has the ledger in use; to change to this one, first uninstall the service of the folder shown',
    ),
    command: 'uninstall --data DIR',
  },
  'SERVICE-21': {
    what: t(
      '这台电脑的另一个服务用着同一个端口',
      'Another service of this computer uses the same port',
    ),
    means: t(
      '没有装服务:两组车道抢一个端口,总有一组起不来',
      'No service was installed: of two sets of lanes with one port, one cannot start',
    ),
    todo: t(
      '在这个停车场的设置里改成别的端口或串口,再装一次',
      'Give this lot another port or serial port in its settings, then install again',
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
})

/** The running ledger takes no more rows: the process ends, and a start reads what remains. */
export const endLedger: ReadonlySet<string> = new Set(['LEDGER-06', 'LEDGER-09', 'LEDGER-12'])
