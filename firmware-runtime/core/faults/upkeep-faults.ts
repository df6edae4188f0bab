// Faults of the disk, the nightly backup and photos.
// None of these faults stops the lanes.
import { t, type FaultRow } from '../values/fault-text.ts'

export const upkeepFaults = {
  'UPKEEP-01': {
    what: t('磁盘剩余空间不足', 'The disk is running out of space'),
    means: t(
      '车道照常运行,最旧的照片提前清除;磁盘写满后 ETC 停止扣费',
      'The lanes go on and the oldest photos go early; a full disk stops ETC charging',
    ),
    todo: t('腾出磁盘空间或换更大的磁盘', 'Free disk space or fit a larger disk'),
  },
  'UPKEEP-02': {
    what: t('账本的夜间备份失败', 'The nightly backup of the ledger failed'),
    means: t(
      '车道照常运行,之前的备份还在,一小时后再试',
      'The lanes go on, earlier backups are kept, it is tried again in an hour',
    ),
    todo: t(
      '按所示代码处理,再看系统页上的上次备份',
      'See to the code shown, then look at the last backup on the system screen',
    ),
  },
  'UPKEEP-03': {
    what: t('过期的文件删不掉', 'A file past its time cannot be deleted'),
    means: t('车道照常运行,磁盘会渐渐写满', 'The lanes go on, but the disk will fill up'),
    todo: t('检查所示文件的权限,或手动删除', 'Check the rights of what is shown, or delete it'),
  },
  'UPKEEP-04': {
    what: t('照片快到设定的容量', 'Photos come near the space that was set for them'),
    means: t(
      '车道照常运行;满了以后最旧的照片先清除,不等到期,最近 7 天的不动',
      'The lanes go on; beyond it the oldest days go before their time, the last 7 never',
    ),
    todo: t(
      '照片要保留满一年:在开通的最后一步放宽照片容量,或换更大的磁盘',
      'Photos are to be kept for a year: allow them more in the last step of the set-up, or fit a larger disk',
    ),
  },
} as const satisfies Readonly<Record<string, FaultRow>>
