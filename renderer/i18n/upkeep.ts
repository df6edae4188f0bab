// Words of upkeep: what the runtime does for its data folder by itself, and what is wrong there.
// What a fault says comes from the fault table.
import { t } from '#base/pure/words/fault-text.ts'

export const upkeep = {
  title: t('停车场文件夹看护', 'Upkeep of the car park folder'),
  state: t('状态', 'State'),
  fine: t('正常', 'normal'),
  trouble: t('需要处理', 'needs attention'),
  looking: t('正在查看停车场文件夹', 'Looking at the car park folder'),
  disk: t('磁盘剩余', 'Free disk'),
  diskUnknown: t('系统没有给出', 'not reported by the system'),
  limit: t('下限 {size}', 'limit {size}'),
  photos: t('照片', 'Photos'),
  photosText: t('{days} 天,最早 {day}', '{days} days, oldest {day}'),
  photosKeep: t('保留 {days} 天', 'kept {days} days'),
  photosBudget: t(
    '保留 {days} 天,最多 {gb} GB,现有 {size}',
    'kept {days} days, at most {gb} GB, now {size}',
  ),
  photosNone: t('还没有照片', 'none yet'),
  held: t(
    '时钟跳变过,看上去过期的照片保留到 {until}',
    'The clock jumped; photos that seem expired are kept until {until}',
  ),
  last: t('上次备份', 'Last backup'),
  lastText: t('{at} · {rows} 行', '{at} · {rows} rows'),
  verified: t('已核对', 'verified'),
  lastNone: t('还没有备份', 'none yet'),
  failed: t('{at} 备份失败:{what}', 'The backup of {at} failed: {what}'),
  next: t('下次备份', 'Next backup'),
  running: t('正在备份并核对', 'making and verifying a backup'),
  kept: t('保留份数', 'Backups kept'),
  keptText: t('{kept} 份,最多 {keep} 份', '{kept}, at most {keep}'),
}
