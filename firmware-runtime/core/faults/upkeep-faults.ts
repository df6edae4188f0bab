// Faults of the disk, the nightly backup and photos.
// None of these faults stops the lanes.
import { t, type FaultRow } from '../values/fault-text.ts'

export const upkeepFaults = {
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
} as const satisfies Readonly<Record<string, FaultRow>>
