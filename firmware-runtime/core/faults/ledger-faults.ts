// Faults of the ledger's files: newer, gone, behind, broken, damaged, or not written. Rows of the one table
// in faults.ts. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const ledgerFaults = {
  'LEDGER-01': {
    what: t('账本来自更新的版本', 'The ledger comes from a newer version'),
    means: t('车道没有启动,账本未改动', 'The lanes do not start, the ledger is untouched'),
    todo: t('安装同样新的版本', 'Install a version as new as the ledger'),
  },
  'LEDGER-02': {
    what: t(
      '账本文件丢失,但账本头、密钥、备份或缓存还在',
      'The ledger file is gone while its head, key, backups or cache exist',
    ),
    means: t(
      '车道停用 ETC,绝不另起空账本',
      'ETC stays off, an empty ledger is never started in its place',
    ),
    todo: t('从备份恢复 ledger.db', 'Restore ledger.db from a backup'),
  },
  'LEDGER-03': {
    what: t(
      '账本头或备份比账本新,有记录丢失',
      'The ledger head or a backup is ahead of the ledger: rows are lost',
    ),
    means: t('车道停用 ETC', 'ETC stays off'),
    todo: t('从备份恢复,或联系支持人员', 'Restore from a backup or call support'),
  },
  'LEDGER-04': {
    what: t('账本的校验链断开', 'The hash chain of the ledger is broken'),
    means: t('车道停用 ETC', 'ETC stays off'),
    todo: t('从备份恢复,保留损坏的文件备查', 'Restore from a backup and keep the damaged file'),
  },
  'LEDGER-05': {
    what: t('账本文件打不开或已损坏', 'The ledger file cannot be opened or is damaged'),
    means: t('车道停用 ETC', 'ETC stays off'),
    todo: t('从备份恢复 ledger.db', 'Restore ledger.db from a backup'),
  },
  'LEDGER-06': {
    what: t('账本写入出错,结果未知', 'Writing the ledger failed, the result is unknown'),
    means: t('运行时重启并核对账本后再放行', 'The runtime restarts and checks the ledger first'),
    todo: t('检查磁盘;反复出现时更换磁盘', 'Check the disk; replace it when this repeats'),
  },
  'LEDGER-07': {
    what: t('账本里有一个签名检查点不成立', 'A signed checkpoint of the ledger does not hold'),
    means: t(
      '车道照常运行,但到该行为止的账本可能被改写过',
      'The lanes go on, but the ledger up to that row may have been rewritten',
    ),
    todo: t(
      '保留数据目录备查,与平台账单和备份比对,并联系支持人员',
      'Keep the folder as it is, compare it with the platform and a backup, and call support',
    ),
  },
  'LEDGER-08': {
    what: t('账本头文件缺失或读不出', 'The head file of the ledger is missing or cannot be read'),
    means: t(
      '车道照常启动并重建账本头,但末尾的记录若已丢失则看不出来',
      'The lanes start and make it again, but rows lost at the end would not be noticed',
    ),
    todo: t(
      '与平台账单和备份比对,再启动车道',
      'Compare the ledger with the platform and a backup, then start the lanes',
    ),
  },
  'LEDGER-09': {
    what: t(
      '账本文件在运行中被删除、替换、截短或覆盖',
      'A file of the ledger was removed, replaced, cut short or written over while the lanes ran',
    ),
    means: t(
      '立即停止收费;此后写入的记录可能已丢失',
      'Money stops at once; rows written since may be lost',
    ),
    todo: t(
      '不要再启动,保留整个数据目录,从备份恢复并与平台账单比对',
      'Start nothing, keep the folder as it is, restore from a backup and compare with the platform',
    ),
  },
  'LEDGER-10': {
    what: t(
      '账本里有一行不是本程序能读懂的记录',
      'A row of the ledger is not one that this program understands',
    ),
    means: t(
      '车道没有启动,账本没有改动;磁盘和校验链没有问题',
      'The lanes do not start, the ledger is untouched; disk and hash chain are in order',
    ),
    todo: t(
      '用写这一行的版本启动;或保留数据目录,联系支持人员并告知行号',
      'Start the version that wrote that row; else keep the folder and tell support its number',
    ),
  },
  'LEDGER-11': {
    what: t(
      '账本来自较早的版本,还不能这样查询',
      'The ledger comes from an older version and cannot answer this yet',
    ),
    means: t('账本没有改动,车道不受影响', 'The ledger is untouched, no lane is affected'),
    todo: t(
      '先启动一次停车场,启动时账本会升级;或用写它的版本查询',
      'Start the lot once, which brings the ledger up to date; or ask with the version that wrote it',
    ),
  },
} as const satisfies Record<string, FaultRow>
