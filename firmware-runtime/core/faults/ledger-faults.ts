// Faults of the ledger's files: newer, gone, behind, broken, damaged, or not written. Rows of the one table
// in faults.ts. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const ledgerFaults = {
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
    means: t('车道停用 ETC', 'ETC stays off in the lanes'),
    todo: t('从备份恢复,或联系支持人员', 'Restore it from a backup, or call support'),
  },
  'LEDGER-04': {
    what: t('账本的校验链断开', 'The hash chain of the ledger is broken'),
    means: t('车道停用 ETC', 'ETC stays off in the lanes'),
    todo: t(
      '从备份恢复,保留损坏的文件备查',
      'Restore it from a backup and keep the damaged file for examination',
    ),
  },
  'LEDGER-05': {
    what: t('账本文件打不开或已损坏', 'The ledger file cannot be opened or is damaged'),
    means: t('车道停用 ETC', 'ETC stays off in the lanes'),
    todo: t('从备份恢复 ledger.db', 'Restore ledger.db from a backup'),
  },
  'LEDGER-06': {
    what: t('账本写入出错,结果未知', 'Writing to the ledger failed; the result is not known'),
    means: t(
      '运行时重启并核对账本后再放行',
      'The runtime restarts and checks the ledger before cars are let through',
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
} as const satisfies Record<string, FaultRow>
